"""What differs between two versions, as a document and in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from l2mac_write.cli import printing
from l2mac_write.history.changes import Difference
from l2mac_write.history.comparing import Kind, Passage, words
from l2mac_write.store.versions import Version


def summary(passages: Sequence[Passage]) -> str:
    out, in_ = words(passages, Kind.REMOVED), words(passages, Kind.ADDED)
    return f"Words: {out:,} out, {in_:,} in."


def tell_turn(found: Difference, *, as_json: bool) -> None:
    """What undoing or redoing a change has come to."""
    if as_json:
        printing.document(document(found))
        return
    new = found.new
    click.echo(
        f"{found.path}: {new.instruction}. {summary(found.passages)} It is version {new.id} now."
    )


def document(found: Difference) -> dict[str, Any]:
    """Every passage with its paragraph's number; of one that is the same, how long it is."""
    return {
        "path": found.path,
        "old": version_row(found.old) if found.old else None,
        "new": version_row(found.new),
        "words_removed": words(found.passages, Kind.REMOVED),
        "words_added": words(found.passages, Kind.ADDED),
        "passages": passage_rows(found.passages),
    }


def passage_rows(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    return [_row(passage) for passage in passages]


def version_row(version: Version) -> dict[str, Any]:
    return {
        "number": version.id,
        "at": version.at,
        "path": version.path,
        "by": version.origin,
        "instruction": version.instruction,
        "gone": version.sha is None,
    }


def _row(passage: Passage) -> dict[str, Any]:
    here = {"paragraph": passage.paragraph, "paragraphs": passage.paragraphs}
    told = [{"kind": piece.kind, "text": piece.text} for piece in passage.pieces]
    return {**here, "changed": passage.is_changed, "pieces": told if passage.is_changed else []}
