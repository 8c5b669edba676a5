"""A sentence as it is looked through for what it says: its words, their stems, and its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from l2mac_write.ledger import normal
from l2mac_write.text.counting import HAN_AND_KANA, UNSPACED

SENTENCE = re.compile(r"[^.!?…。！？]+(?:[.!?…。！？]+[^\w\s]*\s*|\Z)")
WORD = re.compile(r"[^\W_]+")
CLAUSE = re.compile(r"[,;:.!?…—–()\"“”]")
RUN = re.compile(f"[{HAN_AND_KANA}{UNSPACED}]")
"""What a language writes that sets no spaces."""
ALIKE = 0.7
"""The share of the longer of two words of one stem that they have in common at their beginning."""
LEAST_STEM = 4
LONGEST_NUMBER = 8
"""Words."""


@dataclass(frozen=True)
class Sentence:
    text: str

    @cached_property
    def words(self) -> Sequence[str]:
        return plain(self.text)

    @cached_property
    def _line(self) -> str:
        return f" {' '.join(self.words)} "

    def has(self, ways: Iterable[str]) -> bool:
        """Any of these words and phrases, as it is."""
        return any(
            way in self.text if RUN.search(way) else f" {way} " in self._line for way in ways
        )

    def speaks_of(self, word: str) -> bool:
        """Whether it has the word, another of its stem, or the phrase."""
        if " " in word or RUN.search(word):
            return self.has((word,))
        return any(akin(word, mine) for mine in self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """All there are in it, in digits."""
        return frozenset(_numbers(self.text, self.words))

    @cached_property
    def bare_numbers(self) -> frozenset[str]:
        """Those that end a clause, so that nothing is counted by them, as in `she was forty-one`."""
        ends = (plain(clause)[-3:] for clause in CLAUSE.split(self.text))
        return frozenset(n for end in ends for at in range(len(end)) if (n := _whole(end[at:])))


def sentences(text: str) -> Iterator[Sentence]:
    return (Sentence(found) for found in SENTENCE.findall(text))


def plain(text: str) -> list[str]:
    """Its words in small letters; what an apostrophe or a hyphen sets off is one of its own."""
    return [word.casefold() for word in WORD.findall(text)]


@lru_cache(maxsize=65_536)
def akin(one: str, other: str) -> bool:
    """Whether two words may be forms of one, because they begin alike."""
    short, long = sorted((one, other), key=len)
    if len(short) < LEAST_STEM:
        return long in (short, f"{short}s")
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1),
        len(short),
    )
    return same >= max(LEAST_STEM, ceil(ALIKE * len(long)))


def _numbers(text: str, words: Sequence[str]) -> Iterator[str]:
    yield from map(normal.number, normal.DIGITS.findall(text))
    counted = normal.counted()
    for at, word in enumerate(words):
        if word in counted and not (at and words[at - 1] in counted):
            yield normal.number(" ".join(words[at : at + LONGEST_NUMBER]))


def _whole(words: Sequence[str]) -> str:
    """The number that all these words are, empty where they are none."""
    is_one = all(word in normal.counted() or word.isdecimal() for word in words)
    return normal.number(" ".join(words)) if is_one else ""
