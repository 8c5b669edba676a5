"""The time of the story: which of two moments comes first, where that can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from l2mac_write.ledger.normal import date_parts

DAY = re.compile(r"\bday\s+(\d{1,6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or the number of a day of the story; `parts` go from the large to the small."""

    scale: str
    parts: tuple[int, ...]

    def is_before(self, other: Moment) -> bool:
        """As far as both tell: May 1871 is neither before 1871 nor after it."""
        told = min(len(self.parts), len(other.parts))
        return self.scale == other.scale and self.parts[:told] < other.parts[:told]


@lru_cache(maxsize=4096)
def moment(text: str) -> Moment | None:
    """The moment that a text names first, None where it names none that can be compared."""
    if parts := date_parts(text):
        return Moment("date", parts)
    if found := DAY.search(text):
        return Moment("day", (int(found[1]),))
    return None


def comes_before(text: str, other: Moment | None) -> bool:
    """Whether what the text names is surely earlier."""
    mine = moment(text) if text and other else None
    return bool(mine and other and mine.is_before(other))


def comes_after(text: str, other: Moment | None) -> bool:
    """Whether what the text names is surely later."""
    mine = moment(text) if text and other else None
    return bool(mine and other and other.is_before(mine))
