"""What a section may refer to besides itself: the other sections of its book, and its images."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from l2mac_write.book import Manuscript, Section
from l2mac_write.exporters.pictures import media_type, safe

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
NOT_LETTERS = re.compile(r"[^\w]+|_")
ENDINGS = ("", ".md", "/README.md", "/index.md")


@dataclass(frozen=True, slots=True)
class Place:
    """A heading of the section with that page, or without an `anchor` its beginning.

    It is `near` what was asked for where there is no such heading.
    """

    page: str
    anchor: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """`path` is its place in the folder of the book."""

    path: str
    media: str


@dataclass(frozen=True, slots=True)
class Log:
    """What the section that is being drawn has asked of its book, and what was said of it."""

    asked: dict[tuple[str, str, str], None] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def clear(self) -> None:
        self.asked.clear()
        self.said.clear()


@dataclass(frozen=True, slots=True)
class Around:
    """`names` are the ids of the pages, in the order of the manuscript's sections.

    `anchors` gives the headings of a section by the letters of their words. They are asked for
    when a link needs them, and `known` keeps them as long as the book is being exported.
    """

    manuscript: Manuscript
    names: Sequence[str]
    anchors: Callable[[Section], Mapping[str, str]]
    known: dict[str, Mapping[str, str]] = field(default_factory=dict)
    log: Log = field(default_factory=Log)

    def warn(self, section: Section, what: str) -> None:
        sentence = f"`{section.path}`: {what}"
        self.log.said.append(sentence)
        self.manuscript.warn(sentence)

    def image(self, address: str, path: str) -> Image | str:
        """The image, or why there is none; `path` is that of the section that asks."""
        self.log.asked[("image", address, path)] = None
        if SCHEME.match(address):
            return "it is not in the book's folder"
        why = "it is not there"
        for place in _paths(address, path):
            if content := self.manuscript.image(place):
                if content := safe(content):
                    return Image(place, media_type(content))
                why = "it cannot be read as an image"
        return why

    def place(self, address: str, path: str) -> Place | None:
        self.log.asked[("link", address, path)] = None
        said, _, fragment = address.partition("#")
        if SCHEME.match(address):
            return None
        file = self._found(said, path) if said else _file(path)
        within = [*self._within(file)] if file else []
        if not fragment or not within:
            return Place(within[0][0]) if within else None
        letters = only_letters(unquote(fragment))
        found = (self._anchor(name, one, letters) for name, one in within)
        return next(filter(None, found), Place(within[0][0], near=True) if said else None)

    def _found(self, address: str, path: str) -> str:
        files = {_file(one.path) for one in self.manuscript.sections}
        for candidate in _paths(address, path):
            bare = candidate.removesuffix(".html")
            for ending in ENDINGS:
                if (whole := bare + ending).lstrip("/") in files:
                    return whole
        return ""

    def _within(self, file: str) -> Iterator[tuple[str, Section]]:
        for name, section in zip(self.names, self.manuscript.sections, strict=True):
            if _file(section.path) == file:
                yield name, section

    def _anchor(self, name: str, section: Section, letters: str) -> Place | None:
        if letters == only_letters(section.title):
            return Place(name)
        if name not in self.known:
            self.known[name] = self.anchors(section)
        anchor = self.known[name].get(letters)
        return Place(name, anchor) if anchor else None


def only_letters(words: str) -> str:
    """What all ways to make an anchor of a heading share."""
    return NOT_LETTERS.sub("", words.casefold())


def _file(path: str) -> str:
    """A section that was cut from a file has its own name after a `#`."""
    return path.partition("#")[0]


def _paths(address: str, asking: str) -> Iterator[str]:
    """Seen from the section's file first, then from the folder of the book."""
    bare = unquote(address.partition("#")[0].partition("?")[0])
    for folder in (posixpath.dirname(_file(asking)), ""):
        path = posixpath.normpath(posixpath.join(folder, bare.lstrip("/") if not folder else bare))
        if not path.startswith(("..", "/")):
            yield path
