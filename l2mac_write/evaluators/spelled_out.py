"""Which abbreviations does a text write out, and as what? Known by their initials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from l2mac_write.text.word_lists import word_list

SHORT = re.compile(r"(?<![\w.&/-])(?:[A-Z][A-Z0-9]{1,5}|(?:[A-Z]\.){2,6})(?:s(?!\w))?(?![\w-])")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
REACH = 110
"""Characters on either side in which it is written out."""
FULL_STOP = re.compile(r"(?<!\bi\.e)(?<!\be\.g)[.!?;]\s|\n\s*\n")
TWO = 2
"""Of so few letters, only names with capitals are believed."""


@dataclass(frozen=True, slots=True)
class SpelledOut:
    """An abbreviation, the words it stands for, and the place where the two are put together."""

    short: str
    meant: str
    start: int
    end: int


def spelled_out(text: str) -> Iterator[SpelledOut]:
    before, after = _links()
    for found in SHORT.finditer(text):
        short = found[0].rstrip("s").replace(".", "")
        if not short.isalpha():
            continue
        words = _before(text, found.start(), before, short) or _after(
            text, found.end(), after, short
        )
        if words and (len(short) > TWO or all(word[0].isupper() for word in (words[0], words[-1]))):
            start, end = words[0].start(), words[-1].end()
            last = max(end, found.end())
            last += text.startswith(")", last)
            yield SpelledOut(short, text[start:end], min(start, found.start()), last)


def _before(text: str, start: int, link: re.Pattern[str], short: str) -> Sequence[re.Match[str]]:
    """The words before the abbreviation, and before what ties them to it, with its initials."""
    near = max(0, start - REACH)
    for stop in FULL_STOP.finditer(text, near, start):
        near = stop.end()
    words = list(WORD.finditer(text, near, start))
    for last in range(len(words), max(0, len(words) - 6), -1):
        gap = text[words[last - 1].end() : start]
        if not link.fullmatch(gap):
            continue
        if spelled := _initials(words[:last][::-1], short[::-1]):
            return spelled[::-1]
    return ()


def _after(text: str, end: int, link: re.Pattern[str], short: str) -> Sequence[re.Match[str]]:
    stop = FULL_STOP.search(text, end, end + REACH)
    words = list(WORD.finditer(text, end, stop.start() if stop else end + REACH))
    for first, word in enumerate(words[:8]):
        if link.fullmatch(text, end, word.start()) and (spelled := _initials(words[first:], short)):
            return spelled
    return ()


def _initials(words: Sequence[re.Match[str]], letters: str) -> Sequence[re.Match[str]]:
    """The first of these words, if they have these letters for initials; little ones may have none."""
    return _spelling(words, letters, of_all=False) or _spelling(words, letters, of_all=True)


def _spelling(
    words: Sequence[re.Match[str]], letters: str, *, of_all: bool
) -> Sequence[re.Match[str]]:
    left = letters
    for count, word in enumerate(words, start=1):
        is_little = word[0].casefold() in _little()
        if word[0][0].upper() == left[0] and (of_all or not is_little):
            left = left[1:]
        elif count == 1 or not is_little:
            return ()
        if not left:
            return words[:count]
    return ()


@cache
def _links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    marks = r"[\s,(\[—–:=“”\"*_'‘’)-]"
    before, after = (_table()[name].replace(".", r"\.") for name in ("before", "after"))
    return (
        re.compile(rf"(?=.*[,(\[—–:=-]|.*[a-z]{{4}}){marks}+(?:(?:{before}){marks}+){{0,5}}"),
        re.compile(
            rf"(?=.*[,(\[—–:=-]|.*\b(?:for|means?|denotes?|be|is|of|to)\b){marks}+(?:(?:{after}){marks}+){{0,6}}"
        ),
    )


def renamed(between: str) -> bool:
    """Do the words between two names say that the one gave way to the other?"""
    return re.search(rf"\b(?:{_table()['renamed']})\b", between) is not None


@cache
def _little() -> frozenset[str]:
    return frozenset(_table()["little"].split())


@cache
def _table() -> Mapping[str, str]:
    return word_list(__file__, "spelled_out.toml")
