"""Tiny images for the exporters' tests."""

import struct
import zlib

GIF = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")
SVG = b"""<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"
 xmlns:x="http://example.org/x" x:maker="me" onload="steal()"><script>steal()</script>
<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>
<rect width="9" height="9" fill="url(#g)"/><rect width="1" height="1" style="fill:url(http://x.y/z)"/>
<image href="http://example.org/a.png"/><text x="1" y="8">A</text></svg>"""


def png(width: int = 2, height: int = 3) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
