"""Rows of the ledger that cannot both be so, as far as code can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from l2mac_write.ledger.agreeing import agree, may_meet, overlap
from l2mac_write.ledger.keys import About, Type, keys
from l2mac_write.ledger.moments import comes_before, moment
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.ledger.states import OVER
from l2mac_write.text.word_lists import word_list

CODES: Mapping[About, str] = {
    About.ATTRIBUTE: "CHR-ATTR",
    About.RELATION: "CHR-REL",
    About.LOCATION: "WLD-GEO",
    About.CUSTODY: "OBJ-POSS",
    About.STATE: "CHR-STATE",
    About.KNOWLEDGE: "CHR-KNOW",
    About.RULE: "WLD-RULE",
    About.QUANTITY: "NUM-QTY",
    About.TERM: "NF-TERM",
    About.CLAIM: "NF-CLAIM",
}
TIMES = {"age": "TIM-DUR", "birth_date": "TIM-DUR", "date": "TIM-ABS", "duration": "TIM-DUR"}
LIVING = frozenset({"knows", "believes", "hides", "wants", "mood", "met"})
"""Keys of what only the living do."""
RECENT = 100
"""Things that somebody knows, the last ones, which are compared."""
SAME = 0.6
"""Share of the words of what is known that two rows have in common."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows, in the order of the book; `sure` where nothing but an error explains them."""

    code: str
    earlier: Fact | Event
    later: Fact | Event
    why: str
    sure: bool


@dataclass(slots=True)
class Past:
    """What the rows so far have said: of each thing first and last, who is dead, what is lost."""

    first: dict[tuple[str, str, str, str], Fact] = field(default_factory=dict)
    last: dict[tuple[str, str, str, str], Fact] = field(default_factory=dict)
    dead: dict[str, Fact] = field(default_factory=dict)
    lost: dict[str, Fact] = field(default_factory=dict)
    known: dict[str, list[Fact]] = field(default_factory=dict)


def conflicts(rows: Iterable[Fact | Event]) -> Iterator[Conflict]:
    """Of rows in the order of the book, in time that grows with their number."""
    past = Past()
    for row in rows:
        if isinstance(row, Event):
            yield from _done_by_the_dead(row, row.participants, row.when, past)
            yield from _with_what_is_lost(row, row.participants, past)
            continue
        yield from _values(row, past)
        if row.is_so:
            yield from _of_state(row, past)
            _keep(row, past)


def _values(fact: Fact, past: Past) -> Iterator[Conflict]:
    """One thing has one value: for ever where it cannot change, else at one time of the story."""
    key, place = keys()[fact.key], (fact.subject, fact.key, *_source(fact))
    first, last = past.first.setdefault(place, fact), past.last.get(place)
    past.last[place] = fact
    if not key.single or key.name == "dead" or not may_meet(first, fact):
        return
    code = TIMES.get(key.name, CODES[key.kind])
    if key.lasting:
        if not agree(first, fact) and overlap(first, fact):
            yield Conflict(
                code, first, fact, f"{key.means} cannot change", key.type is not Type.TEXT
            )
    elif last and not fact.old and not agree(last, fact) and _at_once(last, fact):
        yield Conflict(code, last, fact, f"{key.means} is two things at one time", sure=False)


def _source(fact: Fact) -> tuple[str, str]:
    return ("", "") if fact.is_so else (fact.said, fact.speaker)


def _at_once(one: Fact, other: Fact) -> bool:
    """In two chapters that speak of the same moment, and of no whole day or year."""
    is_told = bool(one.since) and folded(one.since) == folded(other.since)
    if keys()[one.key].kind is About.QUANTITY:
        return is_told or not (one.since or other.since)
    return is_told and moment(one.since) is None and one.chapter != other.chapter


def _of_state(fact: Fact, past: Past) -> Iterator[Conflict]:
    key = keys()[fact.key]
    if key.kind is About.CUSTODY:
        yield from _with_what_is_lost(fact, (fact.subject,), past)
        yield from _done_by_the_dead(fact, (fact.value,), fact.since, past)
    elif fact.key in LIVING:
        yield from _done_by_the_dead(fact, (fact.subject,), fact.since, past)
    if fact.key == "knows":
        yield from _learned_anew(fact, past.known.setdefault(fact.subject, []))


def _done_by_the_dead(
    row: Fact | Event, people: Iterable[str], when: str, past: Past
) -> Iterator[Conflict]:
    for person in people:
        death = past.dead.get(person)
        if death is None or _is_there(death, row) or _says(row, "rest"):
            continue
        if not comes_before(when, moment(death.since) if death.since else None):
            told = not when or moment(when) is not None or folded(when) == folded(death.since)
            yield Conflict("CHR-STATE", death, row, f"{person} is dead by then", sure=told)


def _with_what_is_lost(row: Fact | Event, things: Iterable[str], past: Past) -> Iterator[Conflict]:
    if _says(row, "again") or (isinstance(row, Fact) and row.old):
        return
    for thing in things:
        loss = past.lost.get(thing)
        if loss and not _is_there(loss, row):
            same = not _who(row, thing).isdisjoint(_words(loss.quote))
            yield Conflict("OBJ-POSS", loss, row, f"{thing} is no longer there", sure=same)


def _who(row: Fact | Event, thing: str) -> frozenset[str]:
    """Whoever has the thing, or has to do with it; somebody else may have another."""
    people = " ".join(row.participants) if isinstance(row, Event) else row.value
    return _words(people) - _words(thing)


def _learned_anew(fact: Fact, known: Sequence[Fact]) -> Iterator[Conflict]:
    """Who learns it now for the first time did not know it before."""
    mine = _words(fact.value)
    for before in known[-RECENT:] if _says(fact, "learning") else ():
        theirs = _words(before.value)
        least = SAME * min(len(mine), len(theirs))
        if len(mine & theirs) >= least and not _is_there(before, fact):
            why = f"{fact.subject} knows it before it is learned"
            yield Conflict("CHR-KNOW", before, fact, why, sure=False)


def _is_there(one: Fact, other: Fact | Event) -> bool:
    """In the same paragraph, which tells one thing."""
    return (one.chapter, one.paragraph) == (other.chapter, other.paragraph)


def _keep(fact: Fact, past: Past) -> None:
    match fact.key:
        case "dead" if fact.normal in OVER:
            past.dead.pop(fact.subject, None)
        case "dead":
            past.dead.setdefault(fact.subject, fact)
        case "condition":
            past.lost.pop(fact.subject, None)
            if is_lost(fact):
                past.lost[fact.subject] = fact
        case "knows":
            past.known.setdefault(fact.subject, []).append(fact)


def is_lost(fact: Fact) -> bool:
    """Whether nobody can have the thing any more."""
    return fact.key == "condition" and not _listed("lost").isdisjoint(_words(fact.value))


def _says(row: Fact | Event, what: str) -> bool:
    told = row.what if isinstance(row, Event) else row.value
    return not _listed(what).isdisjoint(_words(f"{told} {row.quote}"))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


@cache
def _listed(name: str) -> frozenset[str]:
    table = word_list(__file__, "conflicts.toml")
    return _words(table[name])
