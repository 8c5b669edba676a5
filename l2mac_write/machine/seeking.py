"""What to look for in a book: the words of a text that tell it from others, and names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from l2mac_write.ports import Sought
from l2mac_write.text.common_words import common_words
from l2mac_write.text.counting import HAN_AND_KANA, UNSPACED

WORD = re.compile(
    rf"(?=([{HAN_AND_KANA}{UNSPACED}]{{2}}))|([^\W\d_{HAN_AND_KANA}{UNSPACED}]{{3,}}|\d+)"
)
"""Where a language sets no spaces, each pair of neighbours stands for the words it may be in."""
MOST_WORDS = 40


def words(text: str, language: str, *, most: int = MOST_WORDS) -> Sought:
    """Each word once, but for the little ones that every text has."""
    little = frozenset(common_words(language))
    found = (pair or word.casefold() for pair, word in WORD.findall(text))
    telling = (word for word in found if word not in little and not little.issuperset(word))
    return tuple((word,) for word in islice(dict.fromkeys(telling), most))


def names(all_: Iterable[str], language: str) -> Sought:
    """People and things may go by any part of their name; the whole of it says more."""
    return tuple(ways for name in all_ if name for ways in _ways(name, language))


def _ways(name: str, language: str) -> Sought:
    parts = tuple(part for (part,) in words(name, language) if part != name.casefold())
    return ((name,), (name, *parts)) if parts else ((name,),)
