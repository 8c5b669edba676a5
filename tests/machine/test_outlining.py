"""A plan of many chapters is made part by part, and mended part by part."""

import json
from dataclasses import replace

import pytest

from l2mac_write.book import Brief
from l2mac_write.errors import AnswerRefused, LLMUnavailable
from l2mac_write.findings import Severity
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.llm.scripted import says
from l2mac_write.messages import Reply, Stop
from l2mac_write.plan_file import load
from l2mac_write.store.memory import MemoryBook
from tests.machine.machines import BRIEF, machine, whole_machine, with_its_wishes_read, word
from tests.timing import at_most

LONG = replace(BRIEF, chapters=36, words=36_000)
SECONDS = {31: 0.2, 240: 0.6, 1_000: 5}
"""For so many chapters."""
PEOPLE = [{"name": "Ansel Rook", "who": "a ferryman"}, {"name": "Bea Hale", "who": "a smith"}]


def part(number, **more):
    return {"title": f"Part {number}", "goal": f"Goal of part {number}.", "chapters": 12, "words": 12_000, **more}  # fmt: skip


def outline(*parts, **more):
    rows = parts or (part(1), part(2), part(3))
    book = {"title": "Two Banks", "premise": "Two men, one river.", "style": "plain", "people": PEOPLE}  # fmt: skip
    return says(json.dumps({**book, "parts": rows, **more}))


def row(number, **more):
    goal = " ".join(word(number, n) for n in range(9))
    return {"title": f"Chapter {word(number)} {number}", "goal": goal, "covers": [1], "words": 1_000, **more}  # fmt: skip


def filled(first, last, **more):
    """The answer for a part whose chapters have these numbers."""
    return says(json.dumps({"chapters": [row(n, **more) for n in range(first, last + 1)]}))


SOUND = (outline(), filled(1, 12), filled(13, 24), filled(25, 36))


def planned(*script, brief=LONG, book=None):
    run = machine(*script, brief=brief, book=book)
    run.run(until="plan")
    return run


def counts(plan):
    return [len(plan.of_part(part.number)) for part in plan.parts]


def findings(run):
    return run.book.outcomes()["plan"].findings


def asked(run):
    """Which calls were for a part, by its number; 0 is the outline."""
    told = [request.conversation[0].text for request in run.llm.heard]
    return [next((n for n in range(1, 9) if f"Plan part {n}, " in text), 0) for text in told]


def test_first_the_book_and_its_parts_then_the_chapters_of_each_part():
    run = planned(*SOUND)
    plan = run.unit.plan()

    assert asked(run) == [0, 1, 2, 3]
    assert counts(plan) == [12, 12, 12]
    assert (plan.title, plan.words, len(plan.chapters)) == ("Two Banks", 36_000, 36)
    assert findings(run) == ()


def test_who_plans_a_part_sees_the_book_its_people_all_parts_and_the_chapters_so_far():
    run = planned(*SOUND)
    told = run.told(3).text

    assert "Two men, one river." in told
    assert "- Ansel Rook: a ferryman" in told
    assert "3. Part 3: Goal of part 3." in told
    assert f"12. {row(12)['title']}: {row(12)['goal']}" in told
    assert "exactly 12 chapters, the first of which is chapter 13 of the book" in told


@pytest.mark.parametrize(
    ("wrong", "chapters"),
    [
        ((part(1, chapters=20), part(2, chapters=20), part(3, chapters=20)), [12, 12, 12]),
        ((part(1, chapters=1), part(2, chapters=1), part(3, chapters=2)), [9, 9, 18]),
        ((part(1, chapters="2"), part(2, chapters=4.0), part(3, chapters="6 chapters")), [6, 12, 18]),
        ((part(1, chapters=0), part(2, chapters=None), part(3, chapters=[1])), [12, 12, 12]),
        ((part(1, chapters=10**300), part(2), part(3)), [1, 18, 17]),
        ((part(1, chapters=10_000), part(2), part(3)), [12, 12, 12]),
        (("Low", "High"), [18, 18]),
    ],
    ids=["too many", "too few", "as text", "none", "beyond counting", "all in one", "titles alone"],
)  # fmt: skip
def test_an_outline_whose_numbers_do_not_add_up_is_dealt_out_exactly(wrong, chapters):
    ends = [sum(chapters[: n + 1]) for n in range(len(chapters))]
    parts = [filled(end - count + 1, end) for end, count in zip(ends, chapters, strict=True)]
    run = planned(outline(*wrong), *parts)

    assert counts(run.unit.plan()) == chapters
    assert all(f"exactly {n} chapters" in run.told(2 + k).text for k, n in enumerate(chapters))
    assert findings(run) == ()


@pytest.mark.parametrize("words", [(1, 1, 10**300), (0, -5, None), (5, 5, 5), ("12,000", 9, 9)])
def test_words_that_do_not_add_up_are_dealt_out_exactly(words):
    parts = (part(n, words=given) for n, given in enumerate(words, start=1))
    run = planned(outline(*parts), *SOUND[1:])

    assert run.unit.plan().words == 36_000


NO_OUTLINES = {
    "no answer": says("Let us talk about it."),
    "nothing": says("{}"),
    "no parts": outline(parts=None),
    "one part": outline(part(1)),
    "10,000 parts": outline(*(part(n) for n in range(10_000))),
    "parts in parts": outline([part(1)], [part(2)], [part(3)]),
    "twins": outline(part(1), part(2, title="PART  1"), part(3)),
    "a title that is a list": outline(part(1), part(2, title=["a"]), part(3)),
    "people that are lists": outline(people=[["Ansel"]]),
    "a premise that is a list": outline(premise=["Two men"]),
}


@pytest.mark.parametrize("wrong", NO_OUTLINES.values(), ids=NO_OUTLINES.keys())
def test_what_is_no_outline_is_asked_for_again(wrong):
    run = planned(wrong, *SOUND)

    assert asked(run) == [0, 0, 1, 2, 3]
    assert run.llm.heard[0].seed != run.llm.heard[1].seed


def test_without_any_outline_the_run_ends_with_a_sentence():
    with pytest.raises(AnswerRefused, match=r"`plan` came to nothing: The outline has 0 parts; 3"):
        planned(*[says("{}")] * 4)


def test_an_outline_without_people_premise_or_style_can_still_be_gone_on_from():
    run = planned(*[says(json.dumps({"title": "T", "parts": ["Low", "High", "Dry"]})), *SOUND[1:]] * 4)  # fmt: skip

    assert "needs a title and a premise" in findings(run)[0].message


def test_an_answer_that_was_cut_off_is_gone_on_with():
    text = filled(1, 12).text
    cut = Reply(text[:300], stop=Stop.LENGTH)
    run = planned(outline(), cut, says(text[300:]), *SOUND[2:])

    assert counts(run.unit.plan()) == [12, 12, 12]


@pytest.mark.parametrize(
    "wrong",
    [
        filled(1, 11), filled(1, 13), says("I see."), says("{}"), says('{"chapters": 12}'),
        says('{"chapters": [null, 5, ["a"]]}'), filled(1, 12, goal=["a"]), filled(1, 12, goal=None),
        filled(1, 12, beats=[["a"]]), filled(1, 12, words="many"), filled(1, 12, after=["Chapter 1"]),
        says('{"chapters": ' + "[" * 9_999),
    ],
    ids=["11", "13", "talk", "{}", "12", "junk", "goal list", "no goal", "beats", "words", "after", "["],
)  # fmt: skip
def test_a_part_that_is_wrong_is_asked_for_again_before_the_next_one(wrong):
    run = planned(outline(), wrong, wrong, *SOUND[1:])

    assert asked(run) == [0, 1, 1, 1, 2, 3]
    assert len({request.seed for request in run.llm.heard}) == 6
    assert counts(run.unit.plan()) == [12, 12, 12]
    assert findings(run) == ()


def test_a_part_that_stays_too_short_is_taken_and_told_and_only_that_one_goes_back():
    short = filled(13, 23)
    rest = says(json.dumps({"chapters": [row(n) for n in range(25, 37)]}))
    run = planned(outline(), filled(1, 12), short, short, short, rest, filled(13, 24))

    assert asked(run) == [0, 1, 2, 2, 2, 3, 2]
    assert "The plan has 35 chapters; 36 are asked for." in run.told(7).text
    assert "in exactly 12 chapters: now they are those with the numbers 13 to 23" in run.told(7).text  # fmt: skip
    assert [c.title for c in run.unit.plan().chapters] == [row(n)["title"] for n in range(1, 37)]


def test_a_part_that_stays_too_short_to_the_end_is_never_taken_without_a_word():
    short = filled(13, 23)
    run = planned(outline(), filled(1, 12), *[short] * 3, filled(25, 36), *[short] * 9)

    (finding,) = findings(run)
    assert len(run.unit.plan().chapters) == 35
    assert finding.severity is Severity.BLOCK
    assert finding.message == "The plan has 35 chapters; 36 are asked for."


def test_a_part_of_which_nothing_comes_is_told_with_the_reason():
    round_ = (outline(), *[says("I see.")] * 3)

    with pytest.raises(AnswerRefused, match=r"Nothing came of part 1, `Part 1`\. The answer holds"):
        planned(*round_ * 4)


def test_findings_send_back_only_the_part_that_they_are_about():
    twin = json.loads(filled(13, 24).text)
    twin["chapters"][4]["goal"] = row(2)["goal"]
    run = planned(outline(), filled(1, 12), says(json.dumps(twin)), *SOUND[3:], filled(13, 24))

    assert asked(run) == [0, 1, 2, 3, 2]
    assert "Chapters 2 and 17 are to do the same" in run.told(5).text
    assert "numbers 13 to 24 above" in run.told(5).text
    assert findings(run) == ()


def test_two_chapters_of_one_title_send_back_the_parts_that_have_it():
    same = json.loads(filled(25, 36).text)
    same["chapters"][0]["title"] = row(30)["title"]
    run = planned(*SOUND[:3], says(json.dumps(same)), filled(25, 36))

    assert asked(run) == [0, 1, 2, 3, 3]
    assert "More than one chapter is called" in run.told(5).text


def test_a_wish_that_nobody_covers_goes_to_who_plans_the_end():
    bare = [filled(1, 12, covers=[]), filled(13, 24, covers=[]), filled(25, 36, covers=[])]
    run = planned(outline(), *bare, filled(25, 36))

    assert asked(run) == [0, 1, 2, 3, 3]
    assert "No chapter covers what is asked for under 1" in run.told(5).text


def test_what_an_editor_says_about_a_chapter_sends_its_part_back_whatever_words_are_quoted():
    problem = {"problem": "It is dull.", "repair": "Add a storm.", "serious": True}
    review = says(json.dumps({"problems": [{**problem, "quote": row(3)["goal"][:20]}]}))
    script = (*SOUND, review, filled(1, 12), says('{"problems": []}'))
    run = whole_machine(*script, brief=LONG, book=with_its_wishes_read(MemoryBook()))
    run.run(until="plan")

    assert asked(run) == [0, 1, 2, 3, 0, 1, 0]
    assert "- It is dull. Add a storm." in run.told(6).text


def test_a_name_of_the_outline_sends_no_part_back_and_is_told():
    worn = [{"name": "Elara Thorne", "who": "a ferrywoman"}]
    parts = (filled(1, 12, beats=["Elara Thorne rows."]), *SOUND[2:])
    run = planned(outline(people=worn), *parts)

    assert asked(run) == [0, 1, 2, 3]
    assert [finding.code for finding in findings(run)] == ["CHR-WORN"]


def test_a_part_that_cannot_be_mended_stays_as_it_was():
    bare = [filled(1, 12, covers=[]), filled(13, 24, covers=[]), filled(25, 36, covers=[])]
    run = planned(outline(), *bare, *[says("I see.")] * 9)

    assert counts(run.unit.plan()) == [12, 12, 12]
    assert [finding.code for finding in findings(run)] == ["PLT-COVER"]


def test_chapters_may_build_on_those_of_earlier_parts_by_their_numbers_in_the_book():
    run = planned(outline(), filled(1, 12), filled(13, 24, after=[2, 5]), filled(25, 36))

    assert run.unit.plan().chapter(20).after == (2, 5)


def test_a_run_that_stops_in_the_middle_repeats_no_call():
    stopped = machine(*SOUND[:2], LLMUnavailable("overloaded"), brief=LONG)
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = planned(*SOUND[2:], book=stopped.book)

    assert asked(resumed) == [2, 3]
    assert resumed.book.read("plan.toml") == planned(*SOUND).book.read("plan.toml")


def test_a_run_that_stops_while_a_part_is_mended_repeats_no_call():
    short = filled(13, 23)
    before = (outline(), filled(1, 12), short, short, short, filled(25, 36))
    stopped = machine(*before, LLMUnavailable("overloaded"), brief=LONG)
    with pytest.raises(LLMUnavailable):
        stopped.run()
    resumed = planned(filled(13, 24), book=stopped.book)

    assert asked(resumed) == [2]
    assert findings(resumed) == ()


def test_up_to_thirty_chapters_are_planned_at_once():
    run = planned(says(json.dumps({**json.loads(outline(parts=[]).text), "chapters": [row(n) for n in range(1, 31)]})), brief=replace(LONG, chapters=30))  # fmt: skip

    assert len(run.llm.heard) == 1
    assert len(run.unit.plan().chapters) == 30


@pytest.mark.parametrize("chapters", SECONDS)
def test_a_long_book_is_planned_by_the_rehearsal_in_one_go_and_without_findings(chapters):
    brief = Brief("A tale of two ferrymen.", chapters=chapters, words=2_000 * chapters)
    run = whole_machine(brief=brief)
    unit = replace(run.unit, llm=Rehearsal())

    with at_most(SECONDS[chapters]):
        unit.run(until="plan")
    plan = load(run.book.read("plan.toml"))

    assert findings(run) == ()
    assert run.book.outcomes()["plan"].rounds == 0
    assert plan.words == brief.words
    assert len({chapter.id for chapter in plan.chapters}) == chapters
    assert len({chapter.path for chapter in plan.chapters}) == chapters
