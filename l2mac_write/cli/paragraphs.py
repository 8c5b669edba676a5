"""What differs between two versions in a terminal: in one column, or side by side in a wide one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from l2mac_write.changes import Difference
from l2mac_write.characters import printable
from l2mac_write.cli import printing
from l2mac_write.cli.history import when, whose
from l2mac_write.comparing import Kind, Passage, Piece, words
from l2mac_write.store.versions import Version

WIDE = 120
"""Columns from which on two texts are legible beside each other."""
STYLES: Mapping[Kind, str] = {
    Kind.SAME: "",
    Kind.REMOVED: "red strike",
    Kind.ADDED: "bold green",
}
MARKS: Mapping[Kind, str] = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
"""What tells a change where there is no colour, as in `wdiff`."""


def show(found: Difference, console: Console | None = None) -> None:
    console = console or Console()
    heads = [_name(found.old), _name(found.new)]
    console.print(Text(f"{found.path}: {heads[0]} → {heads[1]}", style="bold"), soft_wrap=True)
    show_passages(found.passages, console)


def show_passages(passages: Sequence[Passage], console: Console) -> None:
    if not any(passage.is_changed for passage in passages):
        console.print(Text("No word is different."))
        return
    rows = map(_beside if console.width >= WIDE else _inline, passages)
    for row in rows:
        console.print(row, soft_wrap=not console.is_terminal)
    console.print(Text(summary(passages), style="dim"))


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


def _name(version: Version | None) -> str:
    if version is None:
        return "nothing"
    by = whose(version.origin, version.instruction)
    return f"version {version.id or 'now'} ({by}, {when(version.at)})"


def _inline(passage: Passage) -> RenderableType:
    if not passage.is_changed:
        return _folded(passage)
    return Group(_place(passage), _text(passage.pieces), Text(""))


def _beside(passage: Passage) -> RenderableType:
    if not passage.is_changed:
        return _folded(passage)
    table = Table.grid(padding=(0, 2), expand=True)
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    sides = (
        [p for p in passage.pieces if p.kind is not kind] for kind in (Kind.ADDED, Kind.REMOVED)
    )
    table.add_row(*map(_text, sides))
    return Group(_place(passage), table, Text(""))


def _place(passage: Passage) -> Text:
    return Text(f"paragraph {passage.paragraph}", style="dim")


def _folded(passage: Passage) -> Text:
    count = passage.paragraphs
    return Text(f"… {count} paragraph{'s' * (count != 1)} as before …", style="dim")


def _text(pieces: Iterable[Piece]) -> Text:
    """Without the blank lines around it, nor any within a mark."""
    text = Text()
    for piece in pieces:
        words = printable(piece.text)
        before, after = _blank(words), _blank(words[::-1]) if words.strip("\n") else 0
        text.append(words[:before])
        if marked := words[before : len(words) - after]:
            text.append(MARKS[piece.kind].format(marked), STYLES[piece.kind])
        text.append("\n" * after)
    return text[_blank(text.plain) : len(text) - _blank(text.plain[::-1])]


def _blank(text: str) -> int:
    """How many lines end before the first character."""
    return len(text) - len(text.lstrip("\n"))
