"""What a fact may be about: a closed vocabulary, kept in `keys.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from l2mac_write.text.word_lists import word_list


class About(StrEnum):
    """What kind of thing a fact tells."""

    ATTRIBUTE = "attribute"
    RELATION = "relation"
    LOCATION = "location"
    CUSTODY = "custody"
    STATE = "state"
    KNOWLEDGE = "knowledge"
    RULE = "rule"
    QUANTITY = "quantity"
    TERM = "term"
    CLAIM = "claim"


class Type(StrEnum):
    """Of a value."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    COLOUR = "colour"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Key:
    """See `keys.toml`."""

    name: str
    kind: About
    means: str
    type: Type = Type.TEXT
    single: bool = False
    lasting: bool = False
    rival: bool = False
    fleeting: bool = False
    hinders: bool = False
    inverse: str = ""
    words: tuple[str, ...] = ()


@cache
def keys() -> Mapping[str, Key]:
    """All there are, by name, in the order in which they are explained."""
    table = word_list(__file__, "keys.toml")
    return {name: _key(name, row) for name, row in table.items()}


def _key(name: str, row: Mapping[str, Any]) -> Key:
    made = {"type": Type(row.get("type", "text")), "kind": About(row["kind"])}
    rival = row.get("rival", row.get("single", False))
    return Key(name, **{**row, **made, "rival": rival, "words": tuple(row["words"])})
