"""A text whose chapters begin with mere lines, such as `Chapter 3`: they become headings."""

from __future__ import annotations

import re

from l2mac_write.importers.manuscripts import HEADING, headed
from l2mac_write.text.numbers import CHAPTER, CHINESE_CHAPTER, WORDS

NUMBER = rf"(?:{WORDS}|\d{{1,4}}|[ivxlc]{{1,9}})"
ALONE = r"(?im)(?:\A|(?<=\n\n))[ \t*_]*({}[^\n]{{0,80}}?)[ \t*_]*$(?=\n\s*\n)"
"""Alone in its paragraph."""
CHAPTER_LINE = re.compile(
    ALONE.format(
        rf"(?:{CHAPTER}\s+{NUMBER}\b|{CHINESE_CHAPTER}"
        r"|(?:prologue|epilogue|interlude|prolog|epilog)(?=[ \t*_]*$|[ \t]*[:.—–-]))"
    )
)
PART = rf"(?:part|book|teil|partie|parte|buch)\s+{NUMBER}\b"
PART_LINE = re.compile(ALONE.format(PART))
TITLE_LINE = re.compile(
    r"\A\s*[*_]{0,3}(?P<title>[^\W_][^\n]{0,98}?)[*_]{0,3}[ \t]*\n"
    r"(?=\s*\n|[ \t*_]*by (?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
ENDS_A_SENTENCE = re.compile(r"[.!?…:;,。！？]\W*\Z")
PART_LEVEL, CHAPTER_LEVEL = 5, 6
"""Below any title."""


def marked(text: str) -> tuple[str, int]:
    """The text with headings at its chapters, and their level; 0 where it has headings of its own.

    Below a title it may have none. A line above the first chapter is a title, too.
    """
    title, rest = headed(text)
    chapters, parts = CHAPTER_LINE.search(rest), PART_LINE.search(rest)
    if HEADING.search(rest) or not (chapters or parts):
        return text, 0
    above = text[: len(text) - len(rest)] if title else ""
    level = PART_LEVEL if chapters else CHAPTER_LEVEL
    rest = CHAPTER_LINE.sub(rf"{'#' * CHAPTER_LEVEL} \1", rest)
    rest = PART_LINE.sub(rf"{'#' * level} \1", rest)
    return above + (rest if above else _titled(rest)), CHAPTER_LEVEL


def opens_a_part(title: str) -> bool:
    """Whether a heading says that it is one of several parts, and no title of a whole."""
    return bool(re.match(PART, title, re.IGNORECASE))


def _titled(text: str) -> str:
    line = TITLE_LINE.match(text)
    if not line or ENDS_A_SENTENCE.search(line["title"]):
        return text
    return f"# {line['title']}\n\n{text[line.end() :].lstrip()}"
