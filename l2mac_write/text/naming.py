"""What a file is called that is named after a title, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, count

from l2mac_write.text.characters import BLANK

LONGEST = 48
"""Characters; of scripts that take three bytes each, `BYTES` are reached before."""
BYTES = 120
PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": None}
)
ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
LETTERS = frozenset({"L", "M", "N"})


@lru_cache(maxsize=4096)
def slug(title: str) -> str:
    """A file name's worth of the title: its words in small letters, joined by hyphens.

    Latin letters lose their accents; those of other scripts stay as they are.
    """
    letters = unicodedata.normalize("NFKC", title).casefold().translate(PLAIN)
    bare = ACCENT.sub("", unicodedata.normalize("NFD", BLANK.sub("", letters)))
    spelled = "".join(c if _is_letter(c) else "-" for c in unicodedata.normalize("NFC", bare))
    return _cut(re.sub("-+", "-", spelled).strip("-")) or "chapter"


def numbered(name: str, number: int) -> str:
    """A name like it that is no longer than names may be."""
    mark = f"-{number}"
    return _cut(name, len(mark)) + mark


def _cut(name: str, spared: int = 0) -> str:
    short = name[: LONGEST - spared].encode()[: BYTES - spared]
    return short.decode(errors="ignore").rstrip("-")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in LETTERS


def names_for(titles: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """An id for each chapter, after its title; no two are the same, nor one that is taken."""
    used, names = {*taken}, []
    for plain in map(slug, titles):
        choices = chain((plain,), (numbered(plain, n) for n in count(2)))
        names.append(next(name for name in choices if name not in used))
        used.add(names[-1])
    return tuple(names)
