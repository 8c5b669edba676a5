"""Which characters can the fonts that come with Typst show?"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache

from l2mac_write.templating import text as template

BOX = "□"
SPACES = "\t\n\r \u00a0\u00ad\u2000-\u200f\u202f\u2060"


def with_glyphs(text: str) -> str:
    """The text with a box for each letter that no font has; pictures and their joints go."""
    return text if text.isascii() else _missing().sub(_instead, text)


def missing(text: str) -> Sequence[str]:
    """The characters that no font has, each as often as it comes."""
    return () if text.isascii() else _missing().findall(text)


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _instead(found: re.Match[str]) -> str:
    return BOX if is_letter(found[0]) else ""


@cache
def _missing() -> re.Pattern[str]:
    ranges = tomllib.loads(template("pdf/glyphs.toml"))["shown"].split()
    shown = "".join("-".join(f"\\U{int(end, 16):08x}" for end in r.split("-")) for r in ranges)
    return re.compile(f"[^{SPACES}{shown}]")
