"""What the ledger holds, row by row, each with the words of the book that bear it out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias, TypeVar


class Said(StrEnum):
    """Who says so: what a person in the book says or thinks is not what is so."""

    NARRATION = "narration"
    DIALOGUE = "dialogue"
    THOUGHT = "thought"
    DOCUMENT = "document"
    PLAN = "plan"


class Being(StrEnum):
    """What an entity is."""

    PERSON = "person"
    PLACE = "place"
    THING = "thing"
    GROUP = "group"
    TERM = "term"
    WORLD = "world"


class Course(StrEnum):
    """What has become of a thread."""

    PLANTED = "planted"
    ADVANCED = "advanced"
    PAID = "paid"


class Tie(StrEnum):
    """What a thread is."""

    SETUP = "setup"
    PROMISE = "promise"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that has a name. `chapter` is an id, empty for the plan's own."""

    table: ClassVar[str] = "entity"
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    quote: str = ""
    chapter: str = ""
    paragraph: int = 0

    @property
    def id(self) -> str:
        return hashed(self.table, self.chapter, self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is so of a subject from some time of the story on, until some other.

    `normal` is the value in the form in which two values are compared; `old` the value that the
    text takes to have been true before.
    """

    table: ClassVar[str] = "fact"
    subject: str
    key: str
    value: str
    normal: str = ""
    old: str = ""
    since: str = ""
    until: str = ""
    said: str = Said.NARRATION
    speaker: str = ""
    quote: str = ""
    chapter: str = ""
    paragraph: int = 0

    @property
    def id(self) -> str:
        return hashed(self.table, self.chapter, self.subject, self.key, self.normal, self.quote)

    @property
    def is_so(self) -> bool:
        """Whether the book itself says it, and not somebody in it."""
        return self.said in (Said.NARRATION, Said.PLAN)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, to whom, where, and when in the story."""

    table: ClassVar[str] = "event"
    what: str
    participants: tuple[str, ...] = ()
    place: str = ""
    when: str = ""
    quote: str = ""
    chapter: str = ""
    paragraph: int = 0

    @property
    def id(self) -> str:
        return hashed(self.table, self.chapter, self.what, self.quote)


@dataclass(frozen=True, slots=True)
class Thread:
    """What the reader was made to wait for, by a short `name` that all its rows share.

    `due` is the id of the chapter by which it is to be paid, empty where nobody said.
    """

    table: ClassVar[str] = "thread"
    name: str
    kind: str
    course: str
    what: str = ""
    due: str = ""
    quote: str = ""
    chapter: str = ""
    paragraph: int = 0

    @property
    def id(self) -> str:
        return hashed(self.table, self.chapter, self.name, self.course, self.quote)


@dataclass(frozen=True, slots=True)
class Refused:
    """What a model proposed that is not in the ledger, and why; `times` it came to the same."""

    row: str
    why: str
    times: int = 1


Row: TypeAlias = Entity | Fact | Event | Thread
ROWS: tuple[type[Row], ...] = (Entity, Fact, Event, Thread)
R = TypeVar("R", Entity, Fact, Event, Thread)


@dataclass(frozen=True, slots=True)
class Page:
    """All that one chapter adds to the ledger. `when` is the time of the story it is set in."""

    chapter: str = ""
    when: str = ""
    rows: tuple[Row, ...] = ()
    refused: tuple[Refused, ...] = ()

    def of(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(row for row in self.rows if isinstance(row, kind))


def hashed(*words: str) -> str:
    """A key that the same words have in every run."""
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "replace")).hexdigest()[:12]
