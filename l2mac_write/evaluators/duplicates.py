"""Has any of this been written before?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from l2mac_write.evaluators.copies import copies
from l2mac_write.evaluators.echoes import echoes
from l2mac_write.evaluators.edges import edges_before
from l2mac_write.evaluators.loops import loops
from l2mac_write.evaluators.passages import Placed
from l2mac_write.findings import Finding, Severity, Work


def judge(work: Work) -> tuple[Finding, ...]:
    placed = loops(work)
    placed += elsewhere(copies(work), placed)
    placed += elsewhere(echoes(work), placed)
    return (*(finding for _, finding in placed), *edges_before(work))


def elsewhere(candidates: Iterable[Placed], known: Iterable[Placed]) -> list[Placed]:
    """The candidates whose place no graver finding covers: one complaint a place is enough."""
    spans = sorted((p.start, p.end) for p, f in known if f.severity is not Severity.ADVISE)
    starts = [start for start, _ in spans]
    ends = [0, *accumulate((end for _, end in spans), max)]
    return [
        (passage, finding)
        for passage, finding in candidates
        if ends[bisect_right(starts, passage.start)] < passage.end
    ]
