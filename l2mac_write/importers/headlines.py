"""Headings that mean something else than they seem to: a chapter told in two, a sign between scenes."""

from __future__ import annotations

import re

from l2mac_write.importers.manuscripts import HEADING
from l2mac_write.importers.scenes import RULE
from l2mac_write.importers.unmarked import CHAPTER_LINE, ENDS_A_SENTENCE
from l2mac_write.text.numbers import CHAPTER_NAME

SIGN = re.compile(r"(?m)^ {0,3}#[ \t]*$")
TITLED = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+[^\s#]")
BARE = re.compile(rf"(?im)^ {{0,3}}#{{1,6}}[ \t]+(?:{CHAPTER_NAME})[.:]?[ \t#]*$")
IN_TWO = re.compile(
    rf"(?im)^ {{0,3}}(#{{1,6}})[ \t]+({CHAPTER_NAME})[.:]?[ \t#]*\n\s*"
    r"(?:(#{1,6})[ \t]+|[ \t]*[*_]{0,2}(?=[^\W_][^\n]{0,80}\n\s*\n))([^\n]{1,300}?)[*_ \t#]{0,9}$"
)


def meant(text: str) -> str:
    """The text with a chapter's number and title in one heading, where most have them in two.

    A sign without words among headings with words parts scenes.
    """
    if len(TITLED.findall(text)) > 1 or CHAPTER_LINE.search(text):
        text = SIGN.sub(RULE, text)
    pairs = [pair for pair in IN_TWO.finditer(text) if _belong_together(pair)]
    if len(pairs) < 2 or 2 * len(pairs) <= len(BARE.findall(text)):  # noqa: PLR2004 (a habit)
        return text
    under = {pair[3] for pair in pairs if pair[3]}
    if sum(found[1] in under for found in HEADING.finditer(text)) > 2 * len(pairs):
        return text
    return IN_TWO.sub(lambda pair: _joined(pair) if _belong_together(pair) else pair[0], text)


def _belong_together(pair: re.Match[str]) -> bool:
    if pair[3]:
        return len(pair[3]) >= len(pair[1]) and not CHAPTER_LINE.match(f"{pair[4]}\n\n")
    return not ENDS_A_SENTENCE.search(pair[4])


def _joined(pair: re.Match[str]) -> str:
    return f"{pair[1]} {pair[2]}: {pair[4]}"
