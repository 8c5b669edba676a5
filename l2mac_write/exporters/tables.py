"""Tables as readers need them: room for every cell, and no heading cell that says nothing.

Markdown drops the cells of a row that is longer than its table's head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

RULER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
BAR = re.compile(r"(?<!\\)\|")


def with_room(source: str) -> str:
    """The same lines, where a head that is too short has gained empty cells."""
    if "|" not in source:
        return source
    lines = source.split("\n")
    for at in range(1, len(lines)):
        if "|" in lines[at - 1] and RULER.fullmatch(lines[at]):
            lines[at - 1 : at + 1] = _widened(lines, at)
    return "\n".join(lines)


def without_empty_headings(tokens: Sequence[Token]) -> Iterator[Token]:
    """A heading cell with no words names no column: it becomes a plain cell."""
    is_empty = False
    for at, token in enumerate(tokens):
        if token.type == "th_open":
            is_empty = not tokens[at + 1].content.strip()
        if is_empty and token.type in {"th_open", "th_close"}:
            yield token.copy(type=token.type.replace("th", "td"), tag="td")
        else:
            yield token


def _widened(lines: Sequence[str], ruler: int) -> tuple[str, str]:
    head, width = lines[ruler - 1], _cells(lines[ruler])
    missing = max(_cells(row) for row in _rows(lines, ruler + 1)) - width
    if missing < 1 or _cells(head) != width:
        return head, lines[ruler]
    return f"{_closed(head)}{' |' * missing}", f"{_closed(lines[ruler])}{'---|' * missing}"


def _rows(lines: Sequence[str], start: int) -> Sequence[str]:
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    return [*lines[start:end], ""]


def _cells(row: str) -> int:
    bare = row.strip()
    bare = bare.removeprefix("|")
    return len(BAR.findall(bare.removesuffix("|"))) + 1


def _closed(row: str) -> str:
    bare = row.rstrip()
    return bare if bare.endswith("|") else f"{bare} |"
