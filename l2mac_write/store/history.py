"""The journal's files: every version of every text, kept under the hash of its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from l2mac_write.store import derived
from l2mac_write.store.database import Database
from l2mac_write.store.troubles import damaged
from l2mac_write.store.versions import Change, Origin, Version, sha

VERSIONS = "SELECT id, path, sha, origin, at, instruction, base, projected, words FROM file"
NEWEST = "WHERE id IN (SELECT max(id) FROM file GROUP BY path) ORDER BY path"
ADD = """
    INSERT INTO file (path, sha, origin, at, instruction, base, projected, words)
    VALUES (?, ?, ?, ?, ?, coalesce(?, (SELECT max(id) FROM file WHERE path = ?)), ?, ?)
    RETURNING id, base
"""
ON_DISK = f"{VERSIONS} WHERE path = ? AND projected ORDER BY id DESC LIMIT 1"

# What no journal holds has no number, and no base.
OVERLAY = 0


class History:
    """Under a hash, not a path: equal texts are kept once, and a damaged one is noticed."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self._stamp = -1
        self._current: dict[str, Version] = {}
        self._unsaved: dict[str | None, str | None] = {}
        # Read and hashed once a run: every chapter asks for all before it.
        self._sound: dict[str, str] = {}

    def current(self) -> Mapping[str, Version]:
        """The newest version of every path, deletions too; read anew when another process wrote."""
        with self._database.guard:
            stamp = self._database.stamp()
            if stamp != self._stamp:
                rows = self._database.rows(f"{VERSIONS} {NEWEST}")
                self._current = {version.path: version for version in map(_version, rows)}
                self._stamp = stamp
            return self._current

    def versions(self, path: str) -> tuple[Version, ...]:
        """Oldest first."""
        rows = self._database.rows(f"{VERSIONS} WHERE path = ? ORDER BY id", path)
        newest = self.current().get(path)
        overlaid = (newest,) if newest and newest.id == OVERLAY else ()
        return (*map(_version, rows), *overlaid)

    def every(self) -> tuple[Version, ...]:
        """Of all files, oldest first."""
        overlaid = (v for v in self.current().values() if v.id == OVERLAY)
        return (*map(_version, self._database.rows(f"{VERSIONS} ORDER BY id")), *overlaid)

    def text(self, version: Version) -> str:
        """Empty for a deletion; a damaged text is never handed out."""
        return self._text(version.sha) if version.sha else ""

    def _text(self, key: str) -> str:
        if (unsaved := self._unsaved.get(key)) is not None:
            return unsaved
        if (sound := self._sound.get(key)) is not None:
            return sound
        rows = self._database.rows("SELECT CAST(body AS BLOB) FROM blob WHERE sha = ?", key)
        text = rows[0][0].decode("utf-8", "replace") if rows else ""
        if sha(text) != key:
            raise damaged(self._database.place, f"the text {key[:12]} is not what was stored")
        self._sound[key] = text
        return text

    def texts(self) -> tuple[str, ...]:
        """All there ever were, newest first, whatever file they were in."""
        rows = self._database.rows("SELECT sha FROM blob ORDER BY rowid DESC")
        return tuple(self._text(row[0]) for row in rows)

    def newest(self) -> int:
        return int(self._database.rows("SELECT coalesce(max(id), 0) FROM file")[0][0])

    def size(self) -> int:
        """Bytes of all texts of all versions, equal ones counted once."""
        return int(self._database.rows("SELECT coalesce(sum(length(body)), 0) FROM blob")[0][0])

    def on_disk(self, path: str) -> Version | None:
        """What was last projected, None where nothing was."""
        rows = self._database.rows(ON_DISK, path)
        return _version(rows[0]) if rows else None

    def add(self, sql: sqlite3.Connection, changes: Iterable[Change]) -> tuple[Version, ...]:
        """Inside a caller's transaction, who calls `know` once it has held."""
        return tuple(self._added(sql, change) for change in changes)

    def know(self, versions: Iterable[Version]) -> None:
        self._current.update({version.path: version for version in versions})

    def overlay(self, changes: Sequence[Change]) -> None:
        """Changes that the journal cannot take, known until another process writes to it."""
        versions = tuple(self._overlaid(change) for change in changes)
        self._unsaved |= {v.sha: c.text for v, c in zip(versions, changes, strict=True)}
        self.know(versions)

    def _overlaid(self, change: Change) -> Version:
        before = self.current().get(change.path)
        return change.version(at=self._now(), base=before.kept if before else None)

    def projected(self, version: Version) -> None:
        # Lost with the power, it is found out anew from the file itself.
        with self._database.quick_transaction() as sql:
            sql.execute("UPDATE file SET projected = 1 WHERE id = ?", (version.id,))
        self.know([replace(version, projected=True)])

    def _added(self, sql: sqlite3.Connection, change: Change) -> Version:
        version = change.version(at=self._now())
        if change.text is not None:
            blob = (version.sha, change.text.encode())
            sql.execute("INSERT OR IGNORE INTO blob (sha, body) VALUES (?, ?)", blob)
        number, base = sql.execute(ADD, _columns(version)).fetchone()
        derived.follow(sql, change.path, change.text)
        return replace(version, id=number, base=base)


def _version(row: tuple[Any, ...]) -> Version:
    id_, path, key, origin, at, instruction, base, projected, words = row
    return Version(id_, path, key, Origin(origin), at, instruction, base, bool(projected), words)


def _columns(version: Version) -> tuple[Any, ...]:
    return (
        version.path,
        version.sha,
        version.origin,
        version.at,
        version.instruction,
        version.base,
        version.path,
        version.projected,
        version.words,
    )
