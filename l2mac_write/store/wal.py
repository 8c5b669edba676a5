"""SQLite's write-ahead log, read without SQLite: which of its frames are sound.

SQLite itself stops without a word at the first frame that is not, and forgets all behind it.
The format is described in https://sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Sums: TypeAlias = tuple[int, int]

HEADER, FRAME_HEADER, USUAL_PAGE = 32, 24, 4096
LITTLE_ENDIAN = 0x377F0682
WORD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Frame:
    """One page; `ends` marks the last one of a transaction."""

    page: int
    ends: bool
    data: bytes
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Log:
    header_is_sound: bool
    page_size: int
    frames: tuple[Frame, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether something sound lies behind something that is not; a torn end is no damage."""
        good = [frame.is_sound for frame in self.frames]
        behind = good[good.index(False) :] if False in good else []
        return bool(good) and (not self.header_is_sound or True in behind)


def read(data: bytes) -> Log:
    if len(data) < HEADER:
        return Log(header_is_sound=True, page_size=USUAL_PAGE, frames=())
    magic, _, page_size, _, *_ = struct.unpack(">8I", data[:HEADER])
    order = "<" if magic == LITTLE_ENDIAN else ">"
    is_sound = _sums(data[:24], (0, 0), order) == struct.unpack(">2I", data[24:HEADER])
    page_size = page_size if is_sound else USUAL_PAGE
    return Log(is_sound, page_size, tuple(_frames(data, page_size, order, is_sound=is_sound)))


def applied(log: Log, image: bytes) -> bytes:
    """The database with every sound page of the log, up to the last whole transaction."""
    sound = [frame for frame in log.frames if frame.is_sound]
    last = max((n for n, frame in enumerate(sound, 1) if frame.ends), default=0)
    pages = bytearray(image)
    for frame in sound[:last]:
        start = (frame.page - 1) * log.page_size
        pages.extend(bytes(max(0, start + log.page_size - len(pages))))
        pages[start : start + log.page_size] = frame.data
    return bytes(pages)


def _frames(data: bytes, page_size: int, order: str, *, is_sound: bool) -> Iterator[Frame]:
    """Each is judged by what its predecessor says of itself, so that one bad frame stays alone."""
    size = FRAME_HEADER + page_size
    # The first frame never belongs to an older log, as later ones may.
    salts = data[16:24] if is_sound else data[HEADER + 8 : HEADER + 16]
    before = struct.unpack(">2I", data[24:HEADER])
    for start in range(HEADER, len(data) - size + 1, size):
        page, pages, _, _, *sums = struct.unpack(">6I", data[start : start + FRAME_HEADER])
        body = data[start + FRAME_HEADER : start + size]
        ours = data[start + 8 : start + 16] == salts and page > 0
        expected = _sums(data[start : start + 8] + body, before, order) if ours else ()
        before = (sums[0], sums[1])
        yield Frame(page, bool(pages), body, expected == before)


def _sums(data: bytes, sums: Sums, order: str) -> Sums:
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for one, two in zip(words, words, strict=True):
        first = (first + one + second) & WORD
        second = (second + two + first) & WORD
    return first, second
