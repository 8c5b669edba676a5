"""What follows from the texts alone: tables kept in step with the files, and made anew at will."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from l2mac_write.store import ledger_tables, passages

Rows: TypeAlias = Callable[..., list[Any]]
"""Asks for rows: a statement, then its values."""

KNOWN = "SELECT value FROM meta WHERE key = 'derived'"
REMEMBER = """
    INSERT INTO meta (key, value) VALUES ('derived', ?)
    ON CONFLICT DO UPDATE SET value = excluded.value
"""
CURRENT = """
    SELECT path, CAST(body AS BLOB) FROM file JOIN blob USING (sha)
    WHERE id IN (SELECT max(id) FROM file GROUP BY path) ORDER BY path
"""


@dataclass(frozen=True, slots=True)
class Derived:
    """Some tables, by name and how each is made, and what a file's new text changes in them.

    `name` changes with the tables or with what is put into them: then they are made anew.
    `follow` gets the path and the text, None where the file is gone; it knows of old rows by
    the path alone.
    """

    name: str
    tables: Mapping[str, str]
    follow: Callable[[sqlite3.Connection, str, str | None], None]


PASSAGES, LEDGER = (Derived(of.NAME, of.TABLES, of.follow) for of in (passages, ledger_tables))
DERIVED = (PASSAGES, LEDGER)


def follow(
    sql: sqlite3.Connection, path: str, text: str | None, these: Sequence[Derived] = DERIVED
) -> None:
    """Inside the transaction that changes the file."""
    for derived in these:
        derived.follow(sql, path, text)


def is_current(sql: sqlite3.Connection) -> bool:
    return bool(sql.execute(KNOWN).fetchall() == [(_names(),)])


def make(sql: sqlite3.Connection, these: Sequence[Derived] = DERIVED) -> None:
    """All tables anew, still empty."""
    for derived in these:
        for table, statement in derived.tables.items():
            sql.execute(f"DROP TABLE IF EXISTS {table}")
            sql.execute(statement)


def make_anew(sql: sqlite3.Connection) -> None:
    """From the newest text of every file, inside a transaction."""
    make(sql)
    for path, body in sql.execute(CURRENT).fetchall():
        follow(sql, path, body.decode("utf-8", "replace"))
    sql.execute(REMEMBER, (_names(),))


def _names() -> str:
    return " ".join(derived.name for derived in DERIVED)
