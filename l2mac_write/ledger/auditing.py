"""What the ledger's rows hold against the book that they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from l2mac_write.findings import Evidence, Finding, Severity
from l2mac_write.ledger.conflicts import Conflict, conflicts
from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.plan import PLAN

NAME = "ledger"
"""Who finds it."""


def audited(rows: Iterable[Fact | Event], paths: Mapping[str, str]) -> tuple[Finding, ...]:
    """Of rows of chapters, whose paths are told by their ids in the order of the book."""
    order = {chapter: number for number, chapter in enumerate(paths)}
    placed = sorted(
        (row for row in rows if row.chapter in order or not row.chapter),
        key=lambda row: (order.get(row.chapter, -1), row.paragraph),
    )
    return tuple(_found(placed, paths))


def _found(rows: Iterable[Fact | Event], paths: Mapping[str, str]) -> Iterator[Finding]:
    """What the plan has against itself is no matter of the book's."""
    for conflict in conflicts(rows):
        if path := paths.get(conflict.later.chapter):
            yield Finding(
                code=conflict.code,
                severity=Severity.REVISE if conflict.sure else Severity.ADVISE,
                path=path,
                message=f"This cannot stand beside what is told before: {conflict.why}.",
                quote=_line(conflict.later.quote),
                hint=_hint(conflict),
                conflict=Evidence(
                    paths.get(conflict.earlier.chapter, PLAN), _line(conflict.earlier.quote)
                ),
                by=NAME,
            )


def _line(quote: str) -> str:
    return quote.strip().split("\n", maxsplit=1)[0]


def _hint(conflict: Conflict) -> str:
    earlier, later = conflict.earlier, conflict.later
    if isinstance(earlier, Fact) and isinstance(later, Fact) and earlier.key == later.key:
        return f"Write `{earlier.value}` here, or say what has changed."
    return "Change this sentence alone, or say how it can be."
