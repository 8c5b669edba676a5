"""Which spaces no line should break at because of the words beside them: `Mr. Bennet`, `5 km`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from l2mac_write.text.languages import primary

FILE = Path(__file__).with_suffix(".toml")
ADDRESS = r"https?://\S+|<[a-zA-Z/!?][^<>]*>"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
AFTER_A_DOT = re.compile(rf"\. (?={CAPITAL}|\d)")
"""Looked for before any word is: a novel has few of them."""
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Leading:
    """What comes before a name and before a number: words with a dot, and a pattern for the rest."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    bare: re.Pattern[str] | None


def held(text: str, language: str) -> Iterator[int]:
    """Where they stand in a paragraph; those in addresses and tags are none."""
    lead = _leading(primary(language))
    for dot in AFTER_A_DOT.finditer(text):
        at = dot.end() - 1
        words = lead.numbers if text[at + 1].isdecimal() else lead.names
        if text.endswith(words, 0, at) and any(_ends(text[:at], word) for word in words):
            yield at
    if lead.bare:
        every = lead.bare.finditer(text)
        yield from (found.end() - 1 for found in every if _ends(text[: found.end()], found[0]))
    if any(digit in text for digit in DIGITS):
        yield from (found.start(1) for found in _units().finditer(text) if found[1])


def _ends(text: str, word: str) -> bool:
    """Whether that is its last word, and not a part of it."""
    return text.endswith(word) and not text[: -len(word)][-1:].isalnum()


@cache
def _leading(language: str) -> Leading:
    names, numbers = (_lists()[kind].get(language, "").split() for kind in ("names", "numbers"))
    bare = [rf"{re.escape(word)} (?={CAPITAL})" for word in names if word[-1] != "."]
    bare += [rf"{re.escape(word)} (?=\d)" for word in numbers if word[-1] != "."]
    return Leading(
        tuple(word for word in names if word[-1] == "."),
        tuple(word for word in numbers if word[-1] == "."),
        re.compile("|".join(bare)) if bare else None,
    )


@cache
def _units() -> re.Pattern[str]:
    units = "|".join(map(re.escape, _lists()["units"]["all"].split()))
    return re.compile(rf"{ADDRESS}|(?<=\d)( )(?=(?:{units})(?!\w))")


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text())
