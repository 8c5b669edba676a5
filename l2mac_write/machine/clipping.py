"""As much of a text's beginning or end as has room, cut between sentences where that leaves enough."""

from __future__ import annotations

import re
from collections.abc import Iterable

from l2mac_write.machine.texts import sentence_ends

MORE = "…"
"""Stands where something is left out, set off by a space."""
SPACE = re.compile(r"\s+")
ENOUGH = 0.5
"""Of the room: where whole sentences fill less of it, whole words do."""


def beginning_within(text: str, most: int) -> str:
    """At most so many characters, the sign for what is left out among them."""
    if len(text) <= most:
        return text
    room = max(0, most - len(MORE) - 1)
    sentences = (end for end in sentence_ends(text[: room + 1]) if end <= room)
    words = (gap.start() for gap in SPACE.finditer(text[: room + 1]))
    end = max(_enough(sentences, room), default=0) or max(words, default=0) or room
    return f"{text[:end].rstrip()} {MORE}"


def ending_within(text: str, most: int) -> str:
    """The same of the end."""
    if len(text) <= most:
        return text
    room = max(0, most - len(MORE) - 1)
    start = max(0, len(text) - room - 1)
    sentences = (len(text) - start - end for end in sentence_ends(text[start:]))
    words = (len(text) - start - gap.end() for gap in SPACE.finditer(text[start:]))
    left = max(_enough(sentences, room), default=0) or max(words, default=0) or room
    return f"{MORE} {text[len(text) - left :].lstrip()}"


def _enough(lengths: Iterable[int], room: int) -> list[int]:
    return [length for length in lengths if length >= ENOUGH * room]
