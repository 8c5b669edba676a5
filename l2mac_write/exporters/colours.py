"""The colours of a cover: they follow from its title, and its words can always be read on them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

LEAST = 4.5
"""The contrast that WCAG 2.2 (1.4.3, level AA) asks for between words and their ground."""
Rgb: TypeAlias = tuple[float, float, float]
TURN = 360.0
APART = (28.0, 150.0, 180.0, 210.0)
"""How far the second hue may be from the first, in degrees."""


@dataclass(frozen=True, slots=True)
class Palette:
    """`ink` stands on `ground`, `plate_ink` on `plate`; `accent` and `shade` carry no words."""

    ground: str
    ink: str
    plate: str
    plate_ink: str
    accent: str
    shade: str


def palette(title: str, *, is_dark: bool) -> Palette:
    """On a dark ground or a light one, as the design of the cover wants it."""
    first, second = _hues(title)
    ground = _colour(0.24 if is_dark else 0.94, 0.06 if is_dark else 0.025, first)
    plate = _colour(0.95 if is_dark else 0.3, 0.02 if is_dark else 0.08, second)
    return Palette(
        _hex(ground),
        _hex(_readable(ground, first)),
        _hex(plate),
        _hex(_readable(plate, second)),
        _hex(_colour(0.72 if is_dark else 0.58, 0.13, second)),
        _hex(_colour(0.36 if is_dark else 0.82, 0.08, first)),
    )


def contrast(one: str, other: str) -> float:
    """From 1 for the same colour to 21 for black on white."""
    high, low = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def variations(title: str, count: int) -> tuple[float, ...]:
    """Numbers from 0 to 1 that are this title's own."""
    return tuple(byte / 255 for byte in _digest(title)[2 : 2 + count])


def _hues(title: str) -> tuple[float, float]:
    one, other = _digest(title)[:2]
    first = one * TURN / 256
    return first, (first + APART[other % len(APART)]) % TURN


def _digest(title: str) -> bytes:
    return sha256(title.encode("utf-8", "replace")).digest()


def _readable(ground: Rgb, hue: float) -> Rgb:
    """The most colourful ink of this hue that can be read there, else black or white."""
    for lightness, chroma in _inks(is_on_dark=_luminance(ground) < 0.18):  # noqa: PLR2004 (where black and white contrast alike)
        ink = _colour(lightness, chroma, hue)
        if contrast(_hex(ink), _hex(ground)) >= 1.5 * LEAST:
            return ink
    return (1.0, 1.0, 1.0) if _luminance(ground) < 0.18 else (0.0, 0.0, 0.0)  # noqa: PLR2004


def _inks(*, is_on_dark: bool) -> Iterator[tuple[float, float]]:
    for step in range(8):
        yield (0.86 + step * 0.02, 0.07) if is_on_dark else (0.36 - step * 0.03, 0.09)


def _colour(lightness: float, chroma: float, hue: float) -> Rgb:
    """A colour of OKLCH, as far as a screen can show it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (_shown(min(max(part, 0.0), 1.0)) for part in linear)
    return red, green, blue


def _shown(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055  # noqa: PLR2004 (of the sRGB standard)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (of the sRGB standard)
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
