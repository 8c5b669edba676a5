"""What is to be done to chapters that are there: work orders, and the file that keeps them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import tomli_w

from l2mac_write.errors import UsageError

REVISIONS, REVISE, ASSIGN = "revisions", "revise", "assign"
"""The folder of all that is proposed, the step that proposes, and the one that shares out the work."""
MOST_CANDIDATES = 9


class Scope(StrEnum):
    """How much of a chapter may change. A scene is what lies between two breaks or headings."""

    PARAGRAPH = "paragraph"
    SCENE = "scene"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to become of one chapter, which is named by its id as soon as it is known.

    `words` is how long the chapter is to be afterwards, 0 where nobody said.
    `quote` are words of the chapter that say where; `reason` is why, where it is not a person who
    asks; `remarks` are what they said to what was proposed before. An order has its place in a
    `revision`, which holds those that were given together, once it is kept.
    """

    chapter: str = ""
    instruction: str
    scope: Scope = Scope.CHAPTER
    quote: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()
    candidates: int = 1
    words: int = 0
    revision: int = 0
    number: int = 0

    @property
    def id(self) -> str:
        """Of the instruction that carries it out."""
        return f"{orders_for(self.chapter)}{self.revision:02d}.{self.number}"

    @property
    def path(self) -> str:
        """Of the text that is proposed."""
        return f"{REVISIONS}/{self.revision:02d}/{self.number}-{self.chapter}.md"

    @property
    def record(self) -> str:
        """Of what is said about that text."""
        return self.path.removesuffix("md") + "toml"


def orders_for(chapter: str) -> str:
    """What the ids of all instructions begin with that carry out an order for that chapter."""
    return f"{REVISE}/{chapter}/"


def place_of(instruction: str) -> str:
    """What a version of a chapter says first that comes from this instruction: `revise 3.1`."""
    revision, _, number = instruction.rpartition("/")[2].partition(".")
    return f"{REVISE} {revision.lstrip('0')}.{number}"


def shared_out(wish: Order) -> str:
    """The id of the instruction that makes orders of a wish for the whole book."""
    return f"{ASSIGN}/{wish.revision:02d}"


def list_of(revision: int) -> str:
    """The file that keeps the orders of a revision that are not settled."""
    return f"{REVISIONS}/{revision:02d}/orders.toml"


def is_proposed(path: str) -> bool:
    """Whether the file is no part of the book yet: no agent but its own is shown it."""
    return path.startswith(f"{REVISIONS}/")


def dump(orders: Iterable[Order]) -> str:
    """The file; `load` gives the same again."""
    return tomli_w.dumps({"order": [_table(order) for order in orders]}, multiline_strings=True)


def _table(order: Order) -> dict[str, Any]:
    plain = Order(instruction="")
    said = {k: v for k, v in asdict(order).items() if v != getattr(plain, k)}
    return {k: [*v] if isinstance(v, tuple) else v for k, v in said.items() if k != "revision"}


def load(text: str, where: str) -> tuple[Order, ...]:
    """A person may have been at it. Raises `UsageError` for what cannot be carried out."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{where}` is not valid TOML: {error}. Mend or delete it.") from error
    rows = document.get("order")
    revision = where.split("/")[1]
    return tuple(_orders(rows if isinstance(rows, list) else (), int(revision), where))


def _orders(rows: Iterable[Any], revision: int, where: str) -> Iterator[Order]:
    for row in rows:
        match row:
            case {"chapter": str(chapter), "instruction": str(instruction), "number": int(number)}:
                yield Order(
                    chapter=chapter,
                    instruction=instruction,
                    scope=_scope(row, where),
                    quote=str(row.get("quote", "")),
                    reason=str(row.get("reason", "")),
                    remarks=_texts(row.get("remarks")),
                    candidates=_candidates(row),
                    words=_words(row),
                    revision=revision,
                    number=number,
                )
            case _:
                raise UsageError(
                    f"an order in `{where}` lacks its `chapter`, `instruction` or `number`."
                    " Mend it, or delete the file."
                )


def _scope(row: Mapping[str, Any], where: str) -> Scope:
    said = str(row.get("scope", Scope.CHAPTER))
    if said not in {*Scope}:
        raise UsageError(f"`{where}` has a scope `{said}`. There are: {', '.join(Scope)}.")
    return Scope(said)


def _texts(said: Any) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else ()


def _words(row: Mapping[str, Any]) -> int:
    said = row.get("words", 0)
    return said if type(said) is int and said > 0 else 0


def _candidates(row: Mapping[str, Any]) -> int:
    said = row.get("candidates", 1)
    return said if type(said) is int and 1 <= said <= MOST_CANDIDATES else 1
