"""How much does a sentence sound like what is said to whoever asked for a text? Learned, not ruled.

The weights are made by `python -m tests.benchmarks.learned_leaks` from lines of both sorts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

from l2mac_write.evaluators.passages import CHARACTER, OTHER_WORD

TOKEN = re.compile(rf"{CHARACTER.pattern}|\d[\d.,]*|(?!\d){OTHER_WORD}(?:'{OTHER_WORD})?|[^\w\s]")
STEM = 5
"""So many letters of a longer word say what it is about, however it ends."""
STEP, STEPS = 4, 8
"""Lengths are told apart by so many tokens, up to so many times."""
UNHEARD = -99.0
IN_ONE = 100
"""Weights are kept as hundredths: whole numbers add up to the same in any order."""


def signs(line: str) -> set[str]:
    """What a line is known by: its words, their beginnings, their neighbours, and its length."""
    tokens = TOKEN.findall(normalize("NFKC", line).casefold())
    return set(_signs(["0" if token[0].isdigit() else token for token in tokens]))


def _signs(tokens: list[str]) -> Iterator[str]:
    around = ["^", *tokens, "$"]
    yield from tokens
    yield from (f"{token[:STEM]}-" for token in tokens if len(token) > STEM)
    yield from (f"{one} {two}" for one, two in pairwise(around))
    yield from (f"{one} _ {two}" for one, two in zip(around, around[2:], strict=False))
    yield f"#{min(STEPS, len(tokens) // STEP)}"


def sound(line: str, language: str) -> float:
    """The logarithm of its odds; no sound at all where a language was not learned."""
    weights = learned(language)
    return sum(weights.get(sign, 0) for sign in signs(line)) / IN_ONE if weights else UNHEARD


@cache
def learned(language: str) -> Mapping[str, int]:
    file = Path(__file__).with_name(f"sound_{language}.tsv")
    if not file.is_file():
        return {}
    rows = (row.split("\t") for row in file.read_text("utf-8").splitlines())
    return {sign: int(weight) for sign, weight in rows}
