"""Images of a manuscript that comes from elsewhere, under names that they keep in the book."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

FOLDER = "images"
NOT_A_NAME = re.compile(r"[^\w.-]+")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pictures:
    """`find` gives the content of a file of the manuscript, None where it is not there."""

    find: Callable[[str], bytes | None]
    taken: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def path(self, address: str, beside: str) -> str:
        """What the file is called in the book; empty for one that there is not."""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(beside), unquote(address)))
        if ADDRESS.match(address) or place.startswith(("..", "/")):
            return ""
        if place not in self.names:
            content = self.find(place)
            self.names[place] = self._named(place, content) if content else ""
        return self.names[place]

    def _named(self, place: str, content: bytes) -> str:
        stem, ending = posixpath.splitext(NOT_A_NAME.sub("-", posixpath.basename(place)))
        count, name = 1, f"{FOLDER}/{stem}{ending}"
        while name in self.taken:
            count += 1
            name = f"{FOLDER}/{stem}-{count}{ending}"
        self.taken[name] = content
        return name
