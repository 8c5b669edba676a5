"""What a change has made false and which chapters rely on it, as prose or as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from l2mac_write.cli.history import whose
from l2mac_write.history.altering import what
from l2mac_write.history.impacts import Impact, Impacts, Reliance
from l2mac_write.ledger.rows import Fact
from l2mac_write.store.versions import Version

SHOWN = 3
"""Sentences of a chapter that are quoted; `--json` has them all."""
NOTHING = "Nothing that the ledger knows of it has changed."
UNREAD = "What it says instead is known once it is read: `l2mac-write resume` does that."


def told(found: Impacts) -> Iterator[str]:
    if found.chapter and found.new:
        was, now = _version(found.old), _version(found.new)
        yield f"{found.chapter.listed} ({found.chapter.path}): {was} → {now}"
    if not found.impacts:
        yield NOTHING
    for one in found.impacts:
        yield from ("", *_impact(one))
    if found.impacts:
        yield from ("", _summary(found))
    if found.chapter and not found.is_read:
        yield UNREAD


def _impact(one: Impact) -> Iterator[str]:
    row, change = one.altered.row, one.altered
    new = change.new.value if isinstance(change.new, Fact) else ""
    yield what(row) + (f", now `{new}`" if new else "")
    yield f"  said   “{row.quote}”"
    if change.now:
        yield f"  now    “{change.now}”"
    for reliance in one.reliances:
        yield from _reliance(reliance)
    if not one.reliances:
        yield "  No other chapter says so."


def _reliance(found: Reliance) -> Iterator[str]:
    chapter, seen = found.chapter, " (its writer was shown it)" if found.shown else ""
    yield f"  {chapter.listed}{seen}"
    for mention in found.mentions[:SHOWN]:
        yield f"     paragraph {mention.paragraph}: “{mention.quote}”"
    if more := len(found.mentions) - SHOWN:
        yield from (f"     and {more} more",) * (more > 0)


def _summary(found: Impacts) -> str:
    count, numbers = len(found.impacts), [chapter.address for chapter in found.chapters]
    named = f"chapter{'s' * (len(numbers) != 1)} {', '.join(numbers)}"
    rely = (
        f"{named} rel{'y' if len(numbers) != 1 else 'ies'} on"
        if numbers
        else "no other chapter relies on"
    )
    return f"{count} thing{'s' * (count != 1)}; {rely} {'them' if count != 1 else 'it'}."


def _version(version: Version | None) -> str:
    if version is None:
        return "nothing"
    return f"version {version.id or 'now'} ({whose(version.origin, version.instruction)})"


def document(found: Impacts) -> dict[str, Any]:
    return {
        "chapter": found.chapter.shown if found.chapter else None,
        "path": found.chapter.path if found.chapter else None,
        "old": found.old.id if found.old else None,
        "new": found.new.id if found.new else None,
        "read": found.is_read,
        "facts": [_row(one) for one in found.impacts],
        "chapters": [chapter.shown for chapter in found.chapters],
    }


def _row(one: Impact) -> dict[str, Any]:
    row, change = one.altered.row, one.altered
    return {
        "kind": row.table,
        "id": row.id,
        **asdict(row),
        "now": change.now,
        "new": asdict(change.new) if change.new else None,
        "chapters": [
            {
                "chapter": found.chapter.shown,
                "title": found.chapter.title,
                "path": found.chapter.path,
                "shown": found.shown,
                "mentions": [asdict(mention) for mention in found.mentions],
            }
            for found in one.reliances
        ],
    }
