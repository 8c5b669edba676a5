"""Words and phrases that books fall back on, by language, and how often people use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from l2mac_write.text.languages import is_unspaced, primary
from l2mac_write.text.word_lists import word_list


@dataclass(frozen=True, slots=True)
class Worn:
    """`phrases` come with the words of each; `tics` are words, and how often people use each in 100,000.

    A simile begins with one of `likening` and one of `articles`. No phrase that is worth a word
    begins or ends with a `plain` one.
    """

    phrases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    likening: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    tics: Mapping[str, int] = field(default_factory=dict)


@cache
def worn(language: str) -> Worn:
    """Nothing where we know nothing of the language."""
    row = _table().get(primary(language), {})
    return Worn(
        {phrase: _words(phrase, language) for phrase in row.get("phrases", ())},
        frozenset(row.get("plain", "").split()),
        frozenset(row.get("likening", ())),
        frozenset(row.get("articles", ())),
        row.get("tics", {}),
    )


def _words(phrase: str, language: str) -> frozenset[str]:
    return frozenset(phrase if is_unspaced(language) else phrase.split())


@cache
def _table() -> Mapping[str, Any]:
    return word_list(__file__, "worn.toml")
