"""A person's own fonts: what they are called, and which characters they can show.

A font file may come from anybody. Only two of its tables are read here, and never beyond its end;
what draws its letters runs in a process of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.book import Manuscript
from l2mac_write.errors import SettingsError

KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
FAMILY, TYPOGRAPHIC_FAMILY = 1, 16
UNICODE, WINDOWS = 0, 3
MOST_GROUPS, LAST = 20_000, 0x10FFFF
MOST_LETTERS = 200_000
"""More than any font has: what claims to show more is none."""


@dataclass(frozen=True, slots=True)
class Font:
    family: str
    shown: frozenset[int]
    content: bytes

    @property
    def ending(self) -> str:
        return ".ttc" if self.content.startswith(b"ttcf") else ".otf"


def fonts(manuscript: Manuscript) -> Sequence[Font]:
    """Those of the edition, in order. Raises `SettingsError` for what is no font."""
    return [_font(path, manuscript.image(path)) for path in manuscript.edition.fonts]


def _font(path: str, content: bytes | None) -> Font:
    if content is None:
        raise SettingsError(
            f"there is no font `{path}` in the book's folder, or it has more than 20 MB."
        )
    try:
        tables = _tables(content)
        family, shown = _family(tables[b"name"]), frozenset(_characters(tables[b"cmap"]))
    except (struct.error, KeyError, IndexError) as error:
        raise SettingsError(f"`{path}` is no whole TrueType or OpenType font.") from error
    if not family or not shown:
        raise SettingsError(f"`{path}` is a font without a name, or without letters.")
    return Font(family, shown, content)


def _tables(content: bytes) -> Mapping[bytes, bytes]:
    """Of the first font, where a file holds several."""
    if content[:4] not in KINDS:
        raise struct.error
    start = struct.unpack_from(">I", content, 12)[0] if content.startswith(b"ttcf") else 0
    (count,) = struct.unpack_from(">H", content, start + 4)
    rows = (struct.unpack_from(">4sIII", content, start + 12 + 16 * n) for n in range(count))
    return {tag: content[offset : offset + length] for tag, _, offset, length in rows}


def _family(table: bytes) -> str:
    _, count, start = struct.unpack_from(">HHH", table)
    found: dict[int, str] = {}
    for at in range(count):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * at)
        if platform in {UNICODE, WINDOWS}:
            name = table[start + offset : start + offset + length].decode("utf-16-be", "replace")
            found.setdefault(kind, name)
    return found.get(TYPOGRAPHIC_FAMILY) or found.get(FAMILY, "")


def _characters(table: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", table, 2)
    left = MOST_LETTERS
    for at in range(count):
        platform, _, start = struct.unpack_from(">HHI", table, 4 + 8 * at)
        for first, last in _ranges(table, start) if platform in {UNICODE, WINDOWS} else ():
            left -= last - first
            if not 0 <= first <= last <= LAST or left < 0:
                raise struct.error
            yield from range(first, last + 1)


def _ranges(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    (form,) = struct.unpack_from(">H", table, start)
    if form == 4:  # noqa: PLR2004 (of the format's own numbers)
        (double,) = struct.unpack_from(">H", table, start + 6)
        ends = struct.unpack_from(f">{double // 2}H", table, start + 14)
        starts = struct.unpack_from(f">{double // 2}H", table, start + 16 + double)
        yield from ((a, b) for a, b in zip(starts, ends, strict=True) if b != 0xFFFF)  # noqa: PLR2004
    elif form == 12:  # noqa: PLR2004
        (groups,) = struct.unpack_from(">I", table, start + 12)
        for at in range(min(groups, MOST_GROUPS)):
            first, last, _ = struct.unpack_from(">III", table, start + 16 + 12 * at)
            yield first, last
