"""Does the text have the shape of a document's section: divided by headings that skip no level?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from l2mac_write.counting import count_words
from l2mac_write.evaluators.passages import excerpt, paragraphs, without_code
from l2mac_write.evaluators.structure import HEADING, jumps, open_fences, titles, wall
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.languages import scaled, unit

LONG = 800
"""Words after which a reader who looks something up needs a heading."""


def judge(work: Work) -> tuple[Finding, ...]:
    """Lists and tables are welcome here, unlike in the chapter of a book."""
    plain = without_code(work.text)
    blocks = list(paragraphs(plain))
    return (
        *titles(work, blocks),
        *(replace(jump, severity=Severity.REVISE) for jump in jumps(work, plain)),
        *open_fences(work),
        *wall(work, blocks),
        *_undivided(work, plain),
    )


def _undivided(work: Work, plain: str) -> Iterator[Finding]:
    words = count_words(work.text)
    if words > scaled(LONG, work.language) and not HEADING.search(plain):
        yield Finding(
            code="DOC-STRUCT",
            severity=Severity.ADVISE,
            path=work.path,
            message=f"The section has {words:,} {unit(work.language)} and no heading.",
            quote=excerpt(work.text.split("\n", maxsplit=1)[0]),
            hint="Divide it by headings where a reader would look something up.",
        )
