"""Does the text have the shape of a document's section: divided by headings that skip no level?"""

from __future__ import annotations

from dataclasses import replace

from l2mac_write.evaluators.passages import paragraphs, without_code
from l2mac_write.evaluators.structure import jumps, open_fences, titles, wall
from l2mac_write.findings import Finding, Severity, Work


def judge(work: Work) -> tuple[Finding, ...]:
    """Lists and tables are welcome here, unlike in the chapter of a book."""
    plain = without_code(work.text)
    blocks = list(paragraphs(plain))
    return (
        *titles(work, blocks),
        *(replace(jump, severity=Severity.REVISE) for jump in jumps(work, plain)),
        *open_fences(work),
        *wall(work, blocks),
    )
