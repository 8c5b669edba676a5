"""What differs between two versions in a terminal: in one column, or side by side in a wide one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from l2mac_write.cli.differences import summary
from l2mac_write.cli.history import when, whose
from l2mac_write.history.changes import Difference
from l2mac_write.history.comparing import Kind, Passage, Piece
from l2mac_write.store.versions import Version
from l2mac_write.text.characters import printable

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
