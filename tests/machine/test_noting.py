"""What a chapter makes true is noted, held to its words, and seen by whoever writes on."""

import json
import re
from functools import partial

import pytest

from l2mac_write.book import Brief
from l2mac_write.errors import ToolError
from l2mac_write.findings import Evidence, Severity
from l2mac_write.ledger import page_file
from l2mac_write.ledger.rows import Fact
from l2mac_write.llm.scripted import says
from l2mac_write.machine.looking_up import look_up
from l2mac_write.machine.noting import settled
from l2mac_write.machine.remembering import known, state, threads
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.toolbox import Toolbox, ledger_tool
from l2mac_write.messages import ToolCall
from l2mac_write.plan import ChapterPlan, Person, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from tests.ledger.pages import CHAPTER, EYES, fact, page
from tests.machine.machines import REQUIREMENTS, plan, prose, unreviewed, whole_machine, without
from tests.machine.machines import program as stored

FLOOD_TEXT = (
    "The flood came. Ansel Rook had brown eyes then, and one good hand.\n\nHe owed Mara Voss."
)
NAMES = ("ferry", "flood", "bank")


def chapter(number, name, **more):
    return ChapterPlan(number, name.title(), "Ansel goes on.", 300, id=name, **more)


def planned(**of_the_last):
    last = chapter(3, "bank", **{"people": ("Ansel Rook",), **of_the_last})
    people = (Person("Ansel Rook", "a ferryman"), Person("Mara Voss"))
    chapters = (chapter(1, "ferry"), chapter(2, "flood"), last)
    return Plan("Two Banks", "A river.", "", people, chapters)


FERRY = page(
    fact(),
    fact(key="located_at", value="the mill"),
    fact(key="age", value="42", said="dialogue", speaker="Ansel", quote="I was forty-two"),
    threads=[
        {"name": "the debt", "kind": "promise", "what": "He owes.", "due": 2, "quote": EYES},
        {"name": "fear", "kind": "question", "quote": "and not yet afraid"},
    ],
)


def book(plan, **pages):
    """A book whose first chapters are there, and what was noted of them."""
    files = {"plan.toml": dump(plan), plan.chapters[0].path: f"# Ferry\n\n{CHAPTER}\n"}
    files[plan.chapters[1].path] = f"# Flood\n\n{FLOOD_TEXT}\n"
    for name, noted in {"ferry": FERRY, **pages}.items():
        files[page_file.PAGE.format(NAMES.index(name) + 1)] = page_file.dump(noted) + "\n"
    return MemoryBook(files)


def here(number=3, plan=None, **pages):
    plan = plan or planned()
    there = book(plan, **pages)
    ledger = StoredLedger(there.rows)
    return Situation(Brief("x"), there, plan, plan.chapter(number), ledger=ledger)


def noted(*facts, **more):
    return settled(json.dumps({"facts": [*facts], **more}), here(2))


def test_what_is_noted_is_a_file_of_the_chapter_with_its_words():
    draft = noted(fact(key="injured", value="left hand", quote="and one good hand"))

    assert draft.accepted
    (row,) = page_file.load(draft.text).rows
    assert (row.chapter, row.key, row.quote) == ("flood", "injured", "and one good hand")


@pytest.mark.parametrize("answer", ["I noted nothing.", "{", "[1, 2]", "", "{}", '{"facts": []}'])
def test_an_answer_that_notes_nothing_is_asked_for_once_more(answer):
    draft = settled(answer, here(2))

    assert [finding.code for finding in draft.to_revise] == ["LED-NONE"]
    assert page_file.load(draft.text).rows == ()


def test_what_cannot_be_read_is_kept_with_the_reason():
    (refused,) = page_file.load(settled("I noted nothing.", here(2)).text).refused

    assert refused.row == "I noted nothing."
    assert "no JSON object" in refused.why


def test_a_value_that_cannot_change_and_did_is_told_of_with_both_places():
    (found,) = noted(fact(value="brown", quote="Ansel Rook had brown eyes")).findings

    assert (found.code, found.severity) == ("CHR-ATTR", Severity.ADVISE)
    assert (found.path, found.quote) == ("chapters/02-flood.md", "Ansel Rook had brown eyes")
    assert found.conflict == Evidence("chapters/01-ferry.md", EYES)


def test_an_old_value_that_was_not_so_is_told_of():
    moved = {"key": "located_at", "value": "the quay", "quote": "The flood came"}

    assert noted(fact(old="the mill", **moved)).findings == ()
    assert noted(fact(old="the mill by the quay", **moved)).findings == ()
    (found,) = noted(fact(old="the inn", **moved)).findings
    assert "it was `inn` before, by `chapters/01-ferry.md` it is `the mill`" in found.message


def test_nobody_grows_younger_whatever_the_row_says_of_it():
    aged = {"key": "age", "quote": "The flood came"}
    there = here(2, ferry=page(fact(key="age", value="16", quote=EYES)))

    def found(value):
        return settled(json.dumps({"facts": [fact(value=value, old="16", **aged)]}), there).findings

    assert found("17") == ()
    assert found("15")[0].message.endswith("it is `15`, by `chapters/01-ferry.md` it is `16`.")


def test_what_somebody_says_contradicts_nothing():
    lie = fact(value="brown", said="dialogue", speaker="Mara", quote="had brown eyes then")

    assert noted(lie).findings == ()


def test_the_writer_of_a_later_chapter_sees_what_is_so_of_its_people():
    item = state(here(), 800)

    assert item.text == "Ansel Rook: located at: the mill; age: 42 (Ansel Rook says); eyes: grey"
    shown = {row.id: row.key for row in here().ledger.rows(item.facts) if isinstance(row, Fact)}
    assert [shown[id_] for id_ in item.facts] == ["located_at", "age", "eyes"]


def test_the_writer_of_a_later_chapter_sees_what_its_people_have_with_them():
    thing = {"name": "toll ledger", "kind": "thing", "quote": "he held the toll ledger"}
    holds = fact(key="holds", value="toll ledger", quote="he held the toll ledger")

    item = state(here(ferry=page(holds, entities=[thing])), 800)
    assert item.text == "toll ledger: held by: Ansel Rook"


def test_where_there_is_little_room_the_most_telling_is_there():
    assert state(here(), 17).text == "Ansel Rook: located at: the mill"
    assert state(here(), 10).text == ""


def test_nobody_sees_of_a_chapter_that_it_does_not_build_on():
    apart = planned(after=())

    assert state(here(plan=apart), 800).text == ""
    assert threads(here(plan=apart), 500).text == ""
    assert "notes/ledger/01.toml" in here(plan=apart).hidden


def test_a_chapter_set_earlier_sees_what_was_so_then():
    late = page(fact(key="located_at", value="the mill"), when="1871")

    assert "the mill" not in state(here(plan=planned(setting="1850"), ferry=late), 800).text
    assert "the mill" in state(here(plan=planned(setting="1872"), ferry=late), 800).text


def test_threads_that_are_due_come_first_with_the_words_that_planted_them():
    assert threads(here(2), 500).text == (
        f"- the debt (promise, due here): He owes. Chapter 1: “{EYES}”\n"
        "- fear (question): Chapter 1: “and not yet afraid”"
    )
    assert threads(here(2), 32).text.count("\n") == 0


def test_who_notes_a_chapter_sees_names_that_are_in_no_plan_those_it_speaks_of_first():
    found = [
        {"name": "the good hand", "kind": "thing", "aliases": ["one good hand"], "quote": EYES},
        {"name": "the toll ledger", "kind": "thing", "quote": "he held the toll ledger"},
    ]

    item = known(here(2, ferry=page(fact(), entities=found)), 600)
    assert item.text == "the good hand (thing, one good hand)\nthe toll ledger (thing)"
    assert known(here(3, plan=planned(after=())), 600).text == ""


def test_an_agent_may_ask_the_ledger():
    said = look_up(here(), "ansel", "eyes")

    assert said == ["Ansel Rook, the latest first:", f"- eyes: grey (chapter 1: “{EYES}”)"]
    assert "- description: a ferryman (the plan: “a ferryman”)" in look_up(here(), "Ansel Rook")


@pytest.mark.parametrize(
    ("asked", "why"),
    [(("Nobody",), "nobody called `Nobody`; it knows: Ansel Rook"), (("Ansel", "x"), "no key `x`")],
)
def test_an_agent_that_asks_for_what_is_not_there_is_told_what_is(asked, why):
    with pytest.raises(ToolError, match=why):
        look_up(here(), *asked)


def test_all_that_is_known_of_somebody_can_be_read_however_much_it_is():
    many = page(*(fact(key="knows", value=f"secret {n}") for n in range(300)))
    tools = Toolbox({}).with_tools(ledger_tool(partial(look_up, here(ferry=many))))
    told, first = [], 1
    while first:
        asked = {"subject": "Ansel", "key": "knows", "first": first}
        (answer,) = tools.answer((ToolCall("1", "look_up", asked),), 2_000).results
        assert len(answer.text.encode()) <= 4 * 2_000
        told += re.findall(r"secret \d+", answer.text)
        first = int("".join(re.findall(r"ask for first=(\d+)", answer.text)) or 0)

    assert told == [f"secret {n}" for n in reversed(range(300))]


HOSTILE = (
    "no JSON at all",
    json.dumps({"facts": [fact(quote="words that nobody ever wrote"), fact(subject="Zed")]}),
    json.dumps({"facts": [fact(key="other", value=f"fact {n}") for n in range(10_000)]}),
    json.dumps({"facts": {"a": {"b": [None]}}, "entities": 7, "threads": "x", "when": []}),
)


@pytest.mark.parametrize("answer", HOSTILE, ids=["no JSON", "invented", "10,000", "wrong types"])
def test_whatever_a_model_notes_the_chapter_is_unharmed_and_the_book_finished(answer):
    ferry, flood = prose(about="ferry"), prose(about="flood")
    noting = [says(answer)] * 2
    script = (
        REQUIREMENTS, plan(), prose(60, about="bible"),
        ferry, *noting, says("Ansel begins."), flood, *noting, says("Ansel ends."),
        prose(120, about="cover"),
    )  # fmt: skip
    run = whole_machine(*script, stored=without(unreviewed(stored()), "judge", "amend"))

    assert run.run().is_done
    assert run.book.read("chapters/01-the-ferry.md").strip().endswith(ferry.text.strip())
    assert page_file.load(run.book.read("notes/ledger/01.toml")).refused
