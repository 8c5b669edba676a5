"""How lists, quotations and tables are laid out in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

RULERS = {"center": ":-:", "right": "--:", "left": ":--"}
LONGEST_NUMBER = 9
NESTED = re.compile(r"\n\n(?=\s*(?:[-*]|\d+[.)]) )")
BAR = re.compile(r"(?<!\\)\|")


def set_in(words: str, prefix: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in words.split("\n"))


def item(words: str, mark: str) -> str:
    """The lines after the first are set in by the width of the mark."""
    return mark + set_in(words, " " * len(mark)).lstrip(" ")


def marks(*, is_ordered: bool, start: str | None, again: bool) -> Iterator[str]:
    """Of one item after the other; a list that follows another `again` has marks of its own."""
    first = start if start and start.isascii() and start.isdecimal() else "1"
    for number in count(int(first[:LONGEST_NUMBER])):
        if is_ordered:
            yield f"{number}{')' if again else '.'} "
        else:
            yield "* " if again else "- "


def items(every: Sequence[str], *, loose: bool) -> str:
    if loose:
        return "\n\n".join(every)
    return "\n".join(NESTED.sub("\n", one) for one in every)


def table(rows: Sequence[Sequence[str]], sides: Sequence[str]) -> str:
    """The first row is its head."""
    width = max(map(len, rows))
    head, *body = ([*map(_cell, row), *[""] * (width - len(row))] for row in rows)
    ruler = [RULERS.get(side, "---") for side in sides] + ["---"] * (width - len(sides))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ruler, *body))


def _cell(words: str) -> str:
    return BAR.sub(r"\\|", " ".join(words.replace("\\\n", " ").split()))
