"""Which earlier passages a new fact is held against: few, and the one that it contradicts among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from l2mac_write.ledger.agreeing import agree, may_meet
from l2mac_write.ledger.keys import About, keys
from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.machine.seeking import names, words
from l2mac_write.ports import Passages, Sought

MOST = 8
OTHERWISE, LAST = 3, 2
"""Rows at most that say otherwise of the same thing, and that come last of all."""
STATES = frozenset({About.STATE, About.CUSTODY, About.LOCATION})
"""What tells whether somebody can do what is told of them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of chapter `path`, and the row of the ledger that it bears out, if there is one."""

    path: str
    paragraph: int
    quote: str
    row: Fact | Event | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What the book has said before: rows in its order, and where to seek.

    `paths` are those of the chapters that may be seen, by their ids, in the book's order;
    `called` is everything that somebody or something goes by.
    """

    rows: Sequence[Fact | Event]
    passages: Passages
    paths: Mapping[str, str]
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    language: str = "en"


def candidates(new: Fact | Event, past: Past) -> tuple[Candidate, ...]:
    """The likeliest first: what the ledger has otherwise, then what is found in the book itself."""
    mine = _subjects(new)
    known = [row for row in past.rows if not mine.isdisjoint(_subjects(row)) and row != new]
    told = [row for row in known if row.chapter in past.paths and may_meet(new, row)]
    ranked = (
        *(_of(row, past) for row in _otherwise(new, told)),
        *_ends(told, past),
        *_sought(new, past),
    )
    return tuple(_apart(ranked, new))[:MOST]


def _subjects(row: Fact | Event) -> frozenset[str]:
    """Those whom it is about; who has a thing counts as well as the thing."""
    if isinstance(row, Event):
        return frozenset(row.participants)
    of_somebody = keys()[row.key].kind is About.CUSTODY
    return frozenset({row.subject, row.value}) if of_somebody else frozenset({row.subject})


def _otherwise(new: Fact | Event, told: Sequence[Fact | Event]) -> list[Fact]:
    """Rows with the same key and another value; for what is done, and who has what, states too."""
    facts = [row for row in told if isinstance(row, Fact)]
    if isinstance(new, Event):
        return _states(facts)
    same = [row for row in facts if row.key == new.key]
    other = (row for row in reversed(same) if row.subject != new.subject or not agree(row, new))
    moves = keys()[new.key].kind in STATES
    states = _states([row for row in facts if row.key != new.key]) if moves else []
    return [*islice(chain(other, states), OTHERWISE)]


def _states(facts: Sequence[Fact]) -> list[Fact]:
    """What cannot change first, then the latest."""
    states = [row for row in reversed(facts) if keys()[row.key].kind in STATES]
    return sorted(states, key=lambda row: not keys()[row.key].lasting)[:OTHERWISE]


def _ends(told: Sequence[Fact | Event], past: Past) -> Iterator[Candidate]:
    """The first row about them, and the last ones."""
    return (_of(row, past) for row in dict.fromkeys((*told[-LAST:], *told[:1])))


def _of(row: Fact | Event, past: Past) -> Candidate:
    return Candidate(past.paths[row.chapter], row.paragraph, row.quote, row)


def _sought(new: Fact | Event, past: Past) -> Iterator[Candidate]:
    """By those it is about and the words of its key, and in turn by its own words."""
    called = [name for one in sorted(_subjects(new)) for name in (one, *past.called.get(one, ()))]
    about = (keys()[new.key].words,) if isinstance(new, Fact) else ()
    by_name = _best((*names(called, past.language), *about), past)
    by_words = _best(words(new.quote, past.language), past)
    return (found for pair in zip_longest(by_name, by_words) for found in pair if found)


def _best(sought: Sought, past: Past) -> list[Candidate]:
    found = past.passages.best(sought, [*past.paths.values()], MOST + 1)
    return [Candidate(passage.path, passage.number, passage.text) for passage in found]


def _apart(ranked: Iterable[Candidate], new: Fact | Event) -> Iterator[Candidate]:
    """Each paragraph once, and never the words of the new fact itself."""
    seen: set[tuple[str, int]] = set()
    for candidate in ranked:
        place = (candidate.path, candidate.paragraph)
        if place not in seen and new.quote not in candidate.quote:
            seen.add(place)
            yield candidate
