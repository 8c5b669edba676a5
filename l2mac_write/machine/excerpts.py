"""A part of what an agent asked for, as much as has room, and how to get the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l2mac_write.errors import ToolError

BYTES_PER_TOKEN = 4
SPARE = 160
"""Bytes that are kept free for the words which say how to go on."""
HEADING = re.compile(r"(?m)^(#{1,6})[ \t]+(.+?)[ \t]*$")
HEADINGS_TOLD = 20


def bytes_of(text: str) -> bytes:
    """A model may say half a character."""
    return text.encode("utf-8", "replace")


def head(text: str, room: int) -> str:
    """The beginning of the text that takes so many tokens, to the end of a line where it can."""
    most = max(1, room * BYTES_PER_TOKEN - SPARE)
    if len(text) * BYTES_PER_TOKEN <= most or len(bytes_of(text)) <= most:
        return text
    kept = bytes_of(text[:most])[:most].decode(errors="ignore")
    lines = kept.rpartition("\n")[0]
    return f"{lines}\n" if len(lines) > len(kept) // 2 else kept or text[:1]


def excerpt(text: str, start: int, end: int, room: int) -> str:
    """Of `text[start:end]` as much as has room. Characters are counted from 1 where it is told."""
    if start >= len(text) > 0:
        raise ToolError(f"the file has {len(text)} characters, fewer than you ask for")
    kept = head(text[start:end], room)
    stop = start + len(kept)
    if stop >= end:
        return kept
    return (
        f"{kept.rstrip()}\n(characters {start + 1}-{stop} of {len(text)}; ask for"
        f" first_character={stop + 1} to go on)"
    )


def of_lines(text: str, first: int, last: int) -> tuple[int, int]:
    """Where these lines begin and end."""
    lines = text.splitlines(keepends=True)
    if text and not 1 <= first <= min(last, len(lines)):
        raise ToolError(f"there are no lines {first} to {last}: the file has {len(lines)}")
    return sum(map(len, lines[: first - 1])), sum(map(len, lines[:last]))


def of_heading(text: str, heading: str) -> tuple[int, int]:
    """Where what stands under a heading begins and ends, its own heading and smaller ones with it."""
    wanted, found = _plain(heading), list(HEADING.finditer(text))
    for number, one in enumerate(found):
        if _plain(one[2]) == wanted:
            ends = (m.start() for m in found[number + 1 :] if len(m[1]) <= len(one[1]))
            return one.start(), next(ends, len(text))
    there = ", ".join(f"`{one[2]}`" for one in found[:HEADINGS_TOLD]) or "none"
    raise ToolError(f"there is no heading `{heading}`; there are: {there}")


def rows(found: Sequence[str], first: int, room: int) -> str:
    """The answers from that number on, counted from 1, as many as have room."""
    left, shown = room * BYTES_PER_TOKEN - SPARE, list[str]()
    for row in found[max(1, first) - 1 :]:
        if shown and len(bytes_of(row)) + 1 > left:
            break
        shown.append(head(row, room))
        left -= len(bytes_of(row)) + 1
    end = max(1, first) - 1 + len(shown)
    more = f"\n({len(found) - end} more; ask for first={end + 1} to go on)"
    return "\n".join(shown) + (more if end < len(found) else "")


def _plain(heading: str) -> str:
    return " ".join(heading.strip("# \t\n").casefold().split())
