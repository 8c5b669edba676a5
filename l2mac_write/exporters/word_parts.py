"""What the text of a Word document refers to, collected while it is written."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from l2mac_write.exporters.around import Place

EMU, TWIPS = 9525, 15
"""Of each in one pixel of a screen: Word measures its drawings so, and its text."""
PNG, GIF, JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8\xff"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG that tell its size."""
LARGEST = 65_535
"""Pixels, in either direction."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One list of the text; `level` counts from 0."""

    ordered: bool
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    data: bytes
    width: int
    height: int


@dataclass(slots=True)
class Parts:
    """Grows with the text. Each thing is known by its place, counted from 1."""

    links: dict[str, int] = field(default_factory=dict)
    pictures: dict[bytes, Picture] = field(default_factory=dict)
    lists: list[Numbered] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    places: dict[Place, str] = field(default_factory=dict)
    bookmarks: int = 0
    drawings: int = 0

    def link(self, address: str) -> str:
        return f"link{self.links.setdefault(address, len(self.links) + 1)}"

    def list_of(self, numbered: Numbered) -> int:
        self.lists.append(numbered)
        return len(self.lists)

    def note(self) -> int:
        """Room for a footnote, whose text follows."""
        self.notes.append("")
        return len(self.notes)

    def place(self, page: str, anchor: str = "") -> str:
        """What Word calls this place of the book, which may still be to come."""
        return self.places.setdefault(Place(page, anchor), f"_place{len(self.places) + 1}")

    def bookmark(self, name: str, inside: str = "") -> str:
        """The text with a place in it that a link can lead to."""
        self.bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>{inside}'
            f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        )

    def picture(self, data: bytes) -> tuple[str, Picture] | None:
        """Its name among the relationships; None for what Word cannot show."""
        if data not in self.pictures:
            size = pixels(data)
            if not size:
                return None
            name = f"image{len(self.pictures) + 1}.{_kind(data)}"
            self.pictures[data] = Picture(name, data, *size)
        picture = self.pictures[data]
        return picture.name.partition(".")[0], picture


def pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for anything else."""
    try:
        width, height = _pixels(data)
    except struct.error:
        return None
    return (width, height) if 0 < width <= LARGEST and 0 < height <= LARGEST else None


def _pixels(data: bytes) -> tuple[int, int]:
    if data.startswith(PNG):
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if data.startswith(GIF):
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    return next(_frames(data), (0, 0)) if data.startswith(JPEG) else (0, 0)


def _frames(data: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at < len(data):
        start, marker, length = struct.unpack_from(">BBH", data, at)
        if start != JPEG[0]:
            return
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield width, height
        at += 2 + length


def _kind(data: bytes) -> str:
    return "png" if data.startswith(PNG) else "gif" if data.startswith(GIF) else "jpeg"
