"""Which earlier passages a new fact is held against: few, and the one that it contradicts among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, zip_longest
from typing import TypeAlias

from l2mac_write.ledger.agreeing import BORNE_OUT, may_be_judged, source
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.ledger.states import OVER
from l2mac_write.machine import bearing
from l2mac_write.machine.bearing import FOUND, about, is_definite, speaks_of_such, tells, weight
from l2mac_write.machine.seeking import names
from l2mac_write.machine.speech import narrated
from l2mac_write.ports import Passage, Passages, Sought

Kept: TypeAlias = Mapping[str, Sequence[Fact | Event]]
"""Rows by those whom they are about."""
NOTED, SOUGHT = 3, 3
"""Rows of the ledger and passages of the book, at most, that are held against one."""
FEW = 4
"""Passages that name those whom a row is about, each of which is worth a look if there are no more."""
RECENT = 40
"""Rows about the same that are looked at whatever they tell; of older ones, only what may still hold."""
SEEN = 9
"""Passages that are looked at in the order in which a search finds them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of chapter `path`, and the row of the ledger that it bears out, if there is one.

    `weight` is how much speaks for comparing it, as `bearing` has it.
    """

    path: str
    paragraph: int
    quote: str
    row: Fact | Event | None = None
    weight: int = FOUND


@dataclass(frozen=True)
class Past:
    """What the book has said before: rows, and where to seek.

    `paths` are those of the chapters that may be seen, by their ids, in the book's order;
    `called` is everything that somebody or something goes by.
    """

    rows: Sequence[Fact | Event]
    passages: Passages
    paths: Mapping[str, str]
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    language: str = "en"

    def before(self, row: Fact | Event) -> list[Fact | Event]:
        """The earlier rows about the same people and things that it may be held against."""
        told, recent = source(row), self._earlier(row, self._about)[-RECENT:]
        known = {id(r) for r in recent}
        lasting = [r for r in self._earlier(row, self._lasting) if id(r) not in known]
        return [r for r in (*lasting, *recent) if may_be_judged(source(r), told)]

    def names(self, row: Fact | Event) -> tuple[str, ...]:
        """All that those whom it is about go by."""
        return tuple(name for one in named(row) for name in (one, *self.called.get(one, ())))

    def read(self, row: Fact | Event) -> frozenset[str]:
        """The chapters of which a row tells something of any of them."""
        rows = (other for one in named(row) for other in self._about.get(one, ()))
        return frozenset(self.paths[other.chapter] for other in rows if other != row)

    def _earlier(self, row: Fact | Event, kept: Kept) -> list[Fact | Event]:
        """Those of them that come before it, in the book's order; what equals it has its place."""
        runs = [self._until(row, kept.get(one, ())) for one in sorted(about(row))]
        if len(runs) == 1:
            return runs[0]
        once = {id(r): r for r in chain.from_iterable(runs)}
        return sorted(once.values(), key=self._place)

    def _until(self, row: Fact | Event, rows: Sequence[Fact | Event]) -> list[Fact | Event]:
        place, here = self._place, self._place(row)
        start, end = (cut(rows, here, key=place) for cut in (bisect_left, bisect_right))
        return [*rows[:start], *(r for r in rows[start:end] if r != row)]

    def _place(self, row: Fact | Event) -> tuple[int, int]:
        return self._order[row.chapter], row.paragraph

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {chapter: number for number, chapter in enumerate(self.paths)}

    @cached_property
    def _about(self) -> Kept:
        """In the book's order."""
        found: defaultdict[str, list[Fact | Event]] = defaultdict(list)
        for row in sorted((r for r in self.rows if r.chapter in self.paths), key=self._place):
            for subject in about(row):
                found[subject].append(row)
        return found

    @cached_property
    def _lasting(self) -> Kept:
        return {one: [row for row in rows if _lasts(row)] for one, rows in self._about.items()}


def candidates(new: Fact | Event, past: Past, *, seek: bool = True) -> tuple[Candidate, ...]:
    """The likeliest first: what the ledger has otherwise, then what is found in the book itself."""
    found = _sought(new, past) if seek and source(new)[0] in BORNE_OUT else ()
    noted = [*_apart(_noted(new, past), new, past)]
    return tuple(_apart((*noted, *found), new, past))[: len(noted) + SOUGHT]


def _lasts(row: Fact | Event) -> bool:
    """Whether it may well be so until the book says otherwise, however long ago it was told."""
    if isinstance(row, Event):
        return False
    key = keys()[row.key]
    return key.hinders or (key.rival and not key.fleeting)


def named(row: Fact | Event) -> tuple[str, ...]:
    """Those whom it is about, as the ledger names them."""
    return row.participants if isinstance(row, Event) else (row.subject,)


def _noted(new: Fact | Event, past: Past) -> list[Candidate]:
    """The weightiest; of what may change only what was so last."""
    held: dict[object, tuple[int, Fact | Event]] = {}
    for row in past.before(new):
        place = _place(row)
        if isinstance(row, Fact) and keys()[row.key].hinders and row.normal in OVER:
            held.pop(place, None)
        elif counts := weight(new, row, past.language):
            held.pop(place, None)
            held[place] = (counts, row)
    latest = [*held.values()][::-1]
    weightiest = sorted(latest, key=lambda found: -found[0])[:NOTED]
    return [_of(row, past, counts) for counts, row in weightiest]


def _place(row: Fact | Event) -> object:
    """Rows in one place replace each other."""
    if isinstance(row, Event):
        return row
    key = keys()[row.key]
    return (row.subject, row.key) if key.single and not key.lasting else row


def _of(row: Fact | Event, past: Past, counts: int) -> Candidate:
    return Candidate(past.paths[row.chapter], row.paragraph, row.quote, row, counts)


def _sought(new: Fact | Event, past: Past) -> Iterator[Candidate]:
    """By those it is about and the words of its key, and in turn by its own words."""
    called, language = past.names(new), past.language
    by_key = (keys()[new.key].words,) if isinstance(new, Fact) else ()
    naming = _best((*names(called, language), *by_key), past)
    told = _best(bearing.own_words(new, called, language), past)
    such = [one for one in naming if speaks_of_such(one, new, called, language)]
    again = [one for one in told if tells(one, new, called, language)]
    found = filter(None, chain.from_iterable(zip_longest(such, again)))
    for one in chain(_unread(naming, new, past), found):
        yield Candidate(one.path, one.number, one.text)


def _unread(found: Sequence[Passage], new: Fact | Event, past: Past) -> Iterator[Passage]:
    """All that name them, if they are few, but where the ledger has something of them already."""
    called = past.names(new)
    naming = [one for one in found if bearing.names(one.text, called)]
    if len(naming) <= FEW and is_definite(new):
        read = past.read(new)
        yield from (one for one in naming if one.path not in read)


def _best(sought: Sought, past: Past) -> list[Passage]:
    """Without what people say aloud there, which is held against nothing."""
    found = past.passages.best(sought, [*past.paths.values()], SEEN)
    return [replace(passage, text=narrated(passage.text)) for passage in found]


def _apart(ranked: Iterable[Candidate], new: Fact | Event, past: Past) -> Iterator[Candidate]:
    """Each paragraph once, and of the chapter itself only what comes before the new fact's own."""
    seen: set[tuple[str, int]] = set()
    here = past.paths[new.chapter]
    for candidate in ranked:
        place = (candidate.path, candidate.paragraph)
        is_earlier = candidate.path != here or candidate.paragraph < new.paragraph
        if is_earlier and place not in seen:
            seen.add(place)
            yield candidate
