"""Words and values as Typst reads them: whatever a text holds, none of it is an instruction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from l2mac_write.exporters.glyphs import with_glyphs
from l2mac_write.exporters.tokens import NOT_TEXT

SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
LONG = re.compile(r"\S{16,}")
AFTER_A_MARK = re.compile(r"(?<=[^\w\s])(?=\w)|(?<=_)(?=[^\W_])|(?<=\w{12})(?=\w{12})")
ENDLESS = re.compile(r"[^\W_]{40,}")
ROOM = "\u200b"
SOFT = "\xad"
LINES = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value]"


def escaped(text: str) -> str:
    """Without soft hyphens: Typst divides words itself, and stumbles over one that ends a link."""
    return SPECIAL.sub(
        r"\\\1", LINES.sub(" ", with_glyphs(NOT_TEXT.sub("", text).replace(SOFT, "")))
    )


def with_breaks(code: str) -> str:
    """The same with places where a word that is too long for a line may be broken."""
    return LONG.sub(lambda word: AFTER_A_MARK.sub(ROOM, word[0]), code)


def with_ends(listing: str) -> str:
    """The same where nothing but letters and figures would leave the sheet."""
    return ENDLESS.sub(lambda word: ROOM.join(word[0]), listing)


def quoted(text: str) -> str:
    """A string of Typst that is exactly this text."""
    safe = with_glyphs(NOT_TEXT.sub("", text)).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + safe.replace("\n", "\\n") + '"'


def literal(value: Value) -> str:
    """A value of Typst: lengths are numbers of points."""
    match value:
        case bool() | int():
            return str(value).lower()
        case str():
            return quoted(value)
        case float():
            return f"{value:.2f}pt"
        case tuple():
            return f"({''.join(f'{literal(one)}, ' for one in value)})"
        case Mapping():
            return f"({', '.join(f'{name}: {literal(one)}' for name, one in value.items())})"
