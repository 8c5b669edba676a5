"""The ledger as an agent may ask it: all that is known of somebody or something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l2mac_write.errors import ToolError
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.rows import Fact
from l2mac_write.machine.situation import Situation

NAMES = 30


def look_up(situation: Situation, subject: str, key: str = "") -> list[str]:
    """What the chapters that this one may know say, the latest first, line by line.

    Raises `ToolError`.
    """
    ledger, known = situation.ledger, situation.known
    if key and key not in keys():
        raise ToolError(f"there is no key `{key}`; there are: {', '.join(keys())}")
    entities = ledger.entities(known)
    name = Names(entities).meant(subject)
    if not name:
        there = ", ".join(dict.fromkeys(entity.name for entity in entities[:NAMES]))
        raise ToolError(
            f"the ledger knows nobody called `{subject}`; it knows: {there or 'nobody'}"
        )
    facts = ledger.facts(known, subjects=(name,), key=key)
    if not facts:
        return [f"the ledger says nothing of {name}{f' under {key}' if key else ''}"]
    return [f"{name}, the latest first:", *_lines(facts, situation)]


def _lines(facts: Sequence[Fact], situation: Situation) -> Iterator[str]:
    chapters = situation.plan.chapters if situation.plan else ()
    called = {chapter.id: f"chapter {chapter.address}" for chapter in chapters}
    for fact in reversed(facts):
        where = called.get(fact.chapter, "the plan")
        who = f", {fact.speaker or fact.said} says" if not fact.is_so else ""
        since = f", since {fact.since}" if fact.since else ""
        yield f"- {fact.key}: {fact.value} ({where}{since}{who}: “{fact.quote}”)"
