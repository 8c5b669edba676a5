"""Words and values as Typst reads them: whatever a text holds, none of it is an instruction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from l2mac_write.exporters.glyphs import with_glyphs
from l2mac_write.exporters.tokens import NOT_TEXT

SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
SOFT = "\xad"
LINES = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value]"


def escaped(text: str) -> str:
    """Without soft hyphens: Typst divides words itself, and stumbles over one that ends a link."""
    return SPECIAL.sub(
        r"\\\1", LINES.sub(" ", with_glyphs(NOT_TEXT.sub("", text).replace(SOFT, "")))
    )


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
