"""A model that thinks nothing and costs nothing, to rehearse a book before paying for one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from l2mac_write.llm.placeholders import placeholder
from l2mac_write.messages import Message, Prose, Reply, Request, Returned, Usage
from l2mac_write.ports import Abilities
from l2mac_write.text.common_words import common_words
from l2mac_write.text.counting import count_words
from l2mac_write.text.languages import is_unspaced, primary
from l2mac_write.text.word_lists import word_list

PIECES = 4
CHARACTERS_PER_TOKEN = 4
SHORT, LONG = 8, 16
"""Words of a sentence; only a text that is very short itself has a shorter one."""
LEAST = 3
PARAGRAPH = range(4, 8)
"""Sentences of a paragraph."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """See `rehearsal.toml`; `patterns` are sorted by their number of words."""

    marker: str
    patterns: Mapping[int, Sequence[str]]
    words: Mapping[str, Sequence[str]]
    space: str = " "


class Rehearsal:
    """Answers with placeholder text of the right length and shape.

    The same request gets the same answer in every process, on every machine.
    """

    def __init__(self) -> None:
        self.model = "rehearsal"
        self.abilities = Abilities(tools=False, goes_on=False)

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        heard = "\n".join((request.system, *map(_said, request.conversation)))
        if isinstance(request.shape, Prose):
            shape = request.shape
            text = prose(shape.words, f"{request.seed}\n{heard}", shape.language)
        else:
            text = json.dumps(placeholder(request.shape.schema), ensure_ascii=False)
        for piece in _pieces(text):
            hear(piece)
        return Reply(text, usage=Usage(_tokens(heard), _tokens(text)))

    def patiently(self, attempt: Callable[[], T]) -> T:
        return attempt()

    def ceiling(self, request: Request) -> float | None:
        return 0.0

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        pass


def prose(count: int, seed: str, language: str = "en") -> str:
    """So many words, exactly; only a text too short to say what it is may differ.

    Its sentences say nothing, and there are so many of them that none comes back in a book.
    """
    lexicon = _lexicon(language if common_words(language) else "en")
    words = _Words(lexicon.words, seed, most=2 * count + 64)
    left = count - count_words(lexicon.marker)
    paragraphs: list[list[str]] = [[]]
    while left >= LEAST:
        if len(paragraphs[-1]) >= words.pick(PARAGRAPH):
            paragraphs.append([])
        length = _length(left, words)
        paragraphs[-1].append(_sentence(lexicon.patterns[length], words))
        left -= length
    paragraphs[0].insert(1, lexicon.marker)
    return "\n\n".join(lexicon.space.join(paragraph) for paragraph in paragraphs)


def _length(left: int, words: _Words) -> int:
    """Of the next sentence, so that what is left after it makes another, or nothing is left."""
    return left if left <= LONG else min(words.pick(range(SHORT, LONG + 1)), left - SHORT)


class _Words:
    """Gives another word of a kind each time one is asked for; what `format_map` asks."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], seed: str, most: int) -> None:
        chance = hashlib.shake_256(seed.encode("utf-8", "replace")).digest(2 * most)
        self._kinds = kinds
        self._numbers = (
            high << 8 | low for high, low in zip(chance[::2], chance[1::2], strict=True)
        )

    def __getitem__(self, kind: str) -> str:
        return self.pick(self._kinds[kind])

    def pick(self, choices: Sequence[T]) -> T:
        return choices[next(self._numbers) % len(choices)]


def _sentence(patterns: Sequence[str], words: _Words) -> str:
    sentence = words.pick(patterns).format_map(words)
    return sentence[0].upper() + sentence[1:]


@cache
def _lexicon(language: str) -> Lexicon:
    """English has sentences; of other languages the little words will do, in any order."""
    table = word_list(__file__, "rehearsal.toml")
    if primary(language) == "en":
        return Lexicon(table["marker"], _by_length(table["patterns"]), table["words"])
    space, stop = ("", "。") if is_unspaced(language) else (" ", ".")
    row = {n: (space.join(["{word}"] * n) + stop,) for n in range(LEAST, LONG + 1)}
    return Lexicon(table["marker"], row, {"word": common_words(language)}, space)


def _by_length(patterns: Sequence[str]) -> dict[int, tuple[str, ...]]:
    lengths = {len(pattern.split()) for pattern in patterns}
    return {n: tuple(p for p in patterns if len(p.split()) == n) for n in lengths}


def _said(message: Message) -> str:
    if isinstance(message, Returned):
        return "\n".join(result.text for result in message.results)
    return message.text


def _pieces(text: str) -> Iterator[str]:
    size = len(text) // PIECES + 1
    return (text[start : start + size] for start in range(0, len(text), size))


def _tokens(text: str) -> int:
    return -(-len(text) // CHARACTERS_PER_TOKEN)
