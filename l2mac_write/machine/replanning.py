"""Where the text has moved away from the plan, the chapters that are still to come are planned anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.machine.answers import document, number, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.situation import SUMMARY, Situation
from l2mac_write.plan import PLAN, ChapterPlan
from l2mac_write.plan_file import load
from l2mac_write.plan_writing import amended

DEPARTS = re.compile(r"^DEPARTS:[ \t]*(\S.*)$", re.MULTILINE)
"""How a summary says that its chapter leaves the plan of later ones behind."""
MOST = 40
CONTRACT: Mapping[str, Any] = {
    "goal": text(),
    "point_of_view": text(120),
    "setting": text(200),
    "people": some(text(80), 0, 12),
    "beats": some(text(), 1, 12),
    "must": some(text(), 0, 8),
    "must_not": some(text(), 0, 8),
}


def departure(situation: Situation) -> str:
    """What its summary says that the chapter did against the plan; empty where it kept to it."""
    if not situation.chapter:
        return ""
    found = DEPARTS.search(situation.body(SUMMARY.format(situation.chapter.number)))
    return found[1] if found and any(still_to_come(situation)) else ""


def still_to_come(situation: Situation) -> Iterator[ChapterPlan]:
    """The chapters after this one that nobody has begun to write."""
    plan, here = situation.plan, situation.chapter
    for chapter in plan.chapters[here.number :] if plan and here else ():
        if not situation.body(chapter.path):
            yield chapter


def schema(_: Situation) -> Mapping[str, Any]:
    change = record([*CONTRACT], chapter=number(), **CONTRACT)
    return record(changes=some(change, 0, MOST, default=[]))


def settled(answer: str, situation: Situation) -> Draft:
    """`plan.toml` with these changes; those to chapters that are written are left out."""
    before = situation.store.read(PLAN)
    open_to_change = {chapter.shown: chapter.number for chapter in still_to_come(situation)}
    try:
        rows = document(answer).get("changes")
        changes = {
            open_to_change[row["chapter"]]: {key: row[key] for key in CONTRACT if key in row}
            for row in (rows if isinstance(rows, list) else ())
            if isinstance(row, dict) and _number(row) in open_to_change
        }
        after = amended(before, changes) if changes else before
        load(after)
    except UsageError as error:
        return Draft("", (Finding("PLT-PLAN", Severity.BLOCK, PLAN, str(error)),))
    return Draft(after.strip())


def _number(row: Mapping[str, Any]) -> int:
    found = row.get("chapter")
    return found if type(found) is int else 0
