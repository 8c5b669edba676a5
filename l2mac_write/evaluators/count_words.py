"""The words with which English counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from l2mac_write.evaluators.figures import ONES, TENS
from l2mac_write.text.common_words import common_words
from l2mac_write.text.word_lists import word_list

LEAST = 2
AT = (
    r"(?:of|in|on|at|to|from|aboard|behind|under|near|above|below|beside|inside|outside|along|within|across|over|upon|beneath"
    r"|beyond|round|around|before|against|between|through|down|up|by|with|belonging to)"
)
FEW = r"(?:only |just |but |exactly |precisely |some |no fewer than |no less than |in all,? |altogether,? )?"
WORD = re.compile(r"[^\W\d_]+")
POSSESSIVE = re.compile(r"['’]s\b")
JOINTS = frozenset({"of", "the"})


def head_words(phrase: str) -> Iterator[str]:
    """What it is about: all words but little ones, and none after `which was`."""
    begun = False
    for word in WORD.findall(POSSESSIVE.sub("", phrase.casefold())):
        if word in little() and begun and word not in JOINTS:
            return
        if word not in little():
            begun = True
            yield one(word)


def words(phrase: str) -> list[str]:
    """All its words but little ones."""
    found = WORD.findall(POSSESSIVE.sub("", phrase.casefold()))
    return [word for word in found if word not in little()]


def one(word: str) -> str:
    """The singular: `men` is `man`."""
    word = word.casefold()
    return table()["one"].get(word) or word.removesuffix("s")


@cache
def table() -> Mapping[str, Any]:
    return word_list(__file__, "quantities.toml")


@cache
def little() -> frozenset[str]:
    return frozenset((*common_words("en"), *ONES, *TENS, "our", "my", "its", "who", "all"))
