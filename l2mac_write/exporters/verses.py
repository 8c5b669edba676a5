"""A paragraph that is broken line for line is verse, whether or not its author says so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

BREAKS = 2
"""An address, or a name below another, may have one."""
VERSE = "verse"


def say(tokens: Sequence[Token]) -> None:
    for opening, words in pairwise(tokens):
        if opening.type == "paragraph_open" and not opening.hidden:
            breaks = sum(child.type == "hardbreak" for child in words.children or ())
            if breaks >= BREAKS:
                opening.attrs.setdefault("class", VERSE)
