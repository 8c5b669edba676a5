"""How large is a printed page, and how wide are its margins? All lengths are in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from l2mac_write.errors import SettingsError

INCH = 72.0
GUTTERS = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
"""The narrowest inner margin, in inches, that KDP prints a book of up to so many pages with."""
MOST_PAGES = GUTTERS[-1][0]
EASE = 0.25 * INCH
"""More than the narrowest, so that no line runs into the fold."""


@dataclass(frozen=True, slots=True)
class Trim:
    width: float
    height: float
    outside: float
    top: float
    bottom: float
    size: float

    @property
    def capacity(self) -> float:
        """About how many characters a page holds; a guess to begin with."""
        measure = self.width - 2 * self.outside - EASE
        lines = (self.height - self.top - self.bottom) / (1.32 * self.size)
        return 0.9 * lines * measure / (0.46 * self.size)


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


def inside(pages: int) -> float:
    """The inner margin of a book of so many pages."""
    inches = next((width for most, width in GUTTERS if pages <= most), GUTTERS[-1][1])
    return inches * INCH + EASE
