"""Where a chapter leaves the plan behind, the plan of those to come gives way, and only there."""

import json
from dataclasses import replace

import pytest

from l2mac_write.book import Brief
from l2mac_write.errors import Paused
from l2mac_write.llm.scripted import says
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load
from tests.machine.machines import chapter, machine, plan, prose

BRIEF = Brief("A tale of two ferrymen.", chapters=3, words=900)
TITLES = ("The Ferry", "The Flood", "The Bank")
KEPT = says("Ansel counts.")
LEFT = says("Ansel drowns.\n\nDEPARTS: Ansel is dead, whom chapter 2 needs.")
COVER = prose(120, about="cover")


def texts(*titles):
    return [prose(300, about=title) for title in titles]


def changes(*rows):
    return says(json.dumps({"changes": rows}))


def run(*script, chapters=None, **how):
    first = plan(chapters=chapters) if chapters else plan(*TITLES)
    made = machine(first, prose(60, about="bible"), *script, brief=BRIEF)
    made.unit = replace(made.unit, **how)
    return made


def asked_to_replan(made):
    return [r for r in made.llm.heard if "the plan gives way" in str(r.conversation)]


def test_a_chapter_that_keeps_to_the_plan_costs_no_call():
    ferry, flood, bank = texts(*TITLES)
    made = run(ferry, KEPT, flood, KEPT, bank, KEPT, COVER)
    registry = made.run()

    assert asked_to_replan(made) == []
    assert registry.status("replan/the-ferry") == "done"


def test_what_changes_is_told_to_the_next_author_and_nothing_else_changes():
    ferry, flood, bank = texts(*TITLES)
    change = changes({"chapter": 2, "goal": "His brother takes over.", "beats": ["He comes."]})
    made = run(ferry, LEFT, change, flood, KEPT, bank, KEPT, COVER)
    before = load(plan_of(made))
    after = load(made.book.read(PLAN))

    assert "His brother takes over." in told_of_chapter(made, 2)
    assert after.chapter(2).goal == "His brother takes over."
    assert after.chapter(2).beats == ("He comes.",)
    assert after.chapter(2).title == before.chapter(2).title
    assert (after.chapter(1), after.chapter(3)) == (before.chapter(1), before.chapter(3))


def plan_of(made):
    """The first plan; the whole book is written on the way."""
    made.run()
    return made.book.text(made.book.versions(PLAN)[0])


def told_of_chapter(made, number):
    return next(
        str(r.conversation)
        for r in made.llm.heard
        if f"Chapter {number} of 3" in str(r.conversation)
    )


def test_what_is_written_is_never_planned_anew_and_nonsense_changes_nothing():
    ferry, flood, bank = texts(*TITLES)
    answer = changes(
        {"chapter": 1, "goal": "It never happened."},
        {"chapter": 9, "goal": "Too far."},
        {"chapter": "2", "goal": "No number."},
        {"chapter": [2], "goal": "No number."},
        {"chapter": 2.0, "goal": "No number."},
        "nothing",
        {"chapter": 3, "title": "Another", "words": 9, "id": "x"},
    )
    made = run(ferry, LEFT, answer, flood, KEPT, bank, KEPT, COVER)
    made.run()

    assert len(made.book.versions(PLAN)) == 1


@pytest.mark.parametrize("beats", [[1, 2], None, [None], [["He comes."]], {"1": None}], ids=repr)
def test_an_answer_that_would_break_the_plan_is_sent_back(beats):
    ferry, flood, bank = texts(*TITLES)
    broken = changes({"chapter": 2, "beats": beats})
    mended = changes({"chapter": 2, "beats": ["He comes."]})
    made = run(ferry, LEFT, broken, mended, flood, KEPT, bank, KEPT, COVER)
    made.run()

    assert load(made.book.read(PLAN)).chapter(2).beats == ("He comes.",)


def test_the_last_chapter_leaves_nothing_to_plan():
    ferry, flood, bank = texts(*TITLES)
    made = run(ferry, KEPT, flood, KEPT, bank, LEFT, COVER)
    made.run()

    assert asked_to_replan(made) == []


def test_a_persons_comments_and_order_stay():
    ferry, flood, bank = texts(*TITLES)
    made = run(ferry, LEFT, changes({"chapter": 2, "goal": "New."}), flood, KEPT, bank, KEPT, COVER)
    made.run(until="plan")
    mine = made.book.read(PLAN).replace('title = "The Flood"', '# mine\ntitle = "The Flood"  # too')
    made.book.edit(PLAN, mine)
    made.run()

    assert '# mine\ntitle = "The Flood"  # too' in made.book.read(PLAN)
    assert load(made.book.read(PLAN)).chapter(2).goal == "New."


def test_chapters_that_may_be_under_way_are_left_alone():
    chapters = [chapter(title, words=300, after=[]) for title in TITLES]
    ferry, flood, bank = texts(*TITLES)
    agreed = says('{"contradictions": []}')
    made = run(ferry, LEFT, flood, KEPT, bank, KEPT, agreed, COVER, chapters=chapters)
    registry = made.run()

    assert asked_to_replan(made) == []
    assert not any(i.step == "replan" for i in registry.instructions)


def test_a_person_who_approves_plans_is_asked_at_each_change():
    ferry, flood, bank = texts(*TITLES)
    change = changes({"chapter": 2, "goal": "New."})
    made = run(ferry, LEFT, change, flood, KEPT, bank, KEPT, COVER, approve=True)

    with pytest.raises(Paused, match="as `plan` left it"):
        made.run()
    with pytest.raises(Paused, match="as `replan/the-ferry` left it"):
        made.run()
    assert made.run().is_done
