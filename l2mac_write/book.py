"""What is written: the brief that asks for a book, and the manuscript that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from l2mac_write.edition import NOTHING, Edition


def no_image(_: str) -> bytes | None:
    """There are no images."""
    return None


def unheard(_: str) -> None:
    """Nobody hears what an export has to say."""


class Keeper(Protocol):
    """Keeps what an export has drawn for the next one, or not. See `l2mac_write.store.kept`."""

    def get(self, name: str) -> bytes: ...

    def put(self, name: str, content: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person asked for. Empty or 0 leaves the choice to the plan."""

    prompt: str
    title: str = ""
    author: str = ""
    language: str = "en"
    chapters: int = 0
    words: int = 0
    kind: str = "book"


class Part(StrEnum):
    """Where a section stands in the bound book."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Headword:
    """What one looks up in a glossary or an index: plain words, and the chapters to turn to.

    `chapters` are places of chapters in the book, from 1, so that a prologue has one too; without
    any there is a meaning.
    """

    name: str
    meaning: str = ""
    chapters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of a bound book. `markdown` holds no heading of its own: `title` is it.

    `number` counts the chapters from 1, and the parts; 0 for all else. `kind` is a word of the
    EPUB Structural Semantics Vocabulary: `chapter`, `preface`, `dedication`, `colophon` …
    Where it is `numbered`, it is `3` and not `Chapter 3`, and its headings are `3.1`, `3.1.1`.
    What is `within` a part stands one level below it. The `headwords` come after the text.
    """

    kind: str
    part: Part
    path: str
    title: str
    markdown: str
    number: int = 0
    numbered: bool = False
    within: bool = False
    headwords: tuple[Headword, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it only opens a part of the book, whose chapters come after it."""
        return self.kind == "part" and self.number > 0


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A bound book, in reading order. All that an exporter ever sees.

    `identifier` is a `urn:uuid:…`, `modified` is in UTC, `language` a BCP 47 tag, and
    `written_by` names the model that wrote the text, or is empty. `kind` is that of the brief.
    `image` gives the content of an image of the book by its path, None where there is none.
    `warn` hears, in a sentence, of each thing that a reader will miss.
    """

    title: str
    author: str
    language: str
    identifier: str
    modified: datetime
    sections: tuple[Section, ...]
    description: str = ""
    written_by: str = ""
    kind: str = "book"
    edition: Edition = NOTHING
    image: Callable[[str], bytes | None] = no_image
    warn: Callable[[str], None] = unheard
    kept: Keeper | None = None

    @property
    def chapters(self) -> tuple[Section, ...]:
        return tuple(s for s in self.sections if s.part is Part.BODY and not s.is_part)
