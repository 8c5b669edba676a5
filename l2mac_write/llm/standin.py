"""A model that answers at once and for nothing in the place of another, and counts what that one would have."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice
from typing import Any, TypeVar

from l2mac_write.llm.placeholders import placeholder
from l2mac_write.llm.pricing import Pace
from l2mac_write.llm.wire import HERE, body
from l2mac_write.messages import Prose, Reply, Request, Usage
from l2mac_write.ports import Abilities

CHARACTERS_PER_TOKEN = 4
WORDS_PER_TOKEN = 0.74
LEAST_CACHED = 1024
"""Tokens; servers keep no shorter beginning of a prompt."""
FULLNESS = 0.28
"""Of what its schema allows, so much a real plan makes use of."""
TERSENESS = 0.85
"""A guided model stops after so much of the scene it was asked for."""
FILLER = ("a", "word", "speaks.", "words", "words")
PARAGRAPH = 60

T = TypeVar("T")
USUAL = Pace()
ANY = Usage(1, 1, 1, 1)
"""What costs something wherever a price is known."""


@dataclass(frozen=True, slots=True)
class Target:
    """The model that is stood in for. `source` says whose prices these are, and of which day."""

    model: str
    abilities: Abilities
    price: Callable[[Usage], float | None]
    pace: Pace = USUAL
    source: str = ""

    def cost(self, calls: Iterable[tuple[float, Usage]]) -> float | None:
        """Of calls, each made so many times; None where no price is known."""
        if self.price(ANY) is None:
            return None
        return sum(times * (self.price(usage) or 0.0) for times, usage in calls)


class StandIn:
    """Sees what its target would see, through the same wire, with a prompt cache that never fails.

    Its answers say nothing but have the length that is usual for what was asked. One who doubts
    does what judges seldom do: claims something of every text. `asked` is what it was asked for last.
    """

    def __init__(self, target: Target, *, doubts: bool = False) -> None:
        self.model = target.model
        self.abilities = target.abilities
        self.asked: tuple[str, ...] = ()
        self._doubts = doubts
        self._kept: set[int] = set()

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        text = self._answer(request)
        return Reply(text, usage=self._usage(body(self.model, request, 1), len(text)))

    def patiently(self, attempt: Callable[[], T]) -> T:
        return attempt()

    def ceiling(self, request: Request) -> float | None:
        return 0.0

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        pass

    def _answer(self, request: Request) -> str:
        if isinstance(request.shape, Prose):
            self.asked = ()
            share = TERSENESS if self.abilities.guided else 1
            # told apart from what was said before, which nobody wants to hear twice
            words = filler(max(1, round(request.shape.words * share) - 2))
            return f"{request.seed} {words} {request.seed}"
        self.asked = (*request.shape.schema.get("properties", ()),)
        value = placeholder(request.shape.schema, fullness=FULLNESS, rare=self._doubts)
        if self.abilities.guided:
            value = {slot: _told_apart(answer, request.seed) for slot, answer in value.items()}
        return json.dumps(value)

    def _usage(self, sent: Mapping[str, Any], answer: int) -> Usage:
        """What is marked is written to the cache; what was written there before is only read."""
        key = size = read = marked = 0
        fresh: set[int] = set()
        for block in _blocks(sent):
            text = json.dumps({k: v for k, v in block.items() if k not in HERE}, ensure_ascii=False)
            key, size = hash((key, text)), size + len(text)
            if key in self._kept:
                read = size
            if block.keys() & HERE and tokens(size) >= LEAST_CACHED:
                fresh.add(key)
                marked = size
        self._kept |= fresh
        rest = size - max(marked, read)
        return Usage(tokens(rest), tokens(answer), tokens(read), tokens(marked - read))


@lru_cache(maxsize=64)
def filler(words: int) -> str:
    """So many words, of usual length, in paragraphs."""
    said = [*islice(cycle(FILLER), words)]
    starts = range(0, words, PARAGRAPH)
    return "\n\n".join(" ".join(said[start : start + PARAGRAPH]) for start in starts)


def tokens(characters: int) -> int:
    return max(0, characters) // CHARACTERS_PER_TOKEN


def _told_apart(answer: Any, seed: int) -> Any:
    is_free = isinstance(answer, str) and answer.startswith("Rehearsal")
    return f"answer{seed}" if is_free else answer


def _blocks(sent: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """In the order in which a prompt is made of them."""
    yield from sent.get("tools", ())
    yield from sent.get("system", ())
    for message in sent["messages"]:
        yield from message["content"]
