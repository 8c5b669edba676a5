"""A stored program is data: its steps become the instructions of one book."""

import pytest

from l2mac_write.book import Brief
from l2mac_write.errors import UsageError
from l2mac_write.machine.program import instructions, load
from l2mac_write.plan import ChapterPlan, Plan
from tests.machine.machines import program

TWO = Plan(
    "T", "P", "", (), (ChapterPlan(1, "A", "g", 300, id="a"), ChapterPlan(2, "B", "g", 300, id="b"))
)


def test_without_a_plan_the_program_ends_at_the_plan():
    assert [i.id for i in instructions(program(), None)] == ["requirements", "plan"]


def test_chapters_are_written_in_order_each_followed_by_its_summary():
    assert [i.id for i in instructions(program(), TWO)] == [
        "requirements", "plan", "bible", "chapter/a", "summary/a", "chapter/b", "summary/b", "about",
    ]  # fmt: skip


def test_a_chapter_waits_for_the_bible_and_for_the_summary_of_the_one_before():
    by_id = {i.id: i for i in instructions(program(), TWO)}

    assert by_id["chapter/b"].after == ("bible", "summary/a")
    assert by_id["about"].after == ("summary/a", "summary/b")


@pytest.mark.parametrize("name", ["book", "book-small"])
def test_every_instruction_writes_one_file_of_its_own(name):
    written = [i.writes for i in instructions(program(name), TWO)]

    assert len(set(written)) == len(written)


@pytest.mark.parametrize(
    ("brief", "chapters", "words"),
    [
        (Brief("x"), 10, 20_000),
        (Brief("x", chapters=3), 3, 6_000),
        (Brief("x", words=9_000), 4, 9_000),
        (Brief("x", words=500), 1, 500),
        (Brief("x", chapters=7, words=1_400), 7, 1_400),
    ],
)
def test_what_the_brief_leaves_open_the_program_decides(brief, chapters, words):
    sized = program().sized(brief)

    assert (sized.chapters, sized.words) == (chapters, words)


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("name = ", "not valid TOML"),
        ('name="x"\nchapters=1\nchapter_words=1\n[[step]]\nid="a"\nprompt="p"\nwrites="w"\nafter=["b"]', "`b`, which is no step"),
        ('name="x"\nchapters=1\nchapter_words=1\n[[step]]\nid="a"\nprompt="p"\nwrites="w"\ncolour="red"', "unknown key `colour`"),
        ('name="x"\nchapters=1\nchapter_words=1\n[[step]]\nid="a"', "incomplete"),
    ],
)  # fmt: skip
def test_a_broken_program_is_refused_with_a_sentence(toml, why):
    with pytest.raises(UsageError, match=why):
        load(toml)


def builds_on(*afters):
    chapters = tuple(
        ChapterPlan(n, "A", "g", 300, after=after, id="abcdef"[n - 1])
        for n, after in enumerate(afters, start=1)
    )
    return Plan("T", "P", "", (), chapters)


@pytest.mark.parametrize(
    ("afters", "apart"),
    [
        ((None, None, None), []),
        (((), (), ()), [2, 3]),
        ((None, None, (1,)), [3]),
        ((None, (), (1, 2), None), [2]),
        ((None, (), None, None), [2, 3, 4]),
        ((None, (), (2,), (1, 3), None), [2, 3]),
    ],
)
def test_apart_are_the_chapters_that_have_not_seen_all_before_them(afters, apart):
    assert [chapter.number for chapter in builds_on(*afters).apart] == apart


def test_those_are_read_one_after_the_other_once_all_chapters_are_there():
    by_id = {i.id: i for i in instructions(program(), builds_on((), (), ()))}
    all_there = ("summary/a", "summary/b", "summary/c")

    assert by_id["contradictions"].after == all_there
    assert by_id["joint/b"].after == (*all_there, "contradictions")
    assert by_id["joint/c"].after == ("joint/b", *all_there, "contradictions")
    assert by_id["about"].after == (*all_there, "joint/b", "joint/c")
    assert "joint/a" not in by_id
