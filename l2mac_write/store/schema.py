"""Which tables a journal has, and how an older one is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.store.troubles import damaged
from l2mac_write.text.counting import count_words
from l2mac_write.text.headings import body

# "L2MW", where SQLite keeps the mark of the program a file belongs to.
APPLICATION = 0x4C324D57


def first(sql: sqlite3.Connection) -> None:
    for statement in Path(__file__).with_name("schema.sql").read_text("utf-8").split(";\n"):
        sql.execute(statement)
    sql.execute(f"PRAGMA application_id = {APPLICATION}")


def second(sql: sqlite3.Connection) -> None:
    """Money that may be gone: set aside for an attempt under way, in doubt for one that broke."""
    sql.execute("ALTER TABLE call ADD COLUMN aside REAL NOT NULL DEFAULT 0")
    sql.execute("ALTER TABLE call ADD COLUMN doubt REAL NOT NULL DEFAULT 0")


def third(sql: sqlite3.Connection) -> None:
    """Which file an instruction wrote; empty where that was not kept yet."""
    sql.execute("ALTER TABLE instruction ADD COLUMN writes TEXT NOT NULL DEFAULT ''")


def fourth(sql: sqlite3.Connection) -> None:
    """What a finding's quote conflicts with; what an instruction was made from, and what it saw.

    `conflict` is [path, quote] as JSON, `facts` a list of keys.
    """
    sql.execute("ALTER TABLE finding ADD COLUMN conflict TEXT")
    sql.execute("DROP TABLE event")
    sql.execute("DROP TABLE window")
    sql.execute("""
        CREATE TABLE made_from (
            instruction TEXT NOT NULL, path TEXT NOT NULL, sha TEXT NOT NULL,
            PRIMARY KEY (instruction, path)
        ) WITHOUT ROWID
    """)
    sql.execute("CREATE TABLE shown (sha TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID")
    sql.execute("""
        CREATE TABLE window (
            instruction TEXT NOT NULL, ord INTEGER NOT NULL, source TEXT NOT NULL,
            title TEXT NOT NULL, reason TEXT NOT NULL, tokens INTEGER NOT NULL,
            facts TEXT NOT NULL, sha TEXT NOT NULL REFERENCES shown (sha),
            PRIMARY KEY (instruction, ord)
        ) WITHOUT ROWID
    """)


def fifth(sql: sqlite3.Connection) -> None:
    """Which evaluator made a finding; empty where none did, or where that was not kept yet."""
    sql.execute("ALTER TABLE finding ADD COLUMN judge TEXT NOT NULL DEFAULT ''")


def sixth(sql: sqlite3.Connection) -> None:
    """How many words a version has: `history` tells it of all of them."""
    sql.execute("ALTER TABLE file ADD COLUMN words INTEGER NOT NULL DEFAULT 0")
    count_again(sql)


def count_again(sql: sqlite3.Connection) -> None:
    """The words of every version, as far as its text is there."""
    sql.create_function("words_of", 1, _words, deterministic=True)
    sql.execute("""
        UPDATE file SET words = words_of(CAST(body AS BLOB)) FROM blob WHERE blob.sha = file.sha
    """)


def _words(text: bytes) -> int:
    return count_words(body(text.decode("utf-8", "replace")))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    first,
    second,
    third,
    fourth,
    fifth,
    sixth,
)
"""The n-th makes schema n out of schema n - 1; a published one never changes again."""


def pending(
    sql: sqlite3.Connection, place: Path
) -> tuple[Callable[[sqlite3.Connection], None], ...]:
    """The migrations this journal still needs. Raises `UsageError` for one that is not ours."""
    version = _pragma(sql, "user_version")
    if _pragma(sql, "application_id") != APPLICATION and not _is_empty(sql):
        raise damaged(place, "it bears another program's mark")
    if version > len(MIGRATIONS):
        raise UsageError(
            f"`{place}` was made by a newer l2mac-write: its schema is {version}, this one knows"
            f" {len(MIGRATIONS)}. Upgrade with `pip install --upgrade l2mac-write`."
        )
    return MIGRATIONS[version:]


def migrate(sql: sqlite3.Connection, place: Path) -> None:
    """All pending migrations or none. Call it inside a transaction."""
    for migration in pending(sql, place):
        migration(sql)
    sql.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _is_empty(sql: sqlite3.Connection) -> bool:
    return not sql.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()


def _pragma(sql: sqlite3.Connection, name: str) -> int:
    return int(sql.execute(f"PRAGMA {name}").fetchone()[0])
