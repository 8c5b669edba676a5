"""The journal's calls: what was asked of models, what they said, and what it cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from l2mac_write.messages import Reply, Usage
from l2mac_write.ports import Call
from l2mac_write.store import replies
from l2mac_write.store.database import Database
from l2mac_write.store.spending import Spend
from l2mac_write.text.characters import encodable

KEPT_BYTES, KEPT_SECONDS = 512, 0.5
"""So much of a stream may be lost to a kill."""
SYNCED_BYTES, SYNCED_SECONDS = 2048, 2.0
"""So much of it may be lost to a power cut."""

BEGIN = """
    INSERT INTO call (instruction, role, model, request, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET at = excluded.at RETURNING id
"""
SENT = """
    UPDATE call SET attempts = attempts + 1, state = 'sent', doubt = doubt + aside, aside = ?
    WHERE id = ?
"""
# Sums, not values: what earlier attempts at the same request cost is not forgotten.
COST = """
    UPDATE call SET
        aside = 0, cost = cost + ?,
        input_tokens = input_tokens + ?, output_tokens = output_tokens + ?,
        cache_read_tokens = cache_read_tokens + ?, cache_write_tokens = cache_write_tokens + ?
    WHERE id = ?
"""
DONE = """
    UPDATE call SET
        state = 'done', reply = ?, answers = answers + 1, attempts = max(attempts, answers + 1)
    WHERE id = ?
"""
# What was set aside and is not known to be spent stays in doubt.
BROKE = "UPDATE call SET state = 'failed', doubt = doubt + max(0, aside - ?) WHERE id = ?"
KEPT = "UPDATE call SET reply = ? WHERE id = ?"
# Of a run that was killed, nobody knows what its last attempts cost.
GIVEN_UP = """
    UPDATE call SET state = iif(reply IS NULL, 'failed', 'done'), doubt = doubt + aside, aside = 0
    WHERE state IN ('sent', 'streaming') OR aside > 0
"""
SAY = """
    INSERT INTO partial (call, seq, text)
    VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM partial WHERE call = ?1), ?2)
"""
ANSWER = """
    SELECT reply FROM call
    WHERE instruction = ? AND role = ? AND model = ? AND request = ? AND reply IS NOT NULL
"""
SAID = """
    SELECT text FROM partial JOIN call ON call = call.id
    WHERE instruction = ? AND role = ? AND model = ? AND request = ? ORDER BY seq
"""
SPENT = """
    SELECT instruction, role, model, sum(answers), sum(attempts - answers), sum(doubt + aside),
        sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens),
        CASE WHEN count(*) = count(cost) THEN sum(cost) END
    FROM call GROUP BY instruction, role, model ORDER BY min(id)
"""


@dataclass(slots=True)
class Stream:
    """What was heard of a call and is not in the journal yet; times are those of the last saves."""

    kept: float
    synced: float
    pieces: list[str] = field(default_factory=list)
    unkept: int = 0
    unsynced: int = 0

    def take(self, text: str) -> None:
        self.pieces.append(text)
        size = len(text.encode())
        self.unkept += size
        self.unsynced += size

    def is_to_be_kept(self, now: float) -> bool:
        # A clock may jump either way.
        return self.unkept >= KEPT_BYTES or abs(now - self.kept) >= KEPT_SECONDS

    def is_to_be_synced(self, now: float) -> bool:
        return self.unsynced >= SYNCED_BYTES or abs(now - self.synced) >= SYNCED_SECONDS


class Calls:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self._streams: dict[Call, Stream] = {}

    def recall(self, call: Call) -> Reply | None:
        rows = self._database.rows(ANSWER, *_key(call))
        return replies.load(rows[0][0]) if rows else None

    def sending(self, call: Call, ceiling: float | None) -> None:
        with self._database.transaction() as sql:
            self._streams.pop(call, None)
            row = self._row(sql, call)
            sql.execute(SENT, (ceiling or 0, row))
            sql.execute("DELETE FROM partial WHERE call = ?", (row,))

    def heard(self, call: Call, text: str) -> None:
        """Keeps what was said while it comes in: all but a little of it outlives the run."""
        with self._database.guard:
            now = self._now()
            stream = self._streams.setdefault(call, Stream(now, now))
            stream.take(encodable(text))
            if stream.is_to_be_kept(now):
                self._keep(call, stream, now)

    def replied(self, call: Call, reply: Reply, cost: float | None) -> None:
        with self._database.transaction() as sql:
            row = self._row(sql, call)
            sql.execute(COST, (cost, *_counts(reply.usage), row))
            sql.execute(DONE, (replies.dump(reply), row))
            self._streams.pop(call, None)

    def broke(self, call: Call, usage: Usage, cost: float | None, *, exact: bool) -> None:
        """What may have been spent beyond the known cost stays in doubt, unless that is exact."""
        self.flush()
        with self._database.transaction() as sql:
            self._streams.pop(call, None)
            row = self._row(sql, call)
            sql.execute(BROKE, (inf if exact else cost or 0, row))
            sql.execute(COST, (cost, *_counts(usage), row))

    def salvaged(self, call: Call, reply: Reply) -> None:
        with self._database.transaction() as sql:
            sql.execute(KEPT, (replies.dump(reply), self._row(sql, call)))

    def partial(self, call: Call) -> str:
        """What a call that broke off had said, whether it is on disk yet or not."""
        with self._database.guard:
            kept = [row[0] for row in self._database.rows(SAID, *_key(call))]
            stream = self._streams.get(call)
            return "".join((*kept, *stream.pieces)) if stream else "".join(kept)

    def give_up(self) -> None:
        """Calls that a run now ended left open will get no answer any more."""
        with self._database.transaction() as sql:
            sql.execute(GIVEN_UP)

    def spend(self) -> tuple[Spend, ...]:
        return tuple(map(_spend, self._database.rows(SPENT)))

    def flush(self) -> None:
        with self._database.guard:
            for call, stream in self._streams.items():
                self._keep(call, stream, self._now())

    def _keep(self, call: Call, stream: Stream, now: float) -> None:
        if not stream.pieces:
            return
        with self._transaction(stream, now) as sql:
            row = self._row(sql, call)
            sql.execute("UPDATE call SET state = 'streaming' WHERE id = ?", (row,))
            sql.execute(SAY, (row, "".join(stream.pieces)))
        stream.pieces.clear()
        stream.kept, stream.unkept = now, 0

    def _transaction(
        self, stream: Stream, now: float
    ) -> AbstractContextManager[sqlite3.Connection]:
        if not stream.is_to_be_synced(now):
            return self._database.quick_transaction()
        stream.synced, stream.unsynced = now, 0
        return self._database.transaction()

    def _row(self, sql: sqlite3.Connection, call: Call) -> int:
        return int(sql.execute(BEGIN, (*_key(call), self._now())).fetchone()[0])


def _spend(row: tuple[Any, ...]) -> Spend:
    instruction, role, model, calls, unanswered, doubt, *counts, cost = row
    return Spend(instruction, role, model, calls, unanswered, Usage(*counts), cost, doubt)


def _key(call: Call) -> tuple[str, str, str, str]:
    return call.instruction, call.role, call.model, call.request


def _counts(usage: Usage) -> tuple[int, int, int, int]:
    return (
        usage.input_tokens,
        usage.output_tokens,
        usage.cache_read_tokens,
        usage.cache_write_tokens,
    )
