"""Which spaces no line should break at because of the words beside them: `Mr. Bennet`, `5 km`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from l2mac_write.text.languages import primary
from l2mac_write.text.word_lists import word_list

ADDRESS = r"https?://\S+|<[a-zA-Z/!?][^<>]*>"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
NEVER = r"(?!)"
DIGITS = "0123456789"


def held(text: str, language: str) -> Iterator[int]:
    """Where they stand in a paragraph; those in addresses and tags are none."""
    found = [*_before("names", primary(language), CAPITAL).finditer(text)]
    if any(digit in text for digit in DIGITS):
        found += _before("numbers", primary(language), r"\d").finditer(text)
        yield from (unit.start(1) for unit in _units().finditer(text) if unit[1])
    yield from (word.end() - 1 for word in found if not text[: word.start()][-1:].isalnum())


@cache
def _before(kind: str, language: str, follows: str) -> re.Pattern[str]:
    """Words of a kind and their space, each beginning with a letter that the search can run to."""
    words = _lists()[kind].get(language, "").split()
    return re.compile("|".join(rf"{re.escape(word)} (?={follows})" for word in words) or NEVER)


@cache
def _units() -> re.Pattern[str]:
    units = "|".join(map(re.escape, _lists()["units"]["all"].split()))
    return re.compile(rf"{ADDRESS}|(?<=\d)( )(?=(?:{units})(?!\w))")


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return word_list(__file__, "together.toml")
