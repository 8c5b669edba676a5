"""How large is a printed page, and how wide are its margins? All lengths are in points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from l2mac_write.errors import SettingsError

INCH = 72.0
GUTTERS = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
"""The narrowest inner margin, in inches, that KDP prints a book of up to so many pages with."""
MOST_PAGES = GUTTERS[-1][0]
EASE = 0.25 * INCH
"""More than the narrowest, so that no line runs into the fold."""


LETTER, PITCH = 0.435, 1.31
"""How wide a letter is on average and how far lines stand apart, in sizes of the type."""
OPENING, FRONT, FEW = 0.75, 4, 300
"""How much of a page a chapter leaves empty, how many pages stand before the text, and how
many a book has if nothing else is known."""


@dataclass(frozen=True, slots=True)
class Trim:
    width: float
    height: float
    outside: float
    top: float
    bottom: float
    size: float

    def inside(self, pages: int) -> float:
        """The inner margin of a book of so many pages, which on a wide page is not the narrower."""
        inches = next((width for most, width in GUTTERS if pages <= most), GUTTERS[-1][1])
        return max(inches * INCH + EASE, self.outside - EASE / 2)

    def pages(self, markup: str) -> int:
        """About how many pages a book will have; a guess, which the printer then mends."""
        measure = (self.width - self.outside - self.inside(FEW)) / (LETTER * self.size)
        lines = sum(
            math.ceil((len(text) - text.count("\\")) / measure) for text in markup.split("\n\n")
        )
        height = (self.height - self.top - self.bottom) / (PITCH * self.size)
        return round(FRONT + lines / height + OPENING * markup.count("#section("))


TRIMS: Mapping[str, Trim] = {
    "6x9": Trim(6 * INCH, 9 * INCH, 45.0, 63.0, 63.0, 11.0),
    "5x8": Trim(5 * INCH, 8 * INCH, 37.0, 56.0, 56.0, 10.5),
    "5.5x8.5": Trim(5.5 * INCH, 8.5 * INCH, 41.0, 60.0, 60.0, 10.75),
    "a5": Trim(419.53, 595.28, 42.0, 58.0, 58.0, 10.5),
    "a4": Trim(595.28, 841.89, 85.0, 85.0, 92.0, 11.5),
    "letter": Trim(8.5 * INCH, 11 * INCH, 88.0, 79.0, 86.0, 11.5),
}
USUAL = "6x9"


def trim(name: str) -> Trim:
    """The size a person asked for, 6x9 inches if none. Raises `SettingsError` for no size."""
    spelled = name.lower().replace(" ", "").replace("×", "x") or USUAL
    if spelled not in TRIMS:
        raise SettingsError(
            f"there is no page size `{name}`; `edition.trim` may be: {', '.join(TRIMS)}."
        )
    return TRIMS[spelled]
