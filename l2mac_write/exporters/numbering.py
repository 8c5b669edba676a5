"""The headings of a document's section, counted below its own number: 3.1, 3.1.1, 3.2 …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from l2mac_write.exporters.habits import TOP, Block, is_heading

TYPED = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)])\s+")
"""A number that a model has put before the words: `3.1`, `2.`, but not the 3 of `3 ways`."""


def number_headings(blocks: Sequence[Block], section: int) -> None:
    """Puts its number before the words of each heading; levels may not skip one."""
    counts = [section]
    for block in filter(is_heading, blocks):
        depth = int(block[0].tag[1]) - TOP + 2
        counts = [*counts, 0][:depth]
        counts[-1] += 1
        _begin(block[1], ".".join(map(str, counts)))


def _begin(words: Token, number: str) -> None:
    first, *rest = words.children or [Token("text", "", 0)]
    first.content = TYPED.sub("", first.content, 1) if first.type == "text" else first.content
    words.content = f"{number} {TYPED.sub('', words.content, 1)}"
    words.children = [Token("text", "", 0, content=f"{number} "), first, *rest]
