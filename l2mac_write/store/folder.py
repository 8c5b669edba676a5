"""A book as a folder that a person can read: files in the open, behind them a journal and a lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import RLock
from typing import Any, Self

from l2mac_write.errors import NoSuchFile
from l2mac_write.instructions import Move, Outcome
from l2mac_write.items import Item
from l2mac_write.locks import LOCKS
from l2mac_write.messages import Reply, Usage
from l2mac_write.ports import Call
from l2mac_write.store import database
from l2mac_write.store.complaints import Check, Complaint
from l2mac_write.store.files import DISK, Disk, Files
from l2mac_write.store.journal import Journal
from l2mac_write.store.lock import locked
from l2mac_write.store.locked import guarded
from l2mac_write.store.paths import beside, checked, writable
from l2mac_write.store.places import JOURNAL, PRIVATE, insist_on_a_book, make_private, not_empty
from l2mac_write.store.projection import Projection
from l2mac_write.store.remains import SETTINGS
from l2mac_write.store.restoring import restored
from l2mac_write.store.spending import Spend
from l2mac_write.store.troubles import full
from l2mac_write.store.versions import Change, Origin, Seen, Version, accepted, settled

# No reply is paid for that there may be no room to keep.
ROOM_BYTES = 2_000_000


class BookFolder:
    """Implements `ports.FileStore` and `ports.Journal`. Close it to let others write.

    A person's edit is adopted before anything reads or writes that file, and never overwritten.
    """

    def __init__(self, files: Files, journal: Journal, held: ExitStack) -> None:
        self._files = files
        self._journal = journal
        self._projection = Projection(files, journal)
        self._held = held
        self._guard = RLock()
        self._started: dict[str, int] = {}
        self._read: dict[str, set[int]] = {}

    @staticmethod
    def create(
        root: Path, *, now: Callable[[], float] = time.time, disk: Disk = DISK
    ) -> BookFolder:
        """A new book, open for writing, in a folder that is empty or not there yet.

        What is left of a run that ended before it had written a thing counts as empty.
        """
        root = root.absolute()
        make_private(root)
        return _opened(root, now, disk, is_new=True)

    @staticmethod
    def open(root: Path, *, now: Callable[[], float] = time.time, disk: Disk = DISK) -> BookFolder:
        """The book, locked, with everything in place that an earlier run or a person left."""
        root = root.absolute()
        insist_on_a_book(root)
        return _opened(root, now, disk)

    @staticmethod
    def read_only(root: Path, *, now: Callable[[], float] = time.time) -> BookFolder:
        """The book as it is right now, even during a run; a person's edits are seen, not kept."""
        root = root.absolute()
        insist_on_a_book(root)
        journal = Journal(database.opened_to_read(root / PRIVATE / JOURNAL), now)
        held = ExitStack()
        held.callback(journal.close)
        return BookFolder(Files(root), journal, held)

    @property
    def root(self) -> Path:
        return self._files.root

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        with self._guard:
            self._held.close()

    def paths(self) -> Sequence[str]:
        with self._guard:
            self._projection.adopt_all()
            current = self._journal.history.current()
            return sorted(path for path, version in current.items() if version.sha)

    def read(self, path: str, *, by: str = "") -> str:
        with self._guard:
            path = checked(path)
            self._projection.adopt((path,))
            newest = self._journal.history.current().get(path)
            if newest is None or newest.sha is None:
                raise NoSuchFile(path)
            self._read.setdefault(by, set()).add(newest.id)
            return self._journal.history.text(newest)

    def versions(self, path: str) -> tuple[Version, ...]:
        """Oldest first; `text` tells what each one held."""
        with self._guard:
            path = checked(path)
            self._projection.adopt((path,))
            return self._journal.history.versions(path)

    def every_version(self) -> tuple[Version, ...]:
        """Of all files, oldest first."""
        with self._guard:
            self._projection.adopt_all()
            return self._journal.history.every()

    def text(self, version: Version) -> str:
        """Empty for a deletion."""
        return self._journal.history.text(version)

    def adopt(self) -> None:
        """Takes in all that a person changed, added or deleted."""
        with self._guard:
            self._projection.adopt_all()

    def restore(self, path: str) -> bool:
        """Whether the file was gone or empty and has its last text back now, as a new version."""
        with self._guard:
            return restored(self._files, self._journal, self._projection, checked(path))

    def outcomes(self) -> Mapping[str, Outcome]:
        return self._journal.outcomes()

    def recall(self, call: Call) -> Reply | None:
        self._start(call.instruction)
        return self._journal.calls.recall(call)

    def sending(self, call: Call, ceiling: float | None) -> None:
        self._start(call.instruction)
        if self._files.free() < ROOM_BYTES:
            raise full(self._files.root)
        self._journal.calls.sending(call, ceiling)

    def heard(self, call: Call, text: str) -> None:
        self._journal.calls.heard(call, text)

    def broke(self, call: Call, usage: Usage, cost: float | None, *, exact: bool) -> None:
        self._journal.calls.broke(call, usage, cost, exact=exact)

    def salvaged(self, call: Call, reply: Reply) -> None:
        self._journal.calls.salvaged(call, reply)

    def replied(self, call: Call, reply: Reply, cost: float | None) -> None:
        self._journal.calls.replied(call, reply, cost)

    def partial(self, call: Call) -> str:
        """What a call that broke off had said before."""
        return self._journal.calls.partial(call)

    def commit(self, outcome: Outcome, files: Mapping[str, str]) -> None:
        """Where a person was faster, the agent's text is merged with theirs, or goes beside it."""
        with self._guard:
            history = self._journal.history
            texts = accepted(files, history.current(), history.size())
            self._projection.adopt((*texts, *map(beside, texts)))
            name = outcome.instruction
            start = self._started.pop(name, history.newest())
            seen = Seen(start, self._read.pop(name, set()))
            end = guarded(settled(name, texts, history, seen), history.current(), history)
            self._journal.commit(end.ended(outcome), end.changes)
            self._projection.project()

    def end(self, outcomes: Iterable[Outcome]) -> None:
        """Instructions for which nothing is left to do."""
        with self._guard:
            self._journal.end(outcomes)

    def rearrange(self, moves: Sequence[Move]) -> None:
        """In a book opened to read, for that reading alone."""
        with self._guard:
            for move in moves:
                writable(move.target)
            self._projection.adopt({p for move in moves for p in (move.source, move.target)})
            if self._journal.rearrange(moves):
                self._projection.project()

    def revise(
        self,
        on: Version,
        text: str | None,
        why: str,
        also: Mapping[str, str | None] | None = None,
    ) -> None:
        """What a person decides about a text, as a new version made from `on`, the newest one.

        With it, and only with it, `also` the other files change.
        What follows from the text follows. Raises `UsageError` where they have edited it meanwhile.
        """
        with self._guard:
            self._projection.adopt((on.path,))
            self._journal.insist_on_newest(on)
            self.decide({on.path: text, **(also or {})}, why)

    def decide(self, texts: Mapping[str, str | None], why: str) -> None:
        """Texts as a person decides them, all at once or none; None takes a file away.

        What they have edited meanwhile is an earlier version then.
        """
        with self._guard:
            self._projection.adopt(texts)
            changes = [Change(path, text, Origin.REVISION, why) for path, text in texts.items()]
            self._journal.decide(changes)
            self._projection.project()

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Of the tables that follow from the texts; see `derived`."""
        return self._journal.rows(statement, *values)

    def shown(self, instruction: str) -> tuple[Item, ...]:
        """What its agent saw of the book when it was carried out, in order."""
        return self._journal.shown(instruction)

    def readers(self, fact: str) -> frozenset[str]:
        """The instructions whose agents were shown the row of the ledger with that id."""
        return self._journal.readers(fact)

    def findings(self) -> tuple[Complaint, ...]:
        return self._journal.findings()

    def recheck(self, check: Check) -> None:
        """What is known of the checked files is what the check has found in them."""
        self._journal.recheck(check)

    def waived(self) -> frozenset[str]:
        return self._journal.waived()

    def waive(self, key: str, reason: str) -> None:
        self._journal.waive(key, reason)

    def spend(self) -> tuple[Spend, ...]:
        return self._journal.calls.spend()

    def meta(self, key: str) -> str | None:
        return self._journal.meta(key)

    def remember(self, key: str, value: str) -> None:
        self._journal.remember(key, value)

    def last_change(self) -> float:
        return self._journal.last_change()

    def settings(self) -> str:
        """What `book.toml` says, empty without one. It is the person's: nothing else is kept of it."""
        return self._files.read(SETTINGS) or ""

    def begin_settings(self, text: str) -> None:
        """Writes the first `book.toml`; from then on only the person changes it."""
        self._journal.insist_on_writing()
        if self._files.read(SETTINGS) is None:
            self._files.write(SETTINGS, text)

    def keep_locks(self, text: str) -> None:
        """What `locks.toml` says from now on, as a person has it."""
        with self._guard:
            self._journal.insist_on_writing()
            self._files.write(LOCKS, text)
            self._projection.adopt((LOCKS,))

    def _start(self, instruction: str) -> None:
        with self._guard:
            if instruction not in self._started:
                self._started[instruction] = self._journal.history.newest()


def _opened(
    root: Path, now: Callable[[], float], disk: Disk, *, is_new: bool = False
) -> BookFolder:
    with ExitStack() as held:
        held.enter_context(locked(root / PRIVATE / "lock"))
        journal = Journal(database.opened(root / PRIVATE / JOURNAL), now)
        held.callback(journal.close)
        if is_new and journal.history.newest():
            raise not_empty(root)
        files = Files(root, disk)
        files.clean()
        journal.calls.give_up()
        projection = Projection(files, journal)
        projection.project()
        projection.adopt_all()
        return BookFolder(files, journal, held.pop_all())
