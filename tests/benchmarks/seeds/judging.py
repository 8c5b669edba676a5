"""What the evaluators say of a seeded book, and where in its text they say it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.checking.by_code import judged
from l2mac_write.evaluators import panel
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.importers.manuscripts import Piece, cut
from tests.benchmarks.seeds.books import Span

Who = tuple[str, str]
"""An evaluator and a code of its findings."""
MOST = 40
"""Places of one quote that are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """A finding with every place where its words stand; none where it speaks of a whole chapter."""

    finding: Finding
    chapter: Span
    places: tuple[Span, ...]
    conflicts: tuple[Span, ...]

    @property
    def who(self) -> Who:
        return self.finding.by, self.finding.code

    @property
    def is_strong(self) -> bool:
        return self.finding.severity is not Severity.ADVISE


@dataclass(frozen=True, slots=True)
class Heard:
    said: tuple[Said, ...]
    seconds: float


def heard(name: str, text: str) -> Heard:
    pieces = tuple(cut(name, text))
    works = [Work(piece.path, piece.text, 0, title=piece.title) for piece in pieces]
    evaluators, whole = panel.outspoken()
    start = time.process_time()
    findings = judged(works, evaluators=evaluators, whole=whole)
    seconds = time.process_time() - start
    chapters = {piece.path: piece for piece in pieces}
    return Heard(tuple(_said(finding, chapters) for finding in findings), seconds)


def _said(finding: Finding, chapters: dict[str, Piece]) -> Said:
    piece = chapters.get(finding.path)
    if piece is None:
        return Said(finding, Span(-1, -1), (), ())
    conflicts: tuple[Span, ...] = ()
    if finding.conflict and finding.conflict.path in chapters:
        conflicts = tuple(_spans(finding.conflict.quote, chapters[finding.conflict.path]))
    chapter = Span(piece.start, piece.start + len(piece.text))
    places = [*_spans(finding.quote, piece)]
    if finding.mend:
        places.append(Span(piece.start + finding.mend.start, piece.start + finding.mend.end))
    return Said(finding, chapter, tuple(places), conflicts)


def _spans(quote: str, piece: Piece) -> Iterator[Span]:
    """A quote may be cut short by an ellipsis, and its white space may be another one."""
    words = quote.strip("… \n").split()
    if not words:
        return
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for number, match in enumerate(pattern.finditer(piece.text)):
        if number == MOST:
            return
        yield Span(piece.start + match.start(), piece.start + match.end())
