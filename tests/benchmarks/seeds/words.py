"""The wordings and the words that fill them, of the half that is asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.seeds.books import Book

HERE = Path(__file__).parent
HALVES = ("dev", "hidden")
SPELLED = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
"""


def table(name: str) -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Wording:
    """`id` tells the half, the type and the number; `where` is for leaks only."""

    id: str
    texts: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True)
class Wordings:
    """By family (`leaks`, `single`, `pairs`, `facts`, `decoys`) and type."""

    families: Mapping[str, Mapping[str, Sequence[Wording]]]
    pools: Mapping[str, Sequence[str]] = field(default_factory=dict)


def wordings(which: str, book: Book) -> Wordings:
    """Those of one half or of `all`; the pools hold only words that are new to the book."""
    families: dict[str, dict[str, list[Wording]]] = {}
    for half in HALVES if which == "all" else (which,):
        for family, types in table(f"wordings/{half}.toml").items():
            for kind, found in types.items():
                known = families.setdefault(family, {}).setdefault(kind, [])
                known += _wordings(f"{half}-{kind}", found)
    return Wordings(families, pools(book))


def _wordings(name: str, found: object) -> list[Wording]:
    if isinstance(found, dict):
        placed = [(where, text) for where, texts in found.items() for text in texts]
        return [Wording(f"{name}-{n}", (text,), where) for n, (where, text) in enumerate(placed)]
    texts = [(text,) if isinstance(text, str) else tuple(text) for text in found]
    return [Wording(f"{name}-{n}", text) for n, text in enumerate(texts)]


def pools(book: Book) -> dict[str, list[str]]:
    found = tomllib.loads((HERE / "wordings/pools.toml").read_text("utf-8"))
    for kind in ("names", "objects", "places", "terms", "topics"):
        found[kind] = [name for name in found[kind] if name.casefold() not in book.text.casefold()]
    return {
        **found,
        "ages": [spelled(age) for age in range(18, 70)],
        "years": [str(year) for year in range(1760, 1830)],
        "counts": [spelled(count) for count in range(3, 60)],
    }


def spelled(number: int) -> str:
    """Below 100, in English words."""
    words = SPELLED.split()
    tens, rest = divmod(number, 10)
    if number < 20:
        return words[number]
    return words[18 + tens] + (f"-{words[rest]}" if rest else "")


def nth(number: int) -> str:
    last = 0 if number in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
