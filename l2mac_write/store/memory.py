"""A book held in memory: for tests, and for runs that are to leave nothing behind."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import RLock
from typing import Any, Self
from weakref import finalize

from l2mac_write.errors import NoSuchFile
from l2mac_write.instructions import Move, Outcome
from l2mac_write.items import Item
from l2mac_write.messages import Reply, Usage
from l2mac_write.ports import Call
from l2mac_write.store import derived
from l2mac_write.store.complaints import (
    Check,
    Complaint,
    State,
    moved,
    rechecked,
    renewed,
    still_open,
    waived,
)
from l2mac_write.store.derived import DERIVED, Derived
from l2mac_write.store.locked import guarded
from l2mac_write.store.paths import checked
from l2mac_write.store.spending import Spend, grouped
from l2mac_write.store.versions import Change, Origin, Seen, Version, accepted, rearranged, settled
from l2mac_write.text.characters import encodable


class MemoryBook:
    """Promises what `BookFolder` does, but to outlive the process. `edit` is a person's hand.

    Threads use it at the same time: whoever walks through a dictionary walks through a copy.
    """

    def __init__(
        self,
        files: Mapping[str, str] | None = None,
        *,
        now: Callable[[], float] = time.time,
        tables: Sequence[Derived] = DERIVED,
    ) -> None:
        self._now, self._tables = now, tables
        self._newest = self._bytes = 0
        self._versions: dict[str, list[Version]] = {}
        self._texts: dict[str | None, str] = {None: ""}
        self._outcomes: dict[str, Outcome] = {}
        self._shown: dict[str, tuple[Item, ...]] = {}
        self._complaints: tuple[Complaint, ...] = ()
        self._replies: dict[Call, Reply] = {}
        self._partials: dict[Call, str] = {}
        self._aside: dict[Call, float] = {}
        self._spends: list[Spend] = []
        self._meta: dict[str, str] = {}
        self._settings = ""
        self._started: dict[str, int] = {}
        self._read: dict[str, set[int]] = {}
        self._guard = RLock()
        self._derived = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        finalize(self, self._derived.close)
        derived.make(self._derived, tables)
        for path, text in (files or {}).items():
            self.edit(path, text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        pass

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Of the tables that follow from the texts; see `derived`."""
        with self._guard:
            return self._derived.execute(statement, values).fetchall()

    def edit(self, path: str, text: str | None) -> None:
        """What a person does with an editor; None deletes the file."""
        self._keep(Change(checked(path), text, Origin.PERSON))

    def paths(self) -> Sequence[str]:
        return sorted(path for path, version in self._current().items() if version.sha)

    def read(self, path: str, *, by: str = "") -> str:
        path = checked(path)
        if not (versions := self._versions.get(path)) or versions[-1].sha is None:
            raise NoSuchFile(path)
        newest = versions[-1]
        self._read.setdefault(by, set()).add(newest.id)
        return self._texts[newest.sha]

    def versions(self, path: str) -> tuple[Version, ...]:
        return tuple(self._versions.get(checked(path), ()))

    def text(self, version: Version) -> str:
        return self._texts[version.sha]

    def adopt(self) -> None:
        pass

    def outcomes(self) -> Mapping[str, Outcome]:
        return {
            name: replace(outcome, findings=still_open(self._about(name)))
            for name, outcome in [*self._outcomes.items()]
        }

    def recall(self, call: Call) -> Reply | None:
        self._start(call.instruction)
        return self._replies.get(call)

    def sending(self, call: Call, ceiling: float | None) -> None:
        self._start(call.instruction)
        if call in self._aside:
            self.broke(call, Usage(), 0.0, exact=False)
        self._partials[call] = ""
        self._aside[call] = ceiling or 0.0

    def heard(self, call: Call, text: str) -> None:
        self._partials[call] = self._partials.get(call, "") + encodable(text)

    def replied(self, call: Call, reply: Reply, cost: float | None) -> None:
        self._replies[call] = reply
        self._aside.pop(call, None)
        self._spends.append(replace(_nobodys(call), calls=1, usage=reply.usage, cost=cost))

    def broke(self, call: Call, usage: Usage, cost: float | None, *, exact: bool) -> None:
        aside = self._aside.pop(call, 0.0)
        doubt = 0.0 if exact else max(0.0, aside - (cost or 0.0))
        broken = replace(_nobodys(call), unanswered=1, usage=usage, cost=cost, doubt=doubt)
        self._spends.append(broken)

    def salvaged(self, call: Call, reply: Reply) -> None:
        self._replies[call] = reply

    def partial(self, call: Call) -> str:
        return self._partials.get(call, "")

    def commit(self, outcome: Outcome, files: Mapping[str, str]) -> None:
        texts = accepted(files, self._current(), self._bytes)
        name = outcome.instruction
        start = self._started.pop(name, self._newest)
        seen = Seen(start, self._read.pop(name, set()))
        end = guarded(settled(name, texts, self, seen), self._current(), self)
        self._end(end.ended(outcome))
        for change in end.changes:
            self._keep(change)

    def rearrange(self, moves: Sequence[Move]) -> None:
        for change in tuple(rearranged(moves, self._current(), self)):
            self._keep(change)
        for move in moves:
            ended = self._outcomes[move.instruction]
            self._outcomes[move.instruction] = replace(ended, writes=move.target)
        places = {move.source: move.target for move in moves}
        self._complaints = tuple(moved(c, places) for c in self._complaints)

    def shown(self, instruction: str) -> tuple[Item, ...]:
        """What its agent saw of the book when it was carried out, in order."""
        return self._shown.get(instruction, ())

    def findings(self) -> tuple[Complaint, ...]:
        return self._complaints

    def recheck(self, check: Check) -> None:
        self._complaints = rechecked(self._complaints, check)

    def waived(self) -> frozenset[str]:
        return frozenset(c.finding.key for c in self._complaints if c.state is State.WAIVED)

    def waive(self, key: str, reason: str) -> None:
        self._complaints = tuple(waived(c, key, reason) for c in self._complaints)

    def spend(self) -> tuple[Spend, ...]:
        under_way = (
            replace(_nobodys(call), unanswered=1, doubt=aside)
            for call, aside in [*self._aside.items()]
        )
        return grouped((*self._spends, *under_way))

    def meta(self, key: str) -> str | None:
        return self._meta.get(key)

    def remember(self, key: str, value: str) -> None:
        self._meta[key] = value

    def last_change(self) -> float:
        return max((v.at for versions in [*self._versions.values()] for v in versions), default=0)

    def settings(self) -> str:
        return self._settings

    def begin_settings(self, text: str) -> None:
        self._settings = self._settings or text

    def _current(self) -> dict[str, Version]:
        return {path: versions[-1] for path, versions in [*self._versions.items()]}

    def _keep(self, change: Change) -> None:
        self._newest += 1
        versions = self._versions.get(change.path, [])
        base = versions[-1].id if versions else None
        version = change.version(at=self._now(), number=self._newest, base=base)
        self._put(version.sha, change.text or "")
        # at once: other threads read it meanwhile
        self._versions[change.path] = [*versions, replace(version, projected=True)]
        with self._guard:
            derived.follow(self._derived, change.path, change.text, self._tables)

    def _put(self, sha: str | None, text: str) -> None:
        if sha not in self._texts:
            self._bytes += len(text.encode())
            self._texts[sha] = text

    def _start(self, instruction: str) -> None:
        self._started.setdefault(instruction, self._newest)

    def _end(self, outcome: Outcome) -> None:
        name = outcome.instruction
        others = tuple(c for c in self._complaints if c.instruction != name)
        waivers = {c.finding.key: c.reason for c in self._complaints if c.state is State.WAIVED}
        after = renewed(self._about(name), name, outcome.findings, waivers)
        self._complaints = (*others, *after)
        self._outcomes[name] = replace(outcome, shown=())
        self._shown[name] = outcome.shown
        for call in tuple(self._partials):
            if call.instruction == name:
                del self._partials[call]

    def _about(self, instruction: str) -> tuple[Complaint, ...]:
        return tuple(c for c in self._complaints if c.instruction == instruction)


def _nobodys(call: Call) -> Spend:
    return Spend(call.instruction, call.role, call.model)
