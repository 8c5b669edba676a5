"""One SQLite connection, shared by threads, that either keeps what it was told or says why not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, TypeAlias

from l2mac_write.errors import UsageError
from l2mac_write.store import derived, seal
from l2mac_write.store.schema import migrate, pending
from l2mac_write.store.troubles import damaged, in_sentences

Insisting: TypeAlias = Callable[[sqlite3.Connection, Path], object]

BUSY_SECONDS = 10
SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Both matter on macOS alone.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
)


class Database:
    """Made by `opened` or `opened_to_read`; nobody else need know where SQLite keeps its file."""

    def __init__(self, connection: sqlite3.Connection, place: Path, *, writable: bool) -> None:
        self.guard = RLock()
        self.writable = writable
        self.place = place
        self._connection = connection
        has_wal = connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        self._quick = "NORMAL" if has_wal else "FULL"

    def rows(self, statement: str, *values: Any) -> list[Any]:
        with self.guard, in_sentences(self.place):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that happens inside becomes true together, or not at all, even if the power fails."""
        self.insist()
        with self.guard, in_sentences(self.place), self._connection as sql:
            sql.execute("BEGIN IMMEDIATE")
            yield sql

    @contextmanager
    def quick_transaction(self) -> Iterator[sqlite3.Connection]:
        """The same for what outlives a kill, but waits for the next transaction to reach the disk.

        Without a WAL there is no such thing: SQLite's older journal must be synced to be safe.
        """
        with self.guard, in_sentences(self.place):
            self._connection.execute(f"PRAGMA synchronous = {self._quick}")
            try:
                with self.transaction() as sql:
                    yield sql
            finally:
                self._connection.execute("PRAGMA synchronous = FULL")

    def insist(self) -> None:
        if not self.writable:
            raise UsageError(f"`{self.place}` was opened for reading only. Open the book to write.")

    def stamp(self) -> int:
        """Changes whenever another process has written; nobody else does while we may write."""
        return 0 if self.writable else int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        with self.guard:
            self._connection.close()
            if self.writable:
                seal.put_on(self.place)


def opened(place: Path) -> Database:
    """The one connection that writes; it makes the tables where there are none."""
    with in_sentences(place), ExitStack() as on_failure:
        sql = _connected(place, "mode=rwc")
        on_failure.callback(sql.close)
        _prepare(sql, place)
        on_failure.pop_all()
        return Database(sql, place, writable=True)


def opened_to_read(place: Path) -> Database:
    """Works during a run, and in a folder where nothing may be written."""
    return _opened_to_read(place, _insist_up_to_date)


def opened_to_examine(place: Path) -> Database:
    """To read an older journal too, which is no damage."""
    return _opened_to_read(place, pending)


def durable(connection: sqlite3.Connection) -> None:
    """WAL, or SQLite's older rollback journal where memory cannot be shared (network disks)."""
    try:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "none"
    if mode != "wal":
        connection.execute("PRAGMA journal_mode = DELETE")
    for setting in SETTINGS:
        connection.execute(setting)


def _connected(place: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{place.absolute().as_uri()}?{how}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _prepare(sql: sqlite3.Connection, place: Path) -> None:
    # Looked at first: a file that is not ours must not be changed, not even its journal mode.
    pending(sql, place)
    durable(sql)
    if (verdict := sql.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise damaged(place, verdict)
    seal.take_off(place)
    with sql:
        sql.execute("BEGIN IMMEDIATE")
        migrate(sql, place)
        if not derived.is_current(sql):
            derived.make_anew(sql)


def _opened_to_read(place: Path, insist: Insisting) -> Database:
    with in_sentences(place):
        try:
            return _readable(place, "mode=ro", insist)
        except sqlite3.OperationalError:
            # No right to make the files a WAL journal needs; without a WAL it is safe to do without.
            if place.with_name(f"{place.name}-wal").exists():
                raise
            return _readable(place, "mode=ro&immutable=1", insist)


def _readable(place: Path, how: str, insist: Insisting) -> Database:
    with ExitStack() as on_failure:
        sql = _connected(place, how)
        on_failure.callback(sql.close)
        insist(sql, place)
        on_failure.pop_all()
        return Database(sql, place, writable=False)


def _insist_up_to_date(sql: sqlite3.Connection, place: Path) -> None:
    if pending(sql, place) or not derived.is_current(sql):
        raise UsageError(
            f"`{place}` is not up to date. Bring it there once with `l2mac-write resume`."
        )
