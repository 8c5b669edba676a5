"""How many tokens an answer may take, judged by the shape it is to have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from l2mac_write.messages import Prose, Shape, Structured

TOKENS_PER_WORD = 1.45
CHARACTERS_PER_TOKEN = 3
SPARE = 24
MOST = 1500
LIST_ITEMS, STRING_LENGTH = 6, 200
"""What a schema that sets no bound is taken to allow."""


def room(shape: Shape) -> int:
    match shape:
        case Prose(words):
            return int(words * TOKENS_PER_WORD) + SPARE
        case Structured(schema):
            return min(MOST, _tokens(schema) + SPARE)


def _tokens(schema: Mapping[str, Any]) -> int:
    match schema:
        case {"enum": options}:
            return max(_spelt(str(option)) for option in options)
        case {"properties": properties}:
            return sum(_spelt(name) + _tokens(inner) for name, inner in properties.items())
        case {"items": items}:
            return int(schema.get("maxItems", LIST_ITEMS)) * _tokens(items)
        case {"type": "string"}:
            return int(schema.get("maxLength", STRING_LENGTH)) // CHARACTERS_PER_TOKEN + 4
    return SPARE


def _spelt(text: str) -> int:
    return len(text) // CHARACTERS_PER_TOKEN + 4
