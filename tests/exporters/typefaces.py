"""A font of one letter, made of its tables one by one."""

import struct

GLYPH = struct.pack(">hhhhh", 1, 0, 0, 800, 800) + struct.pack(">HH", 3, 0) + bytes((1,) * 4)
GLYPH += struct.pack(">4h", 0, 800, 0, -800) + struct.pack(">4h", 0, 0, 800, 0)


def typeface(letter: int = 0x2D30, family: str = "Sand") -> bytes:
    """A square stands for that letter."""
    tables = {
        b"OS/2": _os2(letter),
        b"cmap": _cmap(letter),
        b"glyf": GLYPH * 2,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 800, 800, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 1000, *([0] * 11), 2),
        b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 0),
        b"loca": struct.pack(">III", 0, len(GLYPH), 2 * len(GLYPH)),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name(family),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    return _file(tables)


def _file(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 32)
    at, rows, body = 12 + 16 * len(tables), b"", b""
    for tag, content in sorted(tables.items()):
        padded = content + bytes(-len(content) % 4)
        rows += tag + struct.pack(">III", 0, at + len(body), len(content))
        body += padded
    return head + rows + body


def _cmap(letter: int) -> bytes:
    table = struct.pack(">HHHHHHH", 4, 32, 0, 4, 4, 1, 0) + struct.pack(">HH", letter, 0xFFFF)
    table += struct.pack(">HHH", 0, letter, 0xFFFF)
    table += struct.pack(">HHHH", (1 - letter) & 0xFFFF, 1, 0, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _name(family: str) -> bytes:
    names = {1: family, 2: "Regular", 4: family, 6: family}
    rows, text = b"", b""
    for kind, said in names.items():
        spelled = said.encode("utf-16-be")
        rows += struct.pack(">6H", 3, 1, 0x409, kind, len(spelled), len(text))
        text += spelled
    return struct.pack(">HHH", 0, len(names), 6 + len(rows)) + rows + text


def _os2(letter: int) -> bytes:
    return struct.pack(
        ">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHH",
        3, 1000, 400, 5, 0, *([0] * 11), bytes(10), 0, 0, 0, 0, b"none", 64, letter, letter,
        800, -200, 0, 800, 200,
    ) + struct.pack(">IIhhHHH", 0, 0, 0, 0, 0, 0, 0)  # fmt: skip
