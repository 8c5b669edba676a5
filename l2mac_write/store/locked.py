"""The last door before a book's text: what a person has locked, no agent's text replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from l2mac_write.findings import Finding, Severity
from l2mac_write.locks import CODE, LOCKS, Lock, broken, load
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load as load_plan
from l2mac_write.store.versions import Change, Past, Settled, Version, aside, words


def guarded(end: Settled, current: Mapping[str, Version], past: Past) -> Settled:
    """The same, but that a text which breaks a lock lies beside the one that stays."""
    text, plan_text = (words(current.get(path), past) for path in (LOCKS, PLAN))
    if not text or not plan_text:
        return end
    plan = load_plan(plan_text)
    locks = load(text, plan)
    chapters = {chapter.path: chapter.id for chapter in plan.chapters}
    ends = [
        _guarded(change, locks, chapters, words(current.get(change.path), past), past)
        for change in end.changes
    ]
    changes = tuple(change for each in ends for change in each.changes)
    return Settled(changes, (*end.findings, *(found for each in ends for found in each.findings)))


def _guarded(
    change: Change, locks: Sequence[Lock], chapters: Mapping[str, str], old: str | None, past: Past
) -> Settled:
    chapter = chapters.get(change.path, "")
    hit = broken(locks, chapter, old or "", change.text or "")
    if not hit:
        return Settled((change,))
    place = aside(change.path, past)
    return Settled((replace(change, path=place),), tuple(_told(hit, change.path, place)))


def _told(hit: tuple[Lock, ...], path: str, place: str) -> Iterator[Finding]:
    for lock in hit:
        yield Finding(
            CODE,
            Severity.ADVISE,
            path,
            f"You have locked {lock.what} in `{path}`; it stays, and the agent's text is in `{place}`.",
            hint=f"Take what you like from `{place}`, then delete it.",
        )
