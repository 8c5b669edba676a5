"""What people in the book say aloud, by its marks: nothing of it is the narrator's."""

from __future__ import annotations

import re
from collections.abc import Iterator

PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
SPEECH = re.compile(
    r"“[^“”]*(?:”|\Z)|„[^„“”]*[“”]|«[^«»]*(?:»|\Z)|»[^«»]*«|「[^「」]*(?:」|\Z)"
    r'|"[^"]*(?:"|\Z)|(?<!\w)‘.*?(?:’(?!\w)|\Z)|\A[—–―].*',
    re.DOTALL,
)
"""One that is never closed goes on in the next paragraph; a dash opens a whole one."""
LEFT_OUT = "“…”"


def speeches(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends."""
    for paragraph in PARAGRAPH.finditer(text):
        for speech in SPEECH.finditer(paragraph[0]):
            yield paragraph.start() + speech.start(), paragraph.start() + speech.end()


def is_spoken(text: str, start: int, end: int) -> bool:
    """Whether these words of the text stand within one speech of their paragraph."""
    first = text.rfind("\n\n", 0, start) + 1
    paragraph = text[first : max(end, text.find("\n\n", end) % (len(text) + 1))]
    return any(
        begin <= start - first and end - first <= close for begin, close in speeches(paragraph)
    )


def narrated(text: str) -> str:
    """The text without what is said aloud in it."""
    kept, at = [], 0
    for begin, close in speeches(text):
        kept += [text[at:begin], LEFT_OUT]
        at = close
    return "".join((*kept, text[at:]))
