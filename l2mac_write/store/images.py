"""The images of a book: files in its folder that exports show, and nothing else reads."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.errors import PathRefused
from l2mac_write.store.paths import checked_image

LARGEST = 20_000_000
"""Bytes; a larger file is none that a book could show."""
OPENED = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


@dataclass(frozen=True, slots=True)
class Images:
    root: Path

    def get(self, path: str) -> bytes | None:
        """What the file holds; None where it is none, is not within the book, or is too large."""
        with suppress(PathRefused, OSError):
            place = self.root / checked_image(path)
            if place.resolve().is_relative_to(self.root.resolve()):
                return _content(place)
        return None


def _content(place: Path) -> bytes | None:
    with os.fdopen(os.open(place, OPENED), "rb") as file:
        about = os.fstat(file.fileno())
        fits = stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST
        return file.read(LARGEST) if fits else None
