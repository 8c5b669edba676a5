"""The ledger's tables: they follow from the plan, the chapters, and what was noted of each.

A row of which the chapter says the words no more, because a person has changed them, is in none.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.ledger.rows import ROWS, R, Row
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load as load_plan


def _columns(kind: type[Row]) -> str:
    return ", ".join(f'"{field.name}"' for field in fields(kind))


def _table(kind: type[Row]) -> str:
    return (
        f"CREATE TABLE {kind.table} (number INTEGER, ord INTEGER, id TEXT, {_columns(kind)},"
        " PRIMARY KEY (number, ord))"
    )


NAME = "ledger-2"
OF_A_CHAPTER = re.compile(r"(?:chapters/(\d+)-.*\.md|notes/ledger/(\d+)\.toml)")
TABLES: Mapping[str, str] = {
    "ledger_text": """
        CREATE TABLE ledger_text (number INTEGER, path TEXT, body TEXT, PRIMARY KEY (number, path))
    """,
    "ledger_page": "CREATE TABLE ledger_page (number INTEGER PRIMARY KEY, changes INTEGER NOT NULL)",
    **{kind.table: _table(kind) for kind in ROWS},
}
# What is put together here are names of our own.
SELECT = {kind: f"SELECT {_columns(kind)} FROM {kind.table} WHERE " for kind in ROWS}  # noqa: S608
DELETE = [f"DELETE FROM {kind.table} WHERE number = ?" for kind in ROWS]  # noqa: S608
INSERT = {
    kind: f"INSERT INTO {kind.table} VALUES (?, ?, ?{', ?' * len(fields(kind))})"  # noqa: S608
    for kind in ROWS
}
CHANGE = """
    INSERT INTO ledger_page VALUES (?, 1) ON CONFLICT DO UPDATE SET changes = changes + 1
"""
BODIES = "SELECT path, body FROM ledger_text WHERE number = ? ORDER BY path"
TUPLE = "tuple[str, ...]"
LISTED = {
    kind: {number for number, field in enumerate(fields(kind)) if field.type == TUPLE}
    for kind in ROWS
}
"""The columns that hold several texts."""
THE_PLAN = 0
"""Stands for a chapter's number in what the plan says."""


def follow(sql: sqlite3.Connection, path: str, text: str | None) -> None:
    if path == PLAN:
        _put(sql, THE_PLAN, _planned(text or ""))
    elif found := OF_A_CHAPTER.fullmatch(path):
        number = int(found[1] or found[2])
        sql.execute("DELETE FROM ledger_text WHERE number = ? AND path = ?", (number, path))
        if text is not None:
            sql.execute("INSERT INTO ledger_text VALUES (?, ?, ?)", (number, path, text))
        _put(sql, number, _borne_out(sql, number))


def row_of(kind: type[R], values: Iterable[Any]) -> R:
    """The inverse of what is put into a table."""
    made: Callable[..., R] = kind
    if at := LISTED[kind]:
        values = (tuple(json.loads(v)) if n in at else v for n, v in enumerate(values))
    return made(*values)


def _planned(text: str) -> Iterator[Row]:
    from l2mac_write.ledger.planned import planned  # noqa: PLC0415 (no reader waits for it)

    with suppress(UsageError):
        yield from planned(load_plan(text)).rows


def _borne_out(sql: sqlite3.Connection, number: int) -> Iterator[Row]:
    """The rows of a chapter whose words are still in its text, each with where they are now."""
    from l2mac_write.ledger.anchoring import paragraph  # noqa: PLC0415 (as above)
    from l2mac_write.ledger.page_file import load  # noqa: PLC0415 (as above)

    texts = dict(sql.execute(BODIES, (number,)).fetchall())
    pages = [load(texts.pop(path)) for path in [*texts] if path.startswith("notes/")]
    for row in (row for page in pages for row in page.rows):
        for text in texts.values():
            if row.quote and (at := text.find(row.quote)) >= 0:
                yield replace(row, paragraph=paragraph(text, at))
                break


def _put(sql: sqlite3.Connection, number: int, rows: Iterable[Row]) -> None:
    sql.execute(CHANGE, (number,))
    for delete in DELETE:
        sql.execute(delete, (number,))
    for ord_, row in enumerate(rows):
        values = (getattr(row, field.name) for field in fields(row))
        told = (json.dumps(v, ensure_ascii=False) if isinstance(v, tuple) else v for v in values)
        sql.execute(INSERT[type(row)], (number, ord_, row.id, *told))
