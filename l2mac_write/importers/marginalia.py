"""What an editor wrote into a Markdown text with CriticMarkup: changes are taken, remarks are not."""

from __future__ import annotations

import re

COMMENT = re.compile(r"[ \t]?\{>>.{0,2000}?<<\}", re.DOTALL)
MARKED = re.compile(r"\{==(.{0,2000}?)==\}", re.DOTALL)
CHANGED = re.compile(
    r"\{\+\+(?P<new>.{0,2000}?)\+\+\}|\{--.{0,2000}?--\}"
    r"|\{~~[^~]{0,2000}~>(?P<other>.{0,2000}?)~~\}",
    re.DOTALL,
)


def taken(text: str) -> tuple[str, int, int]:
    """The text as its author would have it, how many changes that were, and how many remarks."""
    text, remarks = COMMENT.subn("", MARKED.sub(r"\1", text))
    text, changes = CHANGED.subn(lambda found: found["new"] or found["other"] or "", text)
    return text, changes, remarks
