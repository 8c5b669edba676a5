"""How much of what was planted was found, and what else was said."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from l2mac_write.text.counting import count_words
from tests.benchmarks.seeds.books import Span
from tests.benchmarks.seeds.judging import Heard, Said, Who
from tests.benchmarks.seeds.planting import Planted, Row

Z = 1.96


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    p, z2 = hits / n, Z * Z / n
    middle = (p + z2 / 2) / (1 + z2)
    half = Z / (1 + z2) * math.sqrt(p * (1 - p) / n + z2 / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Hit:
    """How well one seed was found: its paragraph, both of its ends, and by its right name.

    `by` are the evaluators and codes that named it rightly, `strong` those of them that gave more
    than advice.
    """

    row: Row
    placed: bool
    both: bool
    by: frozenset[Who]
    strong: frozenset[Who]

    @property
    def named(self) -> bool:
        return bool(self.by)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What was said where nothing is wrong: `origin` is `clean`, `beside` a seed, or a decoy.

    `sought` are the codes that would have been right for the seeds of that copy.
    """

    book: str
    said: Said
    origin: str
    sought: frozenset[str] = frozenset()

    @property
    def counts(self) -> bool:
        """Whether it is held against precision: each finding has one copy in which it may be right."""
        return self.origin != "beside" or self.said.finding.code in self.sought

    @property
    def key(self) -> tuple[str, str]:
        return self.book, self.said.finding.key


@dataclass
class Score:
    """All that was measured."""

    hits: list[Hit] = field(default_factory=list)
    quiet: list[Row] = field(default_factory=list)
    """Decoys and twins of which nothing was said."""
    alarms: list[Alarm] = field(default_factory=list)
    words: int = 0
    judged: int = 0
    """Words of the clean books, and of all copies."""
    paragraphs: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    read: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Words that were judged, by type."""

    def clean(self, book: str, text: str, heard: Heard) -> None:
        self.words += count_words(text)
        self.paragraphs += len(text.split("\n\n"))
        self.seconds["clean"] += heard.seconds
        self.read["clean"] += count_words(text)
        self.alarms += [Alarm(book, said, "clean") for said in heard.said]

    def seeded(self, planted: Planted, heard: Heard, before: Heard) -> None:
        """What was said of the clean book too is no news."""
        known = {said.finding.key for said in before.said}
        explained: set[str] = set()
        crossed = {said.finding.key for said in heard.said if _crosses(planted, said)}
        for row in planted.rows:
            near = [said for said in heard.said if meets(row, said, planted.text)]
            explained |= {said.finding.key for said in near}
            if row.seed.decoy:
                new = [s for s in near if s.finding.key not in known | crossed]
                self._decoy(planted, row, new)
            else:
                self.hits.append(_hit(row, near, planted.text))
        beside = [s for s in heard.said if s.finding.key not in known | explained]
        sought = frozenset(code for row in planted.rows for code in row.seed.codes)
        self.alarms += [Alarm(planted.book.name, said, "beside", sought) for said in beside]
        self.judged += count_words(planted.text)
        for kind in {row.seed.type for row in planted.rows}:
            self.seconds[kind] += heard.seconds
            self.read[kind] += count_words(planted.text)

    def _decoy(self, planted: Planted, row: Row, near: Sequence[Said]) -> None:
        self.alarms += [Alarm(planted.book.name, said, row.seed.type) for said in near]
        if not any(said.is_strong for said in near):
            self.quiet.append(row)


def _hit(row: Row, near: Sequence[Said], text: str) -> Hit:
    right = [said for said in near if said.finding.code in row.seed.codes]
    return Hit(
        row,
        placed=bool(near),
        both=any(_has_both_ends(row, said, text) for said in near),
        by=frozenset(said.who for said in right),
        strong=frozenset(said.who for said in right if said.is_strong),
    )


def _has_both_ends(row: Row, said: Said, text: str) -> bool:
    ends = _ends(row, text)
    if len(ends) == 1:
        return True
    one, other = ends
    return any(
        _meet(said.places, a) and _meet(said.conflicts, b) for a, b in ((one, other), (other, one))
    )


def _crosses(planted: Planted, said: Said) -> bool:
    """Whether it holds two seeds against each other, which nobody has planted: no false alarm."""
    ends = [(row.id, end) for row in planted.rows for end in _ends(row, planted.text)]
    here = {name for name, end in ends if _meet(said.places, end)}
    there = {name for name, end in ends if _meet(said.conflicts, end)}
    return bool(here and there) and here.isdisjoint(there)


def meets(row: Row, said: Said, text: str) -> bool:
    """Whether the finding is about a paragraph of the seed, or about its whole chapter."""
    if row.seed.wide and said.finding.code in row.seed.codes:
        near = Span(row.places[0].start - 200, row.places[0].end + 200)
        if said.chapter.meets(near):
            return True
    return any(_meet((*said.places, *said.conflicts), end) for end in _ends(row, text))


def _ends(row: Row, text: str) -> list[Span]:
    return [paragraph_at(text, place.span) for place in row.places]


def paragraph_at(text: str, span: Span) -> Span:
    """From the empty line before to the empty line after, those of the span itself aside."""
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    end = max(start, span.end - len(inner) + len(inner.rstrip()))
    first = text.rfind("\n\n", 0, start)
    last = text.find("\n\n", end)
    return Span(first + 2 if first >= 0 else 0, last if last >= 0 else len(text))


def _meet(places: Iterable[Span], end: Span) -> bool:
    return any(place.meets(end) for place in places)
