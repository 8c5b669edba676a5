"""What a chapter is told of all before it takes the same room early and late in a book."""

from itertools import pairwise

import pytest

from l2mac_write.book import Brief
from l2mac_write.machine.situation import PART_SUMMARY, SUMMARY, Situation
from l2mac_write.machine.so_far import MOST, so_far
from l2mac_write.machine.texts import first_sentences
from l2mac_write.plan import ChapterPlan, PartPlan, Plan
from l2mac_write.store.memory import MemoryBook

BRIEF = Brief("A tale of two ferrymen.")
REST = "After that he walked back along the bank and told nobody what he had seen there. " * 11


def book(chapters, parts=(), *, after=None, language="en", rest=REST):
    """A plan, and a store that holds the summary of every chapter and of every part."""
    plans, end = [], 0
    for part, size in enumerate(parts or [chapters], start=1):
        for number in range(end + 1, end + size + 1):
            builds_on = (after or {}).get(number)
            plans.append(
                ChapterPlan(
                    number, f"C{number}", "g", 900, after=builds_on, part=part * bool(parts)
                )
            )
        end += size
    titled = tuple(PartPlan(n, f"P{n}") for n in range(1, len(parts) + 1))
    store = MemoryBook()
    for c in plans:
        store.edit(SUMMARY.format(c.number), f"In {c.number} the ferry sinks. {rest}")
    for part in titled:
        store.edit(PART_SUMMARY.format(part.number), f"Part {part.number} drowns them. {rest}")
    return Plan("T", "P", "S", (), tuple(plans), parts=titled), store


def told(there, number, room=MOST, **more):
    plan, store = there
    chapter = plan.chapter(number)
    part = plan.parts[chapter.part - 1] if chapter.part else None
    return so_far(Situation(BRIEF, store, plan, chapter, part=part, **more), room)


def lines(item):
    return item.text.split("\n\n")


@pytest.mark.parametrize(
    "parts", [(), (10,) * 20, (60, 60, 60, 20), (3,) * 66 + (2,)], ids=["0", "10", "60", "3"]
)
def test_it_takes_the_same_room_from_chapter_5_to_chapter_200(parts):
    there = book(200, parts)
    sizes = [told(there, number).tokens for number in range(5, 201)]
    middle = (min(sizes) + max(sizes)) / 2

    assert max(sizes) <= MOST
    assert min(sizes) >= 0.9 * middle


def test_the_latest_three_are_told_whole_and_others_of_the_part_in_a_sentence():
    said = lines(told(book(40, (20, 20)), 30))

    assert said[-3:] == [
        f"Chapter {n}: In {n} the ferry sinks. {REST}".strip() for n in (27, 28, 29)
    ]
    assert said[-9:-3] == [f"Chapter {n}: In {n} the ferry sinks." for n in range(21, 27)]


def test_earlier_parts_are_told_by_their_own_summaries_and_whole_where_there_is_room():
    wide, tight = (lines(told(book(9, (3, 3, 3)), 8, room=room)) for room in (3_000, 800))

    assert wide[0] == f"Part 1 (chapters 1 to 3): Part 1 drowns them. {REST}".strip()
    assert tight[0] == "Part 1 (chapters 1 to 3): Part 1 drowns them."


def test_a_chapter_before_the_part_is_told_by_itself_where_it_is_among_the_latest():
    said = lines(told(book(6, (3, 3)), 4))

    assert [line.split(":")[0] for line in said] == [
        "Part 1 (chapters 1 to 3)", "Chapter 1", "Chapter 2", "Chapter 3",
    ]  # fmt: skip


def test_of_a_long_book_without_parts_something_is_told_from_everywhere():
    numbers = [int(line.split(":")[0].split()[1]) for line in lines(told(book(200), 200))]

    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    assert {65, 129} <= {*numbers}
    assert max(b - a for a, b in pairwise(numbers)) <= 64


def test_a_chapter_hears_nothing_of_those_that_it_does_not_build_on():
    there = book(8, (4, 4), after={5: (), 6: (5,), 7: (6, 3)})

    assert told(there, 5).text == ""
    assert [line.split(":")[0] for line in lines(told(there, 7, room=9_000))] == [
        "Chapter 1", "Chapter 2", "Chapter 3", "Chapter 5", "Chapter 6",
    ]  # fmt: skip


def test_a_part_that_nobody_has_summed_up_is_told_chapter_by_chapter():
    plan, store = book(6, (3, 3))
    store.edit(PART_SUMMARY.format(1), None)

    assert "Part 1" not in told((plan, store), 6, room=9_000).text


def test_less_room_leaves_out_what_is_farther_away():
    said = lines(told(book(40), 30, room=300))

    assert said[-1].startswith("Chapter 29: In 29 the ferry sinks. After that")
    assert told(book(40), 30, room=300).tokens <= 300
    assert told(book(40), 30, room=9).text == ""


def test_what_departs_from_the_plan_is_for_the_planner_alone():
    there = book(3)
    there[1].edit(SUMMARY.format(2), "He sinks.\n\nDEPARTS: He is dead, which troubles chapter 3.")

    assert lines(told(there, 3))[-1] == "Chapter 2: He sinks."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("He goes. He stays.", "He goes."),
        ("Dr. Kim meets Mr. Rook. He stays.", "Dr. Kim meets Mr. Rook."),
        ("“Go!” he says. She goes.", "“Go!”"),
        ("Er traf Dr. Kim am Fluss. Er blieb.", "Er traf Dr. Kim am Fluss."),
        ("他走了。她留下了。", "他走了。"),
        ("No end\nat all", "No end"),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_summary_ends_where_a_reader_would_end_it(text, first):
    assert first_sentences(text, 0) == first


def test_a_text_without_any_end_is_read_no_further_than_a_sentence_can_be_long():
    assert len(first_sentences("a b " * 100_000, 0)) == 400
