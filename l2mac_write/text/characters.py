"""Which characters a text may hold, whoever it comes from."""

from __future__ import annotations

import json
import re
from typing import TypeVar

T = TypeVar("T")
TURN = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Letters and marks that leave no trace on a page; the other invisible characters are of category C.
BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def encodable(text: str) -> str:
    """The text without lone surrogates, which a model's JSON can hold but no file can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def encodable_all(document: T) -> T:
    """A JSON document whose every text is encodable."""
    written = json.dumps(document, ensure_ascii=False)
    if (sound := encodable(written)) == written:
        return document
    cleaned: T = json.loads(sound)
    return cleaned


def in_one_line(text: str) -> str:
    """What can be shown of the text, with one blank wherever it had white space."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """The text without control characters: a page shows none, and a terminal obeys them."""
    return text if text.isprintable() else CONTROL.sub("", text)


def unturned(text: str) -> str:
    """The text without the marks that turn the direction of whatever comes after them."""
    return TURN.sub("", text)
