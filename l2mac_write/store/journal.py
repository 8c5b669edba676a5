"""The journal, the truth about a book: whatever is finished is in it, in one piece."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from l2mac_write.errors import L2macError, UsageError
from l2mac_write.findings import Edit, Evidence, Finding, Severity
from l2mac_write.instructions import Move, Outcome
from l2mac_write.items import Item
from l2mac_write.store import windows
from l2mac_write.store.calls import Calls
from l2mac_write.store.complaints import (
    Check,
    Complaint,
    State,
    followed,
    moved,
    rechecked,
    renewed,
    still_open,
    waived,
)
from l2mac_write.store.database import Database
from l2mac_write.store.history import History
from l2mac_write.store.troubles import legible
from l2mac_write.store.versions import Change, Version, rearranged
from l2mac_write.text.characters import encodable

END = """
    INSERT INTO instruction (id, status, rounds, writes, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
        status = excluded.status, rounds = excluded.rounds, writes = excluded.writes,
        at = excluded.at
"""
FOLLOW = "INSERT INTO made_from (instruction, path, sha) VALUES (?, ?, ?)"
FORGET = "DELETE FROM partial WHERE call IN (SELECT id FROM call WHERE instruction = ?)"
COMPLAINTS = """
    SELECT instruction, state, reason, code, severity, path, message, quote, hint, mend,
        conflict, judge
    FROM finding
"""
ALL = f"{COMPLAINTS} ORDER BY id"
CONCERNED = f"{COMPLAINTS} WHERE instruction = ? OR state = 'waived' ORDER BY id"
COMPLAIN = """
    INSERT INTO finding
        (instruction, key, state, reason, code, severity, path, message, quote, hint, mend,
         conflict, judge)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
WAIVED = "SELECT key FROM finding WHERE state = 'waived'"
MOVE = "UPDATE instruction SET writes = ? WHERE id = ?"
SET = """
    INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value
"""


class Journal:
    """What models said is in `calls`, what files held in `history`; the rest is here."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self.calls = Calls(database, now)
        self.history = History(database, now)
        self._database = database
        self._now = now

    def outcomes(self) -> dict[str, Outcome]:
        found: dict[str, list[Complaint]] = {}
        for complaint in self.findings():
            found.setdefault(complaint.instruction, []).append(complaint)
        made_from: dict[str, dict[str, str]] = {}
        for name, path, key in self._database.rows("SELECT instruction, path, sha FROM made_from"):
            made_from.setdefault(name, {})[path] = key
        ended = self._database.rows("SELECT id, rounds, writes FROM instruction ORDER BY at, id")
        return {
            name: Outcome(
                name, still_open(found.get(name, ())), rounds, writes, made_from.get(name, {})
            )
            for name, rounds, writes in ended
        }

    def commit(self, outcome: Outcome, changes: Sequence[Change]) -> None:
        """One transaction ends an instruction: its texts, its outcome, its findings, its window."""
        with self._database.transaction() as sql:
            versions = self.history.add(sql, changes)
            self._end(sql, outcome)
        self.history.know(versions)

    def end(self, outcomes: Iterable[Outcome]) -> None:
        """Instructions that have ended without a word of anybody's, all in one transaction."""
        with self._database.transaction() as sql:
            for outcome in outcomes:
                self._end(sql, outcome)

    def record(self, changes: Sequence[Change], complaints: Iterable[Complaint] = ()) -> None:
        """Changes outside any instruction; in a journal opened to read they pass with it."""
        if not self._database.writable:
            self.history.overlay(changes)
            return
        with self._database.transaction() as sql:
            versions = self.history.add(sql, changes)
            sql.executemany(COMPLAIN, map(_columns, complaints))
        self.history.know(versions)

    def insist_on_newest(self, version: Version) -> None:
        """Raises `UsageError` where the file has another version by now."""
        if self.history.current()[version.path].id != version.id:
            raise UsageError(f"`{version.path}` was changed this very moment. Type the line again.")

    def decide(self, changes: Sequence[Change]) -> None:
        """Texts as a person decided them; what was found in one follows its words."""
        current = self.history.current()
        before = {c.path: self.history.text(current[c.path]) for c in changes if c.path in current}
        with self._database.transaction() as sql:
            versions = self.history.add(sql, changes)
            complaints = _complaints(sql)
            for change in changes:
                was, now = before.get(change.path, ""), change.text or ""
                complaints = tuple(followed(c, change.path, was, now) for c in complaints)
            _replace(sql, complaints)
        self.history.know(versions)

    def rearrange(self, moves: Sequence[Move]) -> bool:
        """Whether it is kept: in a journal opened to read it passes with it."""
        changes = tuple(rearranged(moves, self.history.current(), self.history))
        if not self._database.writable:
            self.history.overlay(changes)
            return False
        with self._database.transaction() as sql:
            versions = self.history.add(sql, changes)
            sql.executemany(MOVE, [(move.target, move.instruction) for move in moves])
            places = {move.source: move.target for move in moves}
            _replace(sql, (moved(complaint, places) for complaint in _complaints(sql)))
        self.history.know(versions)
        return True

    def findings(self) -> tuple[Complaint, ...]:
        with legible(self._database.place):
            return tuple(map(_complaint, self._database.rows(ALL)))

    def recheck(self, check: Check) -> None:
        """What is known of the checked files is what the check has found in them."""
        with self._database.transaction() as sql:
            _replace(sql, rechecked(_complaints(sql), check))

    def shown(self, instruction: str) -> tuple[Item, ...]:
        """What its agent saw, in order; nothing where it had to see nothing."""
        return windows.shown(self._database, instruction)

    def readers(self, fact: str) -> frozenset[str]:
        """The instructions whose agents were shown that row of the ledger."""
        return windows.readers(self._database, fact)

    def waived(self) -> frozenset[str]:
        return frozenset(key for (key,) in self._database.rows(WAIVED))

    def waive(self, key: str, reason: str) -> None:
        """The finding of this key blocks no more, nor when it is found again."""
        with self._database.transaction() as sql:
            _replace(sql, (waived(complaint, key, reason) for complaint in _complaints(sql)))

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Of the tables that follow from the texts; see `derived`."""
        return self._database.rows(statement, *values)

    def meta(self, key: str) -> str | None:
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    def remember(self, key: str, value: str) -> None:
        with self._database.transaction() as sql:
            sql.execute(SET, (key, value))

    def last_change(self) -> float:
        """When the text of the book last changed, 0 for a book without any."""
        return float(self._database.rows("SELECT coalesce(max(at), 0) FROM file")[0][0])

    def insist_on_writing(self) -> None:
        """Raises `UsageError` in a journal opened to read."""
        self._database.insist()

    def close(self) -> None:
        try:
            # What was heard last is worth keeping, but no reason to fail at the very end.
            with suppress(L2macError):
                self.calls.flush()
        finally:
            self._database.close()

    def _end(self, sql: sqlite3.Connection, outcome: Outcome) -> None:
        name = outcome.instruction
        complaints = tuple(map(_complaint, sql.execute(CONCERNED, (name,))))
        waivers = {c.finding.key: c.reason for c in complaints if c.state is State.WAIVED}
        before = (c for c in complaints if c.instruction == name)
        after = renewed(before, name, outcome.findings, waivers)
        ended = (name, outcome.status, outcome.rounds, outcome.writes, self._now())
        sql.execute(END, ended)
        sql.execute("DELETE FROM made_from WHERE instruction = ?", (name,))
        sql.executemany(FOLLOW, ((name, *text) for text in outcome.made_from.items()))
        sql.execute("DELETE FROM finding WHERE instruction = ?", (name,))
        sql.executemany(COMPLAIN, map(_columns, after))
        sql.execute(FORGET, (name,))
        windows.keep(sql, name, outcome.shown)


def _complaints(sql: sqlite3.Connection) -> tuple[Complaint, ...]:
    return tuple(map(_complaint, sql.execute(ALL).fetchall()))


def _replace(sql: sqlite3.Connection, complaints: Iterable[Complaint]) -> None:
    sql.execute("DELETE FROM finding")
    sql.executemany(COMPLAIN, map(_columns, complaints))


def _complaint(row: tuple[Any, ...]) -> Complaint:
    instruction, state, reason, code, severity, path, message, quote, hint, mend, against, by = row
    edit = Edit(*json.loads(mend)) if mend else None
    conflict = Evidence(*json.loads(against)) if against else None
    finding = Finding(code, Severity(severity), path, message, quote, hint, edit, conflict, by)
    return Complaint(instruction, finding, State(state), reason)


def _columns(complaint: Complaint) -> tuple[str | None, ...]:
    finding = complaint.finding
    mend, conflict = finding.mend, finding.conflict
    return (
        complaint.instruction,
        finding.key,
        complaint.state,
        complaint.reason,
        finding.code,
        finding.severity,
        finding.path,
        *map(encodable, (finding.message, finding.quote, finding.hint)),
        json.dumps([mend.start, mend.end, mend.new]) if mend else None,
        json.dumps([conflict.path, conflict.quote]) if conflict else None,
        finding.by,
    )
