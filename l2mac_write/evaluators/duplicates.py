"""Has any of this been written before?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import PurePosixPath

from l2mac_write.evaluators.copies import copies
from l2mac_write.evaluators.echoes import echoes
from l2mac_write.evaluators.fingerprints import Fingerprint, fingerprint
from l2mac_write.evaluators.loops import loops
from l2mac_write.evaluators.passages import QUOTE_LENGTH, Placed, excerpt
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.languages import is_unspaced, scaled

ALIKE = 5
"""Chapters may not begin, or end, with the same so many words."""
LEAST = 3
"""A first or last sentence this long may not come back."""


def judge(work: Work) -> tuple[Finding, ...]:
    placed = loops(work)
    placed += _elsewhere(copies(work), placed)
    placed += _elsewhere(echoes(work), placed)
    return (*(finding for _, finding in placed), *_edges(work))


def _elsewhere(candidates: Iterable[Placed], known: Iterable[Placed]) -> list[Placed]:
    """The candidates whose place no graver finding covers: one complaint a place is enough."""
    spans = sorted((p.start, p.end) for p, f in known if f.severity is not Severity.ADVISE)
    starts = [start for start, _ in spans]
    ends = [0, *accumulate((end for _, end in spans), max)]
    return [
        (passage, finding)
        for passage, finding in candidates
        if ends[bisect_right(starts, passage.start)] < passage.end
    ]


def _edges(work: Work) -> Iterator[Finding]:
    mine = fingerprint(work.text, work.language)
    others = [
        (other.path, fingerprint(other.text, work.language))
        for other in work.earlier
        if PurePosixPath(other.path).parent == PurePosixPath(work.path).parent
    ]
    count = scaled(ALIKE, work.language)
    for edge, said, start in (("begin", mine.opening, 0), ("end", mine.ending, -count)):
        alike = slice(start, start + count or None)
        paths = [path for path, other in others if _side(other, edge)[alike] == said[alike]]
        if paths and len(said) >= scaled(LEAST, work.language):
            glue = "" if is_unspaced(work.language) else " "
            yield _finding(work, edge, glue.join(said[alike]), paths[0])


def _side(text: Fingerprint, edge: str) -> tuple[str, ...]:
    return text.opening if edge == "begin" else text.ending


def _finding(work: Work, edge: str, said: str, path: str) -> Finding:
    return Finding(
        code="NAR-DUP",
        severity=Severity.REVISE,
        path=work.path,
        message=f"This text {edge}s with the same words as `{path}`: “{said}”.",
        quote=_edge_quote(work.text, edge),
        hint=f"Let it {edge} in a way of its own.",
    )


def _edge_quote(text: str, edge: str) -> str:
    text = text.strip()
    return excerpt(text if edge == "begin" else text[-QUOTE_LENGTH:].split(maxsplit=1)[-1])
