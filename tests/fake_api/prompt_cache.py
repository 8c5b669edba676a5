"""The prompt cache of the fake API: what of a prompt was there before, and what is kept of it now."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fake_api.answers import Block, saying

CHARACTERS_PER_TOKEN = 4
LEAST = 1024
"""Tokens; a shorter beginning of a prompt is not kept, and nobody is told."""
LOOKBACK = 20
"""Blocks before a mark at whose ends an earlier prompt's mark is looked for."""
MOST_MARKS = 4


@dataclass
class PromptCache:
    """Keeps a prompt up to each of its marks; reads the longest beginning that was kept before.

    As with the real one, what counts are whole blocks: a block that differs in one letter is
    another, and so is all that comes after it.
    """

    least: int = LEAST
    kept: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def usage(self, body: Mapping[str, Any]) -> dict[str, int]:
        """Counts of the input, as the API names them."""
        ends = [*_ends(body)]
        marks = [n for n, end in enumerate(ends) if end.marked]
        if len(marks) > MOST_MARKS:
            raise ValueError(f"{len(marks)} cache marks; the API takes {MOST_MARKS}")
        fit = [n for n in marks if ends[n].tokens >= self.least]
        near = {n for mark in fit for n in range(max(0, mark - LOOKBACK), mark + 1)}
        with self.lock:
            read = max((ends[n].tokens for n in near if ends[n].key in self.kept), default=0)
            self.kept.update(ends[n].key for n in fit)
        kept = max((ends[n].tokens for n in fit), default=0)
        return {
            "input_tokens": (ends[-1].tokens if ends else 0) - kept,
            "cache_read_input_tokens": read,
            "cache_creation_input_tokens": kept - read,
        }


@dataclass(frozen=True)
class End:
    """Where a block of the prompt ends: all up to there, in tokens and as a key."""

    key: int
    tokens: int
    marked: bool


def tokens(body: Mapping[str, Any]) -> int:
    """Of the whole prompt."""
    return max((end.tokens for end in _ends(body)), default=0)


def _ends(body: Mapping[str, Any]) -> Iterator[End]:
    key, size = hash(body.get("model")), 0
    for block in _blocks(body):
        bare = {name: value for name, value in block.items() if name != "cache_control"}
        text = json.dumps(bare, sort_keys=True)
        key, size = hash((key, text)), size + len(text)
        yield End(key, size // CHARACTERS_PER_TOKEN, "cache_control" in block)


def _blocks(body: Mapping[str, Any]) -> list[Block]:
    """In the order in which a prompt is made of them: tools, system, messages."""
    contents = [body.get("system") or [], *(m["content"] for m in body.get("messages", []))]
    spelled = [saying(c).blocks if isinstance(c, str) else c for c in contents]
    return [*body.get("tools", []), *(block for content in spelled for block in content)]
