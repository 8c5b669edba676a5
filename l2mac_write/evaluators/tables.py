"""Do the numbers of a table agree with its total, and with what the text says of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from l2mac_write.evaluators.figures import CARDINAL, number
from l2mac_write.evaluators.passages import excerpt, paragraphs, sentences
from l2mac_write.findings import Evidence, Finding, Severity, Work

TABLE = re.compile(r"\|[^\n]*\|[ \t]*\n\|[-:| \t]+\|?[ \t]*(?:\n|\Z)")
RULE = re.compile(r"[\s|:-]+")
AMOUNT = re.compile(
    r"[*_ ]*[$€£]?\s?(-?\d{1,3}(?:[, \u00a0]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s?%?[*_ ]*"
)
TOTAL = re.compile(
    r"[*_ ]*(?:grand )?(?:total|sum|in all|altogether|summe|gesamt|suma|totale|总计|合计|共计|小计)[*_ :]*",
    re.IGNORECASE,
)
SPOKEN_OF = re.compile(r"\btables?\b", re.IGNORECASE)
COUNT = re.compile(rf"(?<![\w.,])(?i:{CARDINAL})(?![\w.,]*\d|\w)")
LEAST = 3
"""Letters of the name of a row that a text can speak of."""
CLOSE = Decimal("0.011")
"""The share by which a sum may differ from its total, since its parts were rounded."""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[str, ...]
    said: str


def judge(work: Work) -> tuple[Finding, ...]:
    if "|" not in work.text:
        return ()
    blocks = [block.text for block in paragraphs(work.text)]
    tables = [list(_rows(block)) for block in blocks if TABLE.match(block)]
    rows = {row.name.casefold(): row for table in tables for row in table if row.name}
    prose = [block for block in blocks if not TABLE.match(block)]
    return (
        *(finding for table in tables for finding in _totals(work, table)),
        *_contradicted(work, prose, rows),
    )


def _rows(table: str) -> Iterator[Row]:
    """Those below the rule; the first cell is a row's name."""
    for line in table.split("\n")[2:]:
        name, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
        yield Row(name.strip("*_ "), tuple(cells), line.strip())


def _totals(work: Work, rows: Sequence[Row]) -> Iterator[Finding]:
    if len(rows) < LEAST or not TOTAL.fullmatch(rows[-1].name):
        return
    *parts, total = rows
    for column, cell in enumerate(total.cells):
        amounts = [_amount(row.cells[column]) for row in parts if column < len(row.cells)]
        said, known = _amount(cell), [amount for amount in amounts if amount is not None]
        if said is None or len(known) < len(parts):
            continue
        if abs(sum(known) - said) > abs(said) * CLOSE * any("." in r.said for r in rows):
            yield Finding(
                code="NUM-QTY",
                severity=Severity.REVISE,
                path=work.path,
                message=f"The column adds up to {sum(known)}, not to {cell.strip('*_ ')}.",
                quote=excerpt(total.said),
                hint="Put right the total, or the number that is wrong.",
            )


def _amount(cell: str) -> Decimal | None:
    found = AMOUNT.fullmatch(cell)
    return Decimal(re.sub("[, \u00a0]", "", found[1])) if found else None


def _contradicted(work: Work, prose: Sequence[str], rows: Mapping[str, Row]) -> Iterator[Finding]:
    """Sentences that speak of a table, of one of its rows, and of one number that is not there."""
    names = [re.escape(name) for name in sorted(rows, key=len, reverse=True) if len(name) >= LEAST]
    named = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)
    for said in _speaking(prose) if names else ():
        there = {found[0].casefold() for found in named.finditer(said)}
        counts = {number(found[0]) for found in COUNT.finditer(named.sub(" ", said))}
        if len(there) != 1 or len(counts) != 1:
            continue
        row = rows[there.pop()]
        amounts = [amount for cell in row.cells if (amount := _amount(cell)) is not None]
        if len(amounts) == 1 and amounts[0] != counts.pop():
            yield Finding(
                code="NUM-QTY",
                severity=Severity.REVISE,
                path=work.path,
                message=f"The table has {amounts[0]} for {row.name}.",
                quote=excerpt(said),
                hint="Let the text and the table say the same.",
                conflict=Evidence(work.path, excerpt(row.said)),
            )


def _speaking(prose: Sequence[str]) -> Iterator[str]:
    for block in prose:
        if SPOKEN_OF.search(block):
            (whole,) = [*paragraphs(block)][:1]
            yield from (said.text for said in sentences(whole) if SPOKEN_OF.search(said.text))
