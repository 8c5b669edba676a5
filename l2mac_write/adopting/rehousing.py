"""The texts of a manuscript in the folder of a book: their links and images lead to what they did."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from l2mac_write.book import Section
from l2mac_write.exporters.around import ENDINGS, SCHEME, only_letters
from l2mac_write.exporters.tokens import anchors
from l2mac_write.importers.pictures import Pictures

ADDRESS = re.compile(
    r"(\]\(\s*|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)(<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))+)",
    re.MULTILINE,
)
"""After a `](`, or in the line that says where `[words]` lead."""


@dataclass(frozen=True, slots=True)
class House:
    """`sections` as they were, and the `paths` that their texts have in the book."""

    sections: Sequence[Section]
    paths: Sequence[str]
    pictures: Pictures
    known: dict[int, frozenset[str]] = field(default_factory=dict)

    def moved(self, number: int) -> Section:
        """The section of that number, from 0, at its new place."""
        text = self.sections[number].markdown
        if "](" in text or "]:" in text:
            text = ADDRESS.sub(lambda found: found[1] + self._led(found[2], number), text)
        return replace(self.sections[number], path=self.paths[number], markdown=text)

    def _led(self, address: str, number: int) -> str:
        """The address as it is seen from the new place; one that leads nowhere stays as it is."""
        bare = address.strip("<>")
        said, _, fragment = bare.partition("#")
        if SCHEME.match(bare):
            return address
        file = _file(self.sections[number].path)
        if said and (picture := self.pictures.path(said, file) or self.pictures.path(said, "")):
            return address.replace(bare, self._seen(picture, number))
        target = self._target(said, fragment, number)
        if target is None or (not said and target == number):
            return address
        place = f"#{fragment}" if fragment else ""
        return address.replace(bare, self._seen(self.paths[target], number) + place)

    def _target(self, said: str, fragment: str, number: int) -> int | None:
        """The section where that stands: of those cut from one file, the one with the heading."""
        file = self._found(said, _file(self.sections[number].path))
        within = [n for n, section in enumerate(self.sections) if _file(section.path) == file]
        letters = only_letters(unquote(fragment))
        near = sorted(within, key=lambda n: n != number)
        having = (n for n in near if letters and letters in self._anchors(n))
        return next(having, within[0] if said and within else None)

    def _found(self, said: str, asking: str) -> str:
        """The file of the manuscript that is meant; empty where there is none."""
        files = {_file(section.path) for section in self.sections}
        places = (p + ending for p in _places(said, asking) for ending in ENDINGS)
        return next((p for p in places if p in files), "") if said else asking

    def _anchors(self, number: int) -> frozenset[str]:
        if number not in self.known:
            section = self.sections[number]
            self.known[number] = frozenset({*anchors(section), only_letters(section.title)})
        return self.known[number]

    def _seen(self, path: str, number: int) -> str:
        return posixpath.relpath(path, posixpath.dirname(self.paths[number]))


def _file(path: str) -> str:
    """A section that was cut from a file has its own name after a `#`."""
    return path.partition("#")[0]


def _places(said: str, asking: str) -> Iterator[str]:
    """Seen from the file that asks, then from the folder of all."""
    for folder in (posixpath.dirname(asking), ""):
        yield posixpath.normpath(posixpath.join(folder, unquote(said))).removesuffix(".html")
