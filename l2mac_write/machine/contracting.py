"""What a chapter is for whose plan does not say: read from its text, or planned from all before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.machine import forgiving
from l2mac_write.machine.answers import document, number, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.planning import folded
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import PLAN, ChapterPlan, Plan
from l2mac_write.plan_file import load
from l2mac_write.plan_writing import amended, called_anew

CONTRACT = (
    "title",
    "goal",
    "point_of_view",
    "setting",
    "people",
    "beats",
    "must",
    "must_not",
    "covers",
)
MOST_BEATS = 12
PERSON = record(("known_as",), name=text(80), who=text(400), known_as=text(80))
"""A person whom the plan does not know yet becomes one of its people.

One whom it knows by less of a name, such as `Anne`, is called by the whole of it from there on.
"""


def due(situation: Situation) -> tuple[ChapterPlan, ...]:
    """The chapters to be told of: one that is there, else all from here on of which nothing is known."""
    plan, here = situation.plan, situation.chapter
    if not plan or not here or here.goal:
        return ()
    if situation.body(here.path):
        return (here,)
    later = plan.chapters[here.number - 1 :]
    return tuple(takewhile(lambda c: not c.goal and not situation.body(c.path), later))


def schema(situation: Situation) -> Mapping[str, Any]:
    asked = due(situation)
    row = record(
        CONTRACT[2:],
        title=text(120),
        goal=text(),
        point_of_view=text(120),
        setting=text(200),
        people=some(PERSON, 0, 12),
        beats=some(text(), 1, MOST_BEATS),
        must=some(text(), 0, 8),
        must_not=some(text(), 0, 8),
        covers=some(number(), 0, 30),
    )
    return record(chapters=some(row, len(asked), len(asked), first=asked[0].number if asked else 1))


def settled(answer: str, situation: Situation) -> Draft:
    """`plan.toml` with what the answer says of the chapters that are due, in their order."""
    before, asked = situation.store.read(PLAN), due(situation)
    try:
        before = called_anew(before, _fuller(answer, load(before)))
        plan = load(before)
        told = [forgiving.read(row, forgiving.OF_A_CHAPTER) for row in rows(answer)]
        people = [*_newcomers(answer, plan)]
        changes = {
            chapter.number: _kept(row, chapter, len(plan.requirements))
            for chapter, row in zip(asked, told, strict=False)
        }
        after = amended(before, changes, people)
        missing = [c for c in asked if not load(after).called(c.id).goal]
    except UsageError as error:
        return Draft("", (no_contract(str(error)),))
    wrong = (
        no_contract(f"Chapter {c.address} needs a goal, which was not told.") for c in missing[:1]
    )
    return Draft(after.strip(), tuple(wrong))


def rows(answer: str) -> list[dict[str, Any]]:
    """What an answer says of each chapter. Raises `UsageError` where it is none."""
    found = document(answer).get("chapters")
    return [row for row in (found if isinstance(found, list) else ()) if isinstance(row, dict)]


def _told_of(answer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each person of the answer, and the name that the plan may have for them so far."""
    read = forgiving.entries("people", "name", "who")
    for row in rows(answer):
        for person in read(row.get("people") or []):
            yield person, folded(person.pop("known_as", ""))


def _fuller(answer: str, plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """By the names that they have in the plan, people of whom the whole name is told now."""
    known = {folded(person.name): person.name for person in plan.people}
    return {
        known[name]: {key: words for key, words in person.items() if words}
        for person, name in _told_of(answer)
        if name in known and folded(person["name"]) not in known
    }


def _newcomers(answer: str, plan: Plan) -> Iterator[dict[str, Any]]:
    known = {folded(person.name) for person in plan.people}
    for person, _ in _told_of(answer):
        if folded(person["name"]) not in known:
            known.add(folded(person["name"]))
            yield person


def _kept(row: Mapping[str, Any], chapter: ChapterPlan, wishes: int) -> dict[str, Any]:
    """What the plan leaves open, and what it can hold."""
    covers = [n for n in row.get("covers", ()) if type(n) is int and 1 <= n <= wishes]
    said = {**row, "covers": covers}
    is_open = (key for key in CONTRACT if said.get(key) and not getattr(chapter, key))
    return {key: said[key] for key in is_open}


def no_contract(why: str) -> Finding:
    return Finding("PLT-PLAN", Severity.BLOCK, PLAN, why)
