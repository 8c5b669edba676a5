"""What a person protects in a book on disk, and what they let go again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.called import chapter_called, planned
from l2mac_write.errors import UsageError
from l2mac_write.history.impacts import facts_called
from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.locks import Lock, dump
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.reading.standing import follow_plan, locks_of, plan_of
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger


@dataclass(frozen=True, slots=True)
class Locked:
    """A lock as it stands: `number` counts from 1, `chapter` is None where the plan has none such.

    It `holds` where the words that it protects are there.
    """

    number: int
    lock: Lock
    chapter: ChapterPlan | None
    holds: bool


def locks(root: Path) -> tuple[Locked, ...]:
    """All there are, in the order of `locks.toml`."""
    with closing(BookFolder.read_only(root)) as folder:
        follow_plan(folder)
        plan = plan_of(folder)
        there = {chapter.id: chapter for chapter in plan.chapters} if plan else {}
        found = enumerate(locks_of(folder, plan), start=1)
        return tuple(_standing(number, lock, there, folder) for number, lock in found)


def lock(root: Path, name: str = "", quote: str = "", *, fact: str = "", why: str = "") -> Locked:
    """Protect a chapter, the passage `quote` of it, or a fact, as `impact_of_fact` takes it.

    Raises `UsageError` for what is not there, or is locked already.
    """
    with closing(BookFolder.open(root)) as folder:
        follow_plan(folder)
        plan = planned(plan_of(folder))
        new = (
            _of_fact(folder, plan, fact, why) if fact else _of_text(folder, plan, name, quote, why)
        )
        known = locks_of(folder, plan)
        if any(
            (old.chapter, old.quote, old.key) == (new.chapter, new.quote, new.key) for old in known
        ):
            raise UsageError(f"{new.what} is locked already.")
        folder.keep_locks(dump((*known, new)))
        there = {chapter.id: chapter for chapter in plan.chapters}
        return _standing(len(known) + 1, new, there, folder)


def unlock(root: Path, number: int) -> Lock:
    """Let go the lock of that number. Raises `UsageError` where there is none."""
    with closing(BookFolder.open(root)) as folder:
        known = [*locks_of(folder, plan_of(folder))]
        if not 0 < number <= len(known):
            many = f"there are {len(known)}" if known else "there is none"
            raise UsageError(f"there is no lock {number}: {many}. `l2mac-write lock` shows them.")
        gone = known.pop(number - 1)
        folder.keep_locks(dump(known))
        return gone


def _standing(number: int, lock: Lock, there: dict[str, ChapterPlan], folder: BookFolder) -> Locked:
    chapter = there.get(lock.chapter)
    is_there = chapter and chapter.path in folder.paths()
    text = folder.read(chapter.path) if chapter and is_there else ""
    return Locked(number, lock, chapter, bool(text) and lock.quote in text)


def _of_text(folder: BookFolder, plan: Plan, name: str, quote: str, why: str) -> Lock:
    chapter = chapter_called(plan, name)
    if chapter.path not in folder.paths():
        raise UsageError(f"{chapter.named} has no text yet.")
    if not quote:
        return Lock(chapter.id, why=why)
    text, quote = folder.read(chapter.path), quote.strip()
    if quote in text:
        return Lock(chapter.id, quote, why=why)
    found = Anchors(text).find(quote)
    if not found:
        raise UsageError(f"{chapter.named} does not have these words: {quote}")
    return Lock(chapter.id, found.quote, why=why)


def _of_fact(folder: BookFolder, plan: Plan, fact: str, why: str) -> Lock:
    ids = [chapter.id for chapter in plan.chapters]
    ledger = StoredLedger(folder.rows)
    found = facts_called(fact, ledger.entities(ids), ledger.facts(ids))
    if len(found) > 1:
        told = ", ".join(f"`{row.subject} {row.key}` ({row.value})" for row in found[:8])
        raise UsageError(f"`{fact}` may be one of {len(found)} facts: {told}. Say which.")
    row = found[0]
    return Lock(row.chapter, row.quote if row.chapter else "", row.subject, row.key, row.value, why)
