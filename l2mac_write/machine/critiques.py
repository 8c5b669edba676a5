"""`revisions/reviews/ID.toml`: what an editor remarks on one chapter, each with the words it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import tomli_w

from l2mac_write.errors import UsageError
from l2mac_write.orders import REVISIONS

REVIEW = "review"
"""The step that reads chapters so."""
KINDS = (
    "pace", "idle", "motivation", "clarity", "dialogue", "voice", "repetition", "continuity",
    "promise", "argument", "claim", "order", "term",
)  # fmt: skip
"""What a remark may be about; the prompt says what is meant by each."""


class Weight(StrEnum):
    SERIOUS = "serious"
    MODERATE = "moderate"
    SLIGHT = "slight"

    @property
    def rank(self) -> int:
        """The gravest is 0."""
        return [*Weight].index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Critique:
    """`ask` is what the author is to do about it.

    `other` are words of the chapter `other_chapter`, an id, that the quote is held against; both
    are empty where one place is enough.
    """

    kind: str
    weight: Weight
    quote: str
    why: str
    ask: str
    other: str = ""
    other_chapter: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The gravest remark first. `dropped` says which ones were not held up, `unread` what was not read."""

    model: str
    critiques: tuple[Critique, ...] = ()
    dropped: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def review_of(chapter: str) -> str:
    """The file for the chapter of that id; it is for no agent, as nothing is that is only proposed."""
    return f"{REVISIONS}/reviews/{chapter}.toml"


def dump(review: Review) -> str:
    """The file, without what is empty; `load` gives the same again."""
    head = {"model": review.model, "unread": [*review.unread], "dropped": [*review.dropped]}
    rows = [{k: v for k, v in asdict(one).items() if v} for one in review.critiques]
    said = {**head, "remark": rows}
    return tomli_w.dumps({name: value for name, value in said.items() if value}).strip()


def load(text: str, where: str) -> Review:
    """Without rows that are none: a person may have been at it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{where}` is not valid TOML: {error}. Mend or delete it.") from error
    return Review(
        model=str(document.get("model", "")),
        critiques=tuple(_critiques(document.get("remark"))),
        dropped=_lines(document.get("dropped")),
        unread=_lines(document.get("unread")),
    )


def _critiques(rows: Any) -> Iterator[Critique]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {
                "kind": str(kind),
                "weight": str(weight),
                "quote": str(quote),
                "why": str(why),
                "ask": str(ask),
            } if weight in {*Weight}:
                yield Critique(
                    kind=kind,
                    weight=Weight(weight),
                    quote=quote,
                    why=why,
                    ask=ask,
                    other=str(row.get("other", "")),
                    other_chapter=str(row.get("other_chapter", "")),
                )


def _lines(said: Any) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else ()
