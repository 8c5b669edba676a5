"""What an export says around the author's text, in the language of the book."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from l2mac_write.templating import text

LANGUAGES = "ar arc ckb dv fa he ks nqo ps sd syr ug ur yi"
RIGHT_TO_LEFT = frozenset(LANGUAGES.split())
RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def labels(language: str) -> Mapping[str, str]:
    """English where we have no words of our own; a chapter is then called by its number alone."""
    known = _all_labels()
    primary = tag(language).lower().split("-", maxsplit=1)[0]
    return known[primary] if primary in known else {**known["en"], "chapter": "{number}"}


def tag(language: str) -> str:
    """A well-formed BCP 47 tag, `und` where the language is not one."""
    hyphenated = language.strip().replace("_", "-")
    return hyphenated if TAG.fullmatch(hyphenated) else "und"


def direction(language: str) -> str:
    primary, *rest = tag(language).lower().split("-")
    scripts = [part for part in rest if len(part) == 4]  # noqa: PLR2004 (a script has four letters)
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT else "ltr"


@cache
def _all_labels() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(text("labels.toml"))
