"""What is so at one point of the story, of all that was ever said."""

from __future__ import annotations

from collections.abc import Iterable

from l2mac_write.ledger.keys import About, Key, keys
from l2mac_write.ledger.moments import Moment, comes_after, comes_before, moment
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Course, Fact, Thread

OVER = frozenset({"no", "none", "nothing", "nobody", "over"})
"""Values by which a state, a custody or a habit ends."""


def current(facts: Iterable[Fact], at: Moment | None = None) -> tuple[Fact, ...]:
    """Of facts in reading order, those that hold at that moment of the story.

    What comes later in the book replaces what was so before, unless it surely tells of an earlier
    time; what cannot change stays as it was said first. What somebody says has a place of its own.
    """
    held: dict[tuple[str, ...], Fact] = {}
    for fact in facts:
        if comes_after(fact.since, at):
            continue
        place, key = _place(fact), keys()[fact.key]
        if fact.old and _adds_up(key):
            held.pop(_place(fact, fact.old), None)
        if _replaces(fact, held.get(place), key):
            held.pop(place, None)
            held[place] = fact
    return tuple(f for f in held.values() if f.normal not in OVER and not _is_over(f, at))


def _place(fact: Fact, value: str = "") -> tuple[str, ...]:
    """Facts in the same place replace each other."""
    told = (value or fact.normal) if _adds_up(keys()[fact.key]) else ""
    return (fact.subject, fact.key, told, "" if fact.is_so else f"{fact.said} {fact.speaker}")


def _adds_up(key: Key) -> bool:
    """One number does not replace another: a thing may have been counted in two ways."""
    return not key.single or key.kind is About.QUANTITY


def _replaces(fact: Fact, held: Fact | None, key: Key) -> bool:
    if held is None:
        return True
    if key.lasting and fact.said == held.said:
        return False
    return not comes_before(fact.since, moment(held.since) if held.since else None)


def _is_over(fact: Fact, at: Moment | None) -> bool:
    """It ended before that moment, or at it."""
    end = moment(fact.until) if fact.until else None
    return bool(end and at and not at.is_before(end))


def open_threads(threads: Iterable[Thread]) -> tuple[Thread, ...]:
    """Of rows in reading order, each thread as it was planted, unless it has been paid.

    It is due when it was last said to be. Names that differ in nothing but case are one.
    """
    found: dict[str, Thread] = {}
    for row in threads:
        if row.course == Course.PAID:
            found.pop(folded(row.name), None)
        elif (seed := found.get(folded(row.name))) is None:
            found[folded(row.name)] = row
        elif row.due:
            found[folded(row.name)] = Thread(
                seed.name, seed.kind, seed.course, seed.what, row.due, seed.quote, seed.chapter,
                seed.paragraph,
            )  # fmt: skip
    return tuple(found.values())
