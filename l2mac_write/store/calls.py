"""The journal's calls: what was asked of models, what they said, and what it cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

from l2mac_write.messages import Reply, Usage
from l2mac_write.ports import Call
from l2mac_write.store import replies
from l2mac_write.store.database import Database
from l2mac_write.store.spending import Spend
from l2mac_write.store.versions import encodable

KEPT_BYTES = 2048
KEPT_SECONDS = 2.0

BEGIN = """
    INSERT INTO call (instruction, role, model, request, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET at = excluded.at RETURNING id
"""
SENT = "UPDATE call SET attempts = attempts + 1, state = 'sent' WHERE id = ?"
# Sums, not values: what an earlier answer to the same request cost is not forgotten.
DONE = """
    UPDATE call SET
        state = 'done', reply = ?, cost = cost + ?, answers = answers + 1,
        attempts = max(attempts, answers + 1),
        input_tokens = input_tokens + ?, output_tokens = output_tokens + ?,
        cache_read_tokens = cache_read_tokens + ?, cache_write_tokens = cache_write_tokens + ?
    WHERE id = ?
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
    SELECT instruction, model, sum(answers), sum(attempts - answers), sum(input_tokens),
        sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens),
        CASE WHEN count(*) = count(cost) THEN sum(cost) END
    FROM call GROUP BY instruction, model ORDER BY min(id)
"""


@dataclass(slots=True)
class Unkept:
    """What was heard of a call and is not on disk yet."""

    since: float
    pieces: list[str] = field(default_factory=list)
    size: int = 0


class Calls:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self._unkept: dict[Call, Unkept] = {}

    def recall(self, call: Call) -> Reply | None:
        rows = self._database.rows(ANSWER, *_key(call))
        return replies.load(rows[0][0]) if rows else None

    def sending(self, call: Call) -> None:
        """A new attempt, heard from its beginning: what an earlier one had said is dropped."""
        with self._database.transaction() as sql:
            self._unkept.pop(call, None)
            row = self._row(sql, call)
            sql.execute(SENT, (row,))
            sql.execute("DELETE FROM partial WHERE call = ?", (row,))

    def heard(self, call: Call, text: str) -> None:
        """Keeps what was said whenever 2 KB or two seconds of it have gathered."""
        with self._database.guard:
            now = self._now()
            unkept = self._unkept.setdefault(call, Unkept(now))
            unkept.pieces.append(encodable(text))
            unkept.size += len(unkept.pieces[-1].encode())
            # A clock may jump either way.
            if unkept.size >= KEPT_BYTES or abs(now - unkept.since) >= KEPT_SECONDS:
                self._keep(call)

    def replied(self, call: Call, reply: Reply, cost: float | None) -> None:
        with self._database.transaction() as sql:
            sql.execute(
                DONE, (replies.dump(reply), cost, *_counts(reply.usage), self._row(sql, call))
            )
            self._unkept.pop(call, None)

    def partial(self, call: Call) -> str:
        """What a call that was cut had said, as far as it is on disk."""
        rows = self._database.rows(SAID, *_key(call))
        return "".join(row[0] for row in rows)

    def give_up(self) -> None:
        """Calls that a run now ended left open will get no answer any more."""
        with self._database.transaction() as sql:
            sql.execute("UPDATE call SET state = 'failed' WHERE state IN ('sent', 'streaming')")

    def spend(self) -> tuple[Spend, ...]:
        return tuple(
            Spend(instruction, model, calls, unanswered, Usage(*counts), cost)
            for instruction, model, calls, unanswered, *counts, cost in self._database.rows(SPENT)
        )

    def flush(self) -> None:
        with self._database.guard:
            for call in tuple(self._unkept):
                self._keep(call)

    def _keep(self, call: Call) -> None:
        with self._database.transaction() as sql:
            row = self._row(sql, call)
            sql.execute("UPDATE call SET state = 'streaming' WHERE id = ?", (row,))
            sql.execute(SAY, (row, "".join(self._unkept[call].pieces)))
        del self._unkept[call]

    def _row(self, sql: sqlite3.Connection, call: Call) -> int:
        return int(sql.execute(BEGIN, (*_key(call), self._now())).fetchone()[0])


def _key(call: Call) -> tuple[str, str, str, str]:
    return call.instruction, call.role, call.model, call.request


def _counts(usage: Usage) -> tuple[int, int, int, int]:
    return (
        usage.input_tokens,
        usage.output_tokens,
        usage.cache_read_tokens,
        usage.cache_write_tokens,
    )
