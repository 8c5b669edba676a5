"""What is said of a text that is proposed: how it came to be, what was refused, which one is liked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import tomli_w

from l2mac_write.errors import UsageError

TWICE = 2


class Way(StrEnum):
    """How a text was changed."""

    EDITS = "edits"
    ANEW = "anew"
    RETOLD = "retold"


class Liked(StrEnum):
    """Which text a judge likes better who does not know which one is old."""

    OLD = "old"
    NEW = "new"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Vote:
    liked: Liked
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """`note` is what the editor says of it, `refused` why some edits were not made.

    `unread` says why a judge could not be heard, `made_from` is a hash of the chapter's words that
    it was made from.
    """

    way: Way
    note: str = ""
    refused: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    unread: str = ""
    made_from: str = ""

    @property
    def likes_the_old(self) -> bool:
        """Whether the old text was liked better each time, whichever of them came first."""
        return len(self.votes) == TWICE and all(vote.liked is Liked.OLD for vote in self.votes)


def dump(proposed: Proposed) -> str:
    """The file, without what is empty; `load` gives the same again."""
    said = {name: value for name, value in asdict(proposed).items() if value}
    plain = {name: [*value] if isinstance(value, tuple) else value for name, value in said.items()}
    return tomli_w.dumps(plain, multiline_strings=True)


def load(text: str, where: str) -> Proposed:
    """Without rows that are none: a person may have been at it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{where}` is not valid TOML: {error}. Mend or delete it.") from error
    way, refused = str(document.get("way", "")), document.get("refused")
    return Proposed(
        way=Way(way) if way in {*Way} else Way.EDITS,
        note=str(document.get("note", "")),
        refused=tuple(map(str, refused)) if isinstance(refused, list) else (),
        votes=tuple(_votes(document.get("votes"))),
        unread=str(document.get("unread", "")),
        made_from=str(document.get("made_from", "")),
    )


def _votes(rows: Any) -> Iterator[Vote]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {"liked": str(liked)} if liked in {*Liked}:
                yield Vote(Liked(liked), str(row.get("why", "")))
