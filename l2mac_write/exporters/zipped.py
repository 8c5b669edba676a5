"""A zip file whose bytes follow from its contents alone, and into which deflated parts go as they are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
VERSION, UNIX = 20, 3 << 8
UTF_8 = 0x800
FIRST_DAY = 0x21
"""1980-01-01, the first date a zip can hold, at midnight."""
READABLE = 0o100644 << 16
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
FIELDS = "<HHHHHIIIHH"


@dataclass(frozen=True, slots=True)
class Squeezed:
    """What a file holds, deflated, with all that a zip says of it."""

    data: bytes
    size: int
    checksum: int
    method: int = DEFLATED


def squeezed(content: bytes) -> Squeezed:
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(content) + deflate.flush()
    return Squeezed(data, len(content), zlib.crc32(content))


def stored(content: bytes) -> Squeezed:
    return Squeezed(content, len(content), zlib.crc32(content), STORED)


def archive(entries: Iterable[tuple[str, Squeezed]]) -> bytes:
    """The entries in this order, under these names."""
    out, directory, count = bytearray(), bytearray(), 0
    for name, squeezed_one in entries:
        said, spelled = _fields(name, squeezed_one), name.encode()
        directory += CENTRAL + struct.pack("<H", UNIX | VERSION) + said
        directory += struct.pack("<HHHII", 0, 0, 0, READABLE, len(out)) + spelled
        out += LOCAL + said + spelled + squeezed_one.data
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + END + end)


def _fields(name: str, one: Squeezed) -> bytes:
    flags = 0 if name.isascii() else UTF_8
    return struct.pack(
        FIELDS,
        *(VERSION, flags, one.method, 0, FIRST_DAY, one.checksum, len(one.data), one.size),
        *(len(name.encode()), 0),
    )
