"""A model's answer becomes the plan of the book, or a sentence that says why it cannot."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest

from l2mac_write.errors import AnswerRefused, L2macError, WindowOverflow
from l2mac_write.findings import Severity
from l2mac_write.llm.scripted import says
from l2mac_write.machine.planning import so_far
from l2mac_write.messages import Reply, Stop
from l2mac_write.plan import Entry, PartPlan, Person
from l2mac_write.plan_file import load
from tests.machine.machines import BRIEF, WISHES, chapter, machine, plan

GOALS = ("The bank moves by an acre.", "The boat is sold.", "Water takes the bridge.")
EVERYTHING = {
    "title": "Two Banks",
    "premise": "Two men, one river.",
    "style": "plain",
    "fiction": True,
    "matter": ["dedication", "index"],
    "rules": ["Nobody swims."],
    "people": [{"name": "Ansel Rook", "who": "a ferryman"}, {"name": "Bea Hale", "who": "a smith"}],
    "places": [{"name": "The Ford", "what": "where it is low"}],
    "terms": [{"name": "thole", "what": "what holds an oar"}],
    "parts": [{"title": "Low", "goal": "It sinks."}, {"title": "High", "goal": "It rises."}],
    "chapters": [
        {
            "title": "The Ferry",
            "part": "Low",
            "goal": GOALS[0],
            "point_of_view": "Ansel Rook",
            "setting": "the ford, 3 May",
            "people": ["Ansel Rook"],
            "terms": ["thole"],
            "beats": ["It begins.", "It ends."],
            "must": ["an oar"],
            "must_not": ["the flood"],
            "covers": [1],
            "words": 200,
        },
        {"title": "The Flood", "part": "High", "goal": GOALS[1], "after": [], "words": 400},
    ],
}


def answer(**more):
    return says(json.dumps(EVERYTHING | more))


def chapters(*rows):
    """Rows with what a chapter needs, and more."""
    plain = [
        {"title": f"Title {n}", "goal": GOALS[n], "covers": [1], "words": 300}
        for n in range(len(rows))
    ]
    return [one | row for one, row in zip(plain, rows, strict=True)]


def planned(*script, brief=BRIEF):
    run = machine(*script, brief=brief)
    run.run(until="plan")
    return run


def made(*rows, brief=BRIEF, **more):
    """The plan that is made of one answer with these chapters."""
    brief = replace(brief, chapters=len(rows) or 2)
    given = {"parts": [], **more, "chapters": chapters(*rows)} if rows else more
    return planned(*[answer(**given)] * 4, brief=brief).unit.plan()


def findings(run):
    return run.book.outcomes()["plan"].findings


def test_all_that_an_answer_says_reaches_the_plan_and_comes_back_from_its_file():
    run = planned(answer())
    plan = load(run.book.read("plan.toml"))
    ferry, flood = plan.chapters

    assert (plan.title, plan.premise, plan.style) == ("Two Banks", "Two men, one river.", "plain")
    assert (plan.fiction, plan.matter, plan.rules) == (True, ("dedication", "index"), ("Nobody swims.",))  # fmt: skip
    assert plan.people == (Person("Ansel Rook", "a ferryman"), Person("Bea Hale", "a smith"))
    assert plan.places == (Entry("The Ford", "where it is low"),)
    assert plan.terms == (Entry("thole", "what holds an oar"),)
    assert plan.parts == (PartPlan(1, "Low", "It sinks."), PartPlan(2, "High", "It rises."))
    assert plan.requirements == ("It is a tale of two ferrymen.",)
    assert (ferry.part, ferry.point_of_view, ferry.setting) == (1, "Ansel Rook", "the ford, 3 May")
    assert (ferry.people, ferry.terms) == (("Ansel Rook",), ("thole",))
    assert (ferry.beats, ferry.must, ferry.must_not) == (("It begins.", "It ends."), ("an oar",), ("the flood",))  # fmt: skip
    assert (ferry.covers, ferry.words, ferry.after) == ((1,), 200, None)
    assert (flood.part, flood.after, flood.id) == (2, (), "the-flood")
    assert findings(run) == ()


def test_a_malformed_answer_is_asked_again_in_the_same_conversation_and_told_why():
    run = planned(says("Let us talk about it."), answer())

    told, said, again = run.llm.heard[1].conversation
    assert told == run.llm.heard[0].conversation[0]
    assert said.text == "Let us talk about it."
    assert "no JSON object" in again.text


def test_an_answer_that_was_cut_off_is_gone_on_with():
    text = answer().text
    run = planned(Reply(text[:400], stop=Stop.LENGTH), says(text[400:]))

    assert text[:400].rpartition(". ")[0] in run.told(2).text
    assert run.unit.plan().chapter(2).title == "The Flood"


def test_what_was_no_plan_is_not_shown_again_to_a_model_that_has_no_room_for_it():
    run = planned(says("Let us talk about it."), WindowOverflow("too long"), answer())

    (told,) = run.llm.heard[2].conversation
    assert "Plan the whole book" in told.text
    assert run.llm.heard[2].seed != run.llm.heard[0].seed


def test_too_few_chapters_are_told_and_asked_for_again():
    run = planned(plan("The Ferry"), answer())

    assert "The plan has 1 chapters; 2 are asked for." in run.told(2).text
    assert len(run.unit.plan().chapters) == 2


def test_a_plan_that_stays_too_short_is_never_shortened_without_a_word():
    run = planned(*[plan("The Ferry")] * 4)

    assert len(run.llm.heard) == 4
    (finding,) = findings(run)
    assert finding.severity is Severity.BLOCK
    assert finding.message == "The plan has 1 chapters; 2 are asked for."


def test_an_answer_that_cannot_be_read_never_takes_the_place_of_a_plan_that_can():
    wrong = plan("Same", "Same", "Same", people=[{"name": "Elara Thorne"}])
    run = planned(wrong, *[says("I would rather not.")] * 3)

    assert len(run.unit.plan().chapters) == 3


def test_a_plan_of_more_than_twice_the_chapters_is_none():
    with pytest.raises(AnswerRefused, match="The plan has 5 chapters; 2 are asked for"):
        planned(*[plan(*map(str, range(5)))] * 4)


def test_the_title_that_the_person_gave_stands():
    assert made(brief=replace(BRIEF, title="The Ferrymen")).title == "The Ferrymen"


def test_a_title_that_the_person_gave_need_not_be_said_again():
    plan = made(title=None, brief=replace(BRIEF, title="The Ferrymen"))

    assert plan.title == "The Ferrymen"


@pytest.mark.parametrize("words", [(1, 1), (3, 1000), (1, 9_999_999), (300, 301)])
def test_words_are_scaled_to_add_up_exactly(words):
    plan = made(*({"words": n} for n in words))

    assert plan.words == BRIEF.words
    assert all(chapter.words > 0 for chapter in plan.chapters)


def test_what_a_chapter_covers_beyond_what_was_asked_is_ignored():
    assert made({"covers": [1, 2, 0, -1, "one", None, [1]]}, {}).chapter(1).covers == (1,)


def test_ids_are_not_the_models_to_give():
    plan = made({"id": "../x", "title": "Same"}, {"id": 5, "title": "same"})

    assert [chapter.id for chapter in plan.chapters] == ["same", "same-2"]


def test_a_chapter_of_a_part_that_there_is_not_goes_with_the_one_before():
    parts = [{"title": "Low  Water"}, {"title": "High"}]
    plan = made({"part": "low\nwater"}, {"part": "Middle"}, {"part": "High"}, parts=parts)

    assert [chapter.part for chapter in plan.chapters] == [1, 1, 2]
    assert made({"part": "Middle"}, {"part": ["High"]}, parts=parts).chapter(2).part == 0


def test_a_part_that_comes_back_is_told():
    parts = [{"title": "Low"}, {"title": "High"}]
    run = planned(answer(chapters=chapters({"part": "High"}, {"part": "Low"}), parts=parts), answer())  # fmt: skip

    assert "chapter 2 belongs to a part that comes before" in run.told(2).text


def test_chapters_of_a_story_that_share_people_build_on_each_other_whatever_the_plan_says():
    rows = ({"people": ["Ansel"]}, {"people": ["Bea"], "after": []}, {"people": ["Ansel", "Bea"], "after": []})  # fmt: skip

    assert [c.after for c in made(*rows).chapters] == [None, (), (1, 2)]


def test_where_nobody_is_shared_or_it_is_no_story_chapters_stand_alone():
    rows = ({"people": ["Ansel"]}, {"people": ["Bea"], "after": []}, {"people": ["Ansel"], "after": [2]})  # fmt: skip

    assert [c.after for c in made(*rows, fiction=False).chapters] == [None, (), (2,)]


def test_a_chapter_that_builds_on_a_later_one_is_told():
    run = planned(answer(chapters=chapters({"after": [2]}, {})), answer())

    assert "`after` of chapter 1 must list earlier chapters" in run.told(2).text


def test_two_chapters_of_one_title_are_told_once_and_by_name():
    run = planned(plan("Same", "SAME"), answer())

    assert run.told(2).text.count("More than one chapter is called `SAME`.") == 1


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"title": ""}, "needs a title and a premise"),
        ({"premise": None}, "needs a title and a premise"),
        ({"chapters": chapters({"goal": None}, {})}, "Chapter 1 needs a title and a goal"),
        ({"chapters": chapters({}, {"title": " \n"})}, "Chapter 2 needs a title and a goal"),
        ({"chapters": chapters({"words": None}, {})}, "`words` of chapter 1 must be"),
    ],
    ids=str,
)
def test_what_a_plan_cannot_be_without_is_told(missing, why):
    assert why in planned(answer(**missing), answer()).told(2).text


SLOPPY = [
    ({"people": "Ansel Rook, a ferryman"}, "people", (Person("Ansel Rook", "a ferryman"),)),
    ({"people": ["Ansel Rook (a ferryman)", "Bea"]}, "people", (Person("Ansel Rook", "a ferryman"), Person("Bea"))),
    ({"people": {"name": "Ansel", "who": None, "age": 50}}, "people", (Person("Ansel"),)),
    ({"people": [{"name": "Ansel", "who": 50}, {"who": "nobody"}]}, "people", (Person("Ansel", "50"),)),
    ({"people": None, "places": ["The Ford: low"]}, "places", (Entry("The Ford", "low"),)),
    ({"parts": ["Low, or Nearly", "High"]}, "parts", (PartPlan(1, "Low, or Nearly"), PartPlan(2, "High"))),
    ({"title": 1984}, "title", "1984"),
    ({"style": None}, "style", ""),
    ({"fiction": "False"}, "fiction", False),
    ({"rules": "Nobody swims.\nNobody sings."}, "rules", ("Nobody swims.", "Nobody sings.")),
    ({"rules": [None, "Nobody swims.", ""]}, "rules", ("Nobody swims.",)),
    ({"matter": None, "colour": "blue"}, "matter", ()),
]  # fmt: skip


@pytest.mark.parametrize(("said", "key", "meant"), SLOPPY, ids=str)
def test_what_an_answer_means_of_the_book_is_understood(said, key, meant):
    assert getattr(made(**said), key) == meant


SLOPPY_CHAPTERS = [
    ({"beats": "It begins.\nIt ends."}, "beats", ("It begins.", "It ends.")),
    ({"beats": None}, "beats", ()),
    ({"must": [1912, None]}, "must", ("1912",)),
    ({"people": "Ansel, Bea"}, "people", ("Ansel", "Bea")),
    ({"people": [{"name": "Ansel", "who": "a ferryman"}, "Bea"]}, "people", ("Ansel", "Bea")),
    ({"title": 7}, "title", "7"),
    ({"covers": "1"}, "covers", (1,)),
    ({"covers": 1}, "covers", (1,)),
    ({"covers": {"1": True}}, "covers", ()),
    ({"setting": None}, "setting", ""),
    ({"after": None}, "after", None),
]


@pytest.mark.parametrize(("said", "key", "meant"), SLOPPY_CHAPTERS, ids=str)
def test_what_an_answer_means_of_a_chapter_is_understood(said, key, meant):
    assert getattr(made(said, {}).chapter(1), key) == meant


@pytest.mark.parametrize("words", ["1200", "1,200", "about 1.200 words", 1200.0, "1200-1500"])
def test_a_number_of_words_may_come_as_text(words):
    assert [c.words for c in made({"words": words}, {"words": 1200}).chapters] == [300, 300]


@pytest.mark.parametrize("after", ["1", "[1]", ["1"], 1, 1.0], ids=repr)
def test_what_a_chapter_builds_on_may_come_as_text(after):
    assert made({}, {"after": after}).chapter(2).after == (1,)


WRONG = [
    ({"people": [["Ansel"]]}, "`people` must list objects with `name` and `who`"),
    ({"people": [{"name": ["Ansel"]}]}, "people 1: `name` must be text"),
    ({"people": [7]}, "`people` must list objects"),
    ({"terms": [True]}, "`terms` must list objects with `name` and `what`"),
    ({"parts": [["Low"]]}, "`parts` must list objects with `title` and `goal`"),
    ({"parts": [{"title": {"en": "Low"}}]}, "`title` must be text"),
    ({"title": ["Two", "Banks"]}, "`title` must be text"),
    ({"premise": {"text": "Two men"}}, "`premise` must be text"),
    ({"fiction": "perhaps"}, "`fiction` must be true or false"),
    ({"matter": ["blurb"]}, "`matter` may hold dedication"),
    ({"rules": [["Nobody swims."]]}, "`rules` must be a list of texts"),
    ({"rules": {"1": "Nobody swims."}}, "`rules` must be a list of texts"),
    ({"chapters": {"1": {"title": "The Ferry"}}}, "the plan has no"),
    ({"chapters": ["The Ferry", None, 5]}, "the plan has no"),
    ({"chapters": chapters({"goal": ["It", "moves"]}, {})}, "chapter 1: `goal` must be text"),
    ({"chapters": chapters({"beats": [["It begins."]]}, {})}, "chapter 1: `beats` must be a list"),
    ({"chapters": chapters({"people": [["Ansel"]]}, {})}, "chapter 1: `people` must be a list"),
    ({"chapters": chapters({"words": "many"}, {})}, "`words` of chapter 1 must be a whole number"),
    ({"chapters": chapters({"words": -300}, {})}, "`words` of chapter 1 must be a whole number"),
    ({"chapters": chapters({"words": 10**400}, {})}, "`words` of chapter 1 must be a whole number"),
    ({"chapters": chapters({"words": True}, {})}, "`words` of chapter 1 must be a whole number"),
    ({"chapters": chapters({"words": float("inf")}, {})}, "`words` of chapter 1 must be a whole"),
    ({"chapters": chapters({}, {"after": ["The Ferry"]})}, "`The Ferry` is no earlier chapter"),
    ({"chapters": chapters({}, {"after": [[1]]})}, "`after` of chapter 2 must list earlier"),
    ({"chapters": chapters({}, {"after": [{"x" * 9_000: 1}]})}, "`after` of chapter 2 must list"),
    ({"chapters": [{"title": "A", "goal": "g", "words": 9}] * 1_001}, "has 1001 chapters"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "why"), WRONG, ids=[f"{n}: {why}" for n, (_, why) in enumerate(WRONG)]
)
def test_what_cannot_be_understood_is_told_in_one_sentence(said, why):
    run = planned(answer(**said), answer())

    assert why in run.told(2).text
    assert len(run.told(2).text) < 2_000


def test_ten_thousand_parts_and_people_are_no_trouble():
    parts = [{"title": f"Part {n}"} for n in range(10_000)]
    people = [{"name": f"Name{n}abc"} for n in range(10_000)]
    run = planned(*[answer(parts=parts, people=people)] * 4)

    assert len(run.unit.plan().parts) == 10_000


def nested(depth, *, closed=True):
    return '{"title": ' + "[" * depth + "]" * depth * closed + "}"


JUNK = (None, True, -1, 0.5, "", " ", [], {}, [None], [[[]]], {"name": None}, "x" * 9_000, "\ud800", 10**300)  # fmt: skip


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: repr(junk)[:20])
@pytest.mark.parametrize("place", ["book", "chapter", "entry"])
def test_nothing_in_any_place_of_an_answer_makes_the_machine_fail(junk, place):
    for key in (*EVERYTHING, *EVERYTHING["chapters"][0], "after", "id"):
        said = {
            "book": {key: junk},
            "chapter": {"chapters": [chapter("A", words=300), chapter("B", words=300, **{key: junk} if key not in ("title", "words") else {})]},
            "entry": {"people": [{"name": "Ansel", "who": junk}, junk], "parts": [{"title": "Low", "goal": junk}]},
        }[place]  # fmt: skip
        run = machine(*[answer(**said)] * 4)
        with suppress(AnswerRefused):
            run.run(until="plan")
            load(run.book.read("plan.toml"))


@pytest.mark.parametrize("depth", [10, 500, *range(900, 1_000, 7), 5_000, 100_000])
def test_brackets_in_brackets_end_in_a_sentence(depth):
    with pytest.raises(L2macError):
        planned(*[says(nested(depth))] * 4)


def test_half_a_plan_can_be_shown_to_who_plans_the_rest():
    wishes = [WISHES.strip()]

    assert so_far({**EVERYTHING, "chapters": []}, wishes).parts[1].title == "High"
    assert so_far(EVERYTHING, wishes).chapter(1).title == "The Ferry"
