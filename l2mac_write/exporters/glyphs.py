"""Which characters can the fonts show, those that come with Typst and those of a person's own?"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from l2mac_write.templating import text as template

BOX = "□"
TOO: ContextVar[frozenset[int]] = ContextVar("characters of a person's own fonts")
SPACES = "\t\n\r \u00a0\u00ad\u2000-\u200f\u202f\u2060"


@contextmanager
def shown_too(characters: Iterable[int]) -> Iterator[None]:
    """In here there are fonts that show these."""
    before = TOO.set(frozenset(characters))
    try:
        yield
    finally:
        TOO.reset(before)


def with_glyphs(text: str) -> str:
    """The text with a box for each letter that no font has; pictures and their joints go."""
    return text if text.isascii() else _missing().sub(_instead, text)


def missing(text: str) -> Sequence[str]:
    """The characters that no font has, each as often as it comes."""
    if text.isascii():
        return ()
    own = TOO.get(frozenset())
    return [character for character in _missing().findall(text) if ord(character) not in own]


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _instead(found: re.Match[str]) -> str:
    if ord(found[0]) in TOO.get(frozenset()):
        return found[0]
    return BOX if is_letter(found[0]) else ""


@cache
def _missing() -> re.Pattern[str]:
    ranges = tomllib.loads(template("pdf/glyphs.toml"))["shown"].split()
    shown = "".join("-".join(f"\\U{int(end, 16):08x}" for end in r.split("-")) for r in ranges)
    return re.compile(f"[^{SPACES}{shown}]")
