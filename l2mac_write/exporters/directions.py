"""A paragraph that is read the other way than its book says so, or its marks stand at the wrong end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

from l2mac_write.exporters.labels import direction

LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
RIGHTWARDS = re.compile("[A-Za-z\u00c0-\u058f\u0900-\u1fff]")
MOST = 2 / 3
"""The share of its letters by which it is told, for one may begin with a foreign word."""


def say(tokens: Sequence[Token], language: str) -> None:
    other = {"ltr": "rtl", "rtl": "ltr"}[direction(language)]
    for opening, words in pairwise(tokens):
        is_silent = opening.type == "paragraph_open" and "dir" not in opening.attrs
        if is_silent and _is_read(words.content, other):
            opening.attrs["dir"] = other


def _is_read(text: str, way: str) -> bool:
    if way == "rtl" and (text.isascii() or not LEFTWARDS.search(text)):
        return False
    left, right = len(LEFTWARDS.findall(text)), len(RIGHTWARDS.findall(text))
    return (left if way == "rtl" else right) > MOST * (left + right)
