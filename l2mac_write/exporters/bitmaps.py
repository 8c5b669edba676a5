"""How large is an image? Read from its head, so that none has to be unpacked to know."""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that begin a picture, and so say its size."""


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else, and for what breaks off."""
    if content.startswith(PNG) and len(content) > 24:  # noqa: PLR2004 (its head)
        width, height = struct.unpack(">II", content[16:24])
        return (width, height) if width and height else None
    return _of_jpeg(content) if content.startswith(JPEG) else None


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 (begins every marker)
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + max(length, 2)
    return None
