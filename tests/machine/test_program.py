"""A stored program is data: its steps become the instructions of one book."""

from dataclasses import replace

import pytest

from l2mac_write.book import Brief
from l2mac_write.machine.expanding import drafts, instructions, paths_of
from l2mac_write.machine.program_file import load
from l2mac_write.plan import PLAN, ChapterPlan, PartPlan, Person, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.store.memory import MemoryBook
from tests.machine.machines import program, whole_machine
from tests.machine.test_program_file import SOUND

SHIPPED = ("book", "book-small")

BRIEF = Brief("A tale.")
TWO = Plan(
    "T", "P", "", (), (ChapterPlan(1, "A", "g", 300, id="a"), ChapterPlan(2, "B", "g", 300, id="b"))
)


def test_without_a_plan_the_program_ends_at_the_plan():
    assert [i.id for i in instructions(program(), None, BRIEF)] == ["requirements", "plan"]


def test_chapters_are_written_in_order_each_followed_by_its_facts_what_judges_say_and_its_summary():
    assert [i.id for i in instructions(program(), TWO, BRIEF)] == [
        "requirements", "plan", "bible",
        "chapter/a", "facts/a", "judge/a", "amend/a", "summary/a", "replan/a",
        "chapter/b", "facts/b", "judge/b", "amend/b", "summary/b", "about",
    ]  # fmt: skip


def test_a_chapter_waits_for_the_bible_and_for_the_summary_and_the_facts_of_the_one_before():
    by_id = {i.id: i for i in instructions(program(), TWO, BRIEF)}

    assert by_id["chapter/b"].after == ("bible", "summary/a", "facts/a", "replan/a")
    assert by_id["about"].after == ("summary/a", "summary/b", "facts/a", "facts/b")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_instruction_writes_one_file_of_its_own(name):
    made = [i for i in instructions(program(name), TWO, BRIEF) if i.step not in {"replan", "amend"}]
    written = [i.writes for i in made]

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


BEATS = Plan(
    "T",
    "P",
    "",
    (Person("Ann"),),
    (
        ChapterPlan(1, "A", "g", 300, id="a", beats=("one", "two")),
        ChapterPlan(2, "B", "g", 300, id="b"),
        ChapterPlan(3, "C", "g", 300, id="c", beats=("three",)),
    ),
    matter=("dedication",),
)
"""A plan of which one chapter has no beats."""


def made(text, plan=BEATS, brief=BRIEF):
    return {i.id: i for i in instructions(load(text), plan, brief)}


def test_a_step_for_each_beat_has_as_many_instructions_as_the_chapters_have_beats():
    assert [*made(SOUND)] == [
        "plan", "bible", "draft/a/01", "draft/a/02", "chapter/a", "chapter/b", "draft/c/01",
        "chapter/c",
    ]  # fmt: skip


def test_what_is_for_a_beat_waits_for_the_beat_before_and_a_chapter_for_all_of_its_beats():
    by_id = made(SOUND)

    assert by_id["draft/a/01"].after == ("bible",)
    assert by_id["draft/a/02"].after == ("bible", "draft/a/01")
    assert by_id["chapter/a"].after == ("draft/a/01", "draft/a/02")
    assert by_id["chapter/b"].after == ("bible", "draft/a/01", "draft/a/02")


def test_what_is_for_the_book_waits_for_all_that_is_for_its_parts():
    whole = '[[step]]\nid = "end"\nprompt = "p"\nwrites = "end.md"\nafter = ["draft", "chapter"]\n'

    assert made(SOUND + whole)["end"].after == (
        "draft/a/01", "draft/a/02", "draft/c/01", "chapter/a", "chapter/b", "chapter/c",
    )  # fmt: skip


def test_a_beat_may_come_after_the_chapters_that_its_own_builds_on():
    text = SOUND.replace('after_previous = ["draft"]', 'after_previous = ["chapter"]')

    assert made(text)["draft/c/01"].after == ("bible", "chapter/b")


def test_each_beat_writes_a_file_of_its_own():
    by_id = made(SOUND)

    assert by_id["draft/a/02"].writes == "notes/beats/01-02.md"
    assert (by_id["draft/a/02"].chapter, by_id["draft/a/02"].beat) == (1, 2)


def test_a_chapter_reads_all_of_its_beats_and_a_beat_those_before_it():
    steps, by_id = load(SOUND), made(SOUND)
    draft = steps.step("draft")

    assert [*paths_of(BEATS, draft, by_id["chapter/a"])] == [
        "notes/beats/01-01.md",
        "notes/beats/01-02.md",
    ]
    assert [*paths_of(BEATS, draft, by_id["draft/a/02"])] == ["notes/beats/01-01.md"]
    assert [*paths_of(BEATS, steps.step("bible"), by_id["chapter/c"])] == ["notes/bible.md"]


@pytest.mark.parametrize(
    ("condition", "chapters"),
    [
        ("people", (1, 2, 3)),
        ("!people", ()),
        ("fiction", (1, 2, 3)),
        ("nonfiction", ()),
        ("chapters", (1, 2, 3)),
        ("first", (1,)),
        ("!last", (1, 2)),
        ("beats", (1, 3)),
        ("asked.title", ()),
        ("!asked.author", (1, 2, 3)),
        ("asked.dedication", (1, 2, 3)),
        ("asked.preface", ()),
        ("parts", ()),
    ],
)
def test_a_step_whose_condition_does_not_hold_is_not_there(condition, chapters):
    text = SOUND.replace("evaluators =", f'when = ["{condition}"]\nevaluators =')

    there = [i.chapter for i in made(text).values() if i.step == "chapter"]

    assert there == [*chapters]


def test_all_of_several_conditions_must_hold():
    text = SOUND.replace("evaluators =", 'when = ["beats", "!first"]\nevaluators =')

    assert [i.chapter for i in made(text).values() if i.step == "chapter"] == [3]


def test_what_comes_after_a_step_that_is_not_there_waits_for_what_that_one_waited_for():
    text = SOUND.replace('reads = ["plan"]', 'when = ["!people"]')

    assert made(text)["draft/a/01"].after == ("plan",)


PARTS = Plan(
    "T",
    "P",
    "",
    (),
    (
        ChapterPlan(1, "Before", "g", 300, id="before"),
        ChapterPlan(2, "A", "g", 300, id="a", part=1),
        ChapterPlan(3, "B", "g", 300, id="b", part=1),
        ChapterPlan(4, "C", "g", 300, id="c", part=2),
    ),
    parts=(PartPlan(1, "Ebb"), PartPlan(2, "Flood")),
)
OF_PARTS = """
name = "parts"
chapters = 4
chapter_words = 300
[[step]]
id = "plan"
prompt = "p"
form = "plan"
writes = "plan.toml"
[[step]]
id = "motto"
for_each = "part"
prompt = "p"
writes = "notes/motto-{part}.md"
after = ["plan"]
after_previous = ["look-back"]
[[step]]
id = "chapter"
for_each = "chapter"
prompt = "p"
writes = "{chapter}"
after = ["motto"]
after_previous = ["chapter"]
reads = ["motto"]
[[step]]
id = "look-back"
for_each = "part"
prompt = "p"
writes = "notes/back-{part}.md"
after = ["chapter"]
reads = ["chapter"]
"""


def test_a_step_for_each_part_is_done_where_it_stands_before_or_after_its_chapters():
    assert [*made(OF_PARTS, PARTS)] == [
        "plan", "chapter/before", "motto/01", "chapter/a", "chapter/b", "look-back/01", "motto/02",
        "chapter/c", "look-back/02",
    ]  # fmt: skip


def test_a_part_waits_for_all_of_its_chapters_and_a_chapter_for_its_part():
    by_id = made(OF_PARTS, PARTS)

    assert by_id["chapter/before"].after == ("plan",)
    assert by_id["chapter/b"].after == ("motto/01", "chapter/a")
    assert by_id["look-back/01"].after == ("chapter/a", "chapter/b")
    assert by_id["motto/02"].after == ("plan", "look-back/01")


def test_a_chapter_reads_what_was_written_for_its_part():
    motto, by_id = load(OF_PARTS).step("motto"), made(OF_PARTS, PARTS)

    assert [*paths_of(PARTS, motto, by_id["chapter/c"])] == ["notes/motto-02.md"]
    assert [*paths_of(PARTS, motto, by_id["chapter/before"])] == []
    assert by_id["motto/02"].part == 2


def test_a_plan_without_parts_has_none_to_do():
    assert [*made(OF_PARTS, TWO)] == ["plan", "chapter/a", "chapter/b"]


def test_drafts_for_beats_and_parts_are_known_as_such():
    assert [*drafts(load(SOUND), BEATS)] == [
        "notes/beats/01-01.md", "notes/beats/01-02.md", "notes/beats/03-01.md",
    ]  # fmt: skip
    assert [*drafts(program(), BEATS)] == []


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
    by_id = {i.id: i for i in instructions(program(), builds_on((), (), ()), BRIEF)}
    all_there = ("summary/a", "summary/b", "summary/c")

    assert by_id["contradictions"].after == all_there
    noted = ("facts/a", "facts/b", "facts/c")
    assert by_id["joint/b"].after == (*all_there, *noted, "contradictions")
    assert by_id["joint/c"].after == ("joint/b", *all_there, *noted, "contradictions")
    assert by_id["about"].after == (*all_there, "joint/b", "joint/c")
    assert "joint/a" not in by_id


def test_a_step_for_parts_is_not_there_for_a_chapter_that_is_in_none():
    text = SOUND.replace('after = ["draft"]', 'after = ["draft"]\nwhen = ["parts"]')
    parts = (PartPlan(1, "One"),)
    chapters = tuple(replace(c, part=c.number > 1) for c in BEATS.chapters)

    there = made(text, replace(BEATS, parts=parts, chapters=chapters))

    assert [name for name in there if name.startswith("chapter/")] == ["chapter/b", "chapter/c"]


@pytest.mark.parametrize("step", ["draft", "chapter"])
def test_a_chapter_in_a_part_and_its_beats_know_the_part(step):
    parts = (PartPlan(1, "One"), PartPlan(2, "Two"))
    chapters = tuple(replace(c, part=int(c.number > 1)) for c in BEATS.chapters)
    plan = replace(BEATS, parts=parts, chapters=chapters)
    unit = replace(whole_machine(book=MemoryBook({PLAN: dump(plan)})).unit, program=load(SOUND))

    known = {
        i.chapter: unit.situation(i).part for i in unit.registry().instructions if i.step == step
    }

    assert known[1] is None
    assert known[3] == parts[0]
