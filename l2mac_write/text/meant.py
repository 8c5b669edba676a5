"""Which of the names that are there did a person mean who wrote one that is not?"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def meant(name: str, known: Collection[str], cutoff: float = 0.6) -> str:
    """A sentence that asks after the nearest of them; empty where none is near.

    Of files the name alone counts: what all of them share makes no two of them alike.
    """
    stems = {_stem(one): one for one in sorted(known) if one}
    close = get_close_matches(_stem(name), stems, 1, cutoff)
    return f" Did you mean `{stems[close[0]]}`?" if close else ""


def there_are(known: Collection[str]) -> str:
    return f" There are: {', '.join(f'`{one}`' for one in sorted(known) if one)}."


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".j2").removesuffix(".md")
