"""A list's item that begins with `[ ]` or `[x]` has a box to tick: open, or done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

BOX = re.compile(r"\[([ xX])\](?= )")


def tick(tokens: Sequence[Token]) -> None:
    for item, opening, words in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type == "list_item_open" and opening.type == "paragraph_open":
            for first in (words.children or ())[:1]:
                first.content = _ticked(first)


def _ticked(first: Token) -> str:
    found = BOX.match(first.content) if first.type == "text" else None
    return (
        f"{'☐' if found[1] == ' ' else '☑'}{first.content[found.end() :]}"
        if found
        else first.content
    )
