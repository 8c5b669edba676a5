"""Which language does a person mean, what is it called, and how are its texts measured?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from l2mac_write.errors import SettingsError
from l2mac_write.text.word_lists import word_list

TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
UNSPACED = frozenset({"zh", "ja"})
CHARACTERS_PER_WORD = 2
TRADITIONAL = frozenset({"Hant", "TW", "HK", "MO"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language that books are written in; `tag` is its BCP 47 tag, spelled as usual."""

    tag: str
    english: str
    native: str

    @property
    def name(self) -> str:
        """As a prompt names it, so that every model knows it: `French (français)`."""
        return self.english if self.native in self.english else f"{self.english} ({self.native})"

    @property
    def unit(self) -> str:
        return unit(self.tag)

    def scaled(self, words: int) -> int:
        """A length in words, in its own unit."""
        return scaled(words, self.tag)


def primary(tag: str) -> str:
    """`pt` of `pt-BR`."""
    return tag.replace("_", "-").partition("-")[0].lower()


def is_unspaced(tag: str) -> bool:
    """Is it written without spaces, so that characters are counted in place of words?"""
    return primary(tag) in UNSPACED


def is_traditional(tag: str) -> bool:
    """Chinese in traditional characters."""
    return primary(tag) == "zh" and not TRADITIONAL.isdisjoint(tag.split("-"))


def unit(tag: str) -> str:
    """What the length of its texts is counted in."""
    return "characters" if is_unspaced(tag) else "words"


def scaled(words: int, tag: str) -> int:
    """So many words, in what is counted: two characters say about as much as a word."""
    return words * CHARACTERS_PER_WORD if is_unspaced(tag) else words


@cache
def language(said: str) -> Language:
    """The language of a tag, or of a name in English or in the language itself."""
    if tag := _tag(said) or _names().get(_folded(said), ""):
        return Language(tag, *_called(tag))
    raise SettingsError(_unknown(said))


def _called(tag: str) -> tuple[str, str]:
    """Its name in English and its own; of a variety without one, that of the language at large."""
    english, native = _table()["varieties"].get(tag) or _table()["languages"].get(tag) or ("", "")
    if english:
        return english, native
    wider, _, part = tag.rpartition("-")
    english, native = _called(wider)
    how = _table()["regions"].get(part) or _table()["scripts"][part]
    return f"{english}, as written in {how}", native


def _tag(said: str) -> str:
    """The tag as it is usually spelled; empty for what is none, or not of a known language."""
    found = TAG.fullmatch(said.strip())
    if not found:
        return ""
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    tables = (_table()[name] for name in ("languages", "scripts", "regions"))
    known = all(not part or part in table for part, table in zip(parts, tables, strict=True))
    return "-".join(filter(None, parts)) if known else ""


def _unknown(said: str) -> str:
    near = get_close_matches(_folded(said), _names(), n=1, cutoff=0.75)
    if near:
        meant = language(_names()[near[0]])
        return (
            f"there is no language `{said}`. Did you mean {meant.name}? Its tag is `{meant.tag}`."
        )
    return (
        f"there is no language `{said}`. Give a tag such as `en`, `fr` or `pt-BR`, or a name such"
        " as `French`."
    )


@cache
def _names() -> Mapping[str, str]:
    """Every name in small letters, and its tag; what has a name of its own is not a variety."""
    names = {
        _folded(name): tag
        for kind in ("varieties", "languages")
        for tag, called in _table()[kind].items()
        for name in called
    }
    return {**names, **{_folded(name): tag for name, tag in _table()["aliases"].items()}}


def _folded(name: str) -> str:
    """Without case, accents and needless space."""
    bare = unicodedata.normalize("NFKD", " ".join(name.split()))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return word_list(__file__, "languages.toml")
