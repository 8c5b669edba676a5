"""Cuts a text into paragraphs, sentences and words that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from l2mac_write.findings import Edit, Finding
from l2mac_write.text.languages import is_unspaced

# Every pattern here reads each character a bounded number of times, whatever the text.
WORD = re.compile(r"\w+(?:['’-]\w+)*")
CHARACTER = re.compile(r"[㐀-鿿豈-﫿぀-ヿ]")
GAP = re.compile(r"\n[^\S\n]*\n\s*")
STOP = re.compile(
    r"(?<![.!?…])[.!?…؟]++(?:[\"'”’“‘»«›‹)\]*_]|[\u00a0\u202f ][»›](?!\w))*+(?=\s)"
    r"|[。！？]++…*+[」』”’）*_]*+"
)
LAST_WORD = re.compile(r"\w+\Z")
SPACE = re.compile(r"\s*")
BLANKS = re.compile(r"[^\S\n]*")
FENCE = re.compile(r"(?m)^ {0,3}(?:`{3,}|~{3,})[^\n]*$")
INLINE_CODE = re.compile(r"`[^`\n]+`")
TITLES = ("mr", "mrs", "ms", "dr", "st", "prof", "capt", "col", "gen", "lt", "sgt", "rev", "hon")
ELSEWHERE = ("sra", "srta", "dra", "mm", "hr", "fr", "frl", "nr", "bzw", "vgl", "usw", "ca", "z")
MORE = ("b", "sr", "jr", "messrs", "mme", "mlle", "no", "vol", "vs", "etc")
ABBREVIATIONS = frozenset((*TITLES, *ELSEWHERE, *MORE))
OTHER_WORD = rf"(?:(?!{CHARACTER.pattern})\w)+"
PIECE = re.compile(rf"{CHARACTER.pattern}|{OTHER_WORD}")
"""Of a text without spaces: a character, or a word in letters of another script."""
SPEECH_MARKS = frozenset('"“‘«»„「『—–')
"""What speech begins with, in one language or another."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half a character; no text that holds one can be encoded."""
QUOTE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text; `start` and `end` count characters of the whole."""

    start: int
    end: int
    text: str


Placed: TypeAlias = tuple[Passage, Finding]
"""A finding and the place it is about."""


def paragraphs(text: str) -> Iterator[Passage]:
    start = len(text) - len(text.lstrip())
    for gap in GAP.finditer(text, start):
        yield Passage(start, gap.start(), text[start : gap.start()])
        start = gap.end()
    end = len(text.rstrip())
    if end > start:
        yield Passage(start, end, text[start:end])


def sentences(passage: Passage) -> Iterator[Passage]:
    """Its sentences; what follows the last full stop is one too."""
    text, start = passage.text, 0
    for stop in STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield _piece(passage, start, stop.end())
            start = stop.end()
    if text[start:].strip():
        yield _piece(passage, start, len(text.rstrip()))


def words(text: str, language: str = "en") -> list[str]:
    """Words without regard to case; for Chinese and Japanese, characters."""
    return pieces(text) if is_unspaced(language) else _folded(WORD, text)


def pieces(text: str) -> list[str]:
    """Its words, and its characters of scripts without spaces one by one, whatever the language."""
    return _folded(PIECE, text)


def word_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    pattern = PIECE if is_unspaced(language) else WORD
    return [word.span() for word in pattern.finditer(text)]


def excerpt(text: str) -> str:
    """The first words of the text, exactly as they stand there."""
    line = SURROGATE.split(text.strip().split("\n", maxsplit=1)[0], maxsplit=1)[0]
    if len(line) <= QUOTE_LENGTH:
        return line
    return line[:QUOTE_LENGTH].rsplit(maxsplit=1)[0]


def cut(text: str, start: int, end: int) -> Edit:
    """The edit that takes out `text[start:end]` and the white space after it."""
    after = _end(SPACE, text, end)
    whole_lines = (start == 0 or text[start - 1] == "\n") and "\n" in text[end:after]
    return Edit(start, after if whole_lines else _end(BLANKS, text, end))


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with each match made of spaces, so that every offset still holds."""
    return pattern.sub(lambda match: " " * len(match.group()), text)


def fences(text: str) -> list[re.Match[str]]:
    """Where code fences open and close, in turn."""
    return list(FENCE.finditer(text)) if "```" in text or "~~~" in text else []


def without_code(text: str) -> str:
    """The text with fenced and inline code blanked out, every offset kept."""
    marks, parts, position = fences(text), [], 0
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        parts += [text[position : opening.start()], " " * (closing.end() - opening.start())]
        position = closing.end()
    return blanked("".join((*parts, text[position:])), INLINE_CODE)


def _folded(pattern: re.Pattern[str], text: str) -> list[str]:
    return [word.casefold() for word in pattern.findall(text)]


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _piece(passage: Passage, start: int, end: int) -> Passage:
    piece = passage.text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Passage(passage.start + start, passage.start + end, passage.text[start:end])


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    following = _end(SPACE, text, stop.end())
    if text[following : following + 1].islower():
        return False
    before = LAST_WORD.search(text, max(0, stop.start() - 12), stop.start())
    return not before or stop.group() != "." or not _is_abbreviation(before.group())


def _is_abbreviation(word: str) -> bool:
    return word.casefold() in ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")
