"""A text whose chapters begin with mere lines, such as `Chapter 3`: they become headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from l2mac_write.importers.manuscripts import HEADING, LEAST, headed
from l2mac_write.text.counting import count_words
from l2mac_write.text.numbers import CHAPTER_NAME, WORDS, values

NUMBER = rf"(?:{WORDS}|\d{{1,4}}|[ivxlc]{{1,9}})"
ALONE = r"(?im)(?:\A|(?<=\n\n))[ \t*_]*({}[^\n]{{0,80}}?)[ \t*_]*$(?=\n\s*\n)"
"""Alone in its paragraph."""
CHAPTER_LINE = re.compile(
    ALONE.format(
        rf"(?:{CHAPTER_NAME}"
        r"|(?:prologue|epilogue|interlude|prolog|epilog)(?=[ \t*_]*$|[ \t]*[:.—–-]))"
    )
)
PART = rf"(?:part|book|teil|partie|parte|buch)\s+(?:the\s+)?{NUMBER}\b"
PART_LINE = re.compile(ALONE.format(PART))
NUMBER_LINE = re.compile(
    rf"(?im)(?:\A|(?<=\n\n))[ \t*_—–-]*({NUMBER})\\?[.)]?[ \t*_—–-]*$(?=\n\s*\n)"
)
BOLD_LINE = re.compile(
    r"(?m)(?:\A|(?<=\n\n))[ \t]*(?:\*\*|__)([^\W_][^\n*_]{0,80})(?:\*\*|__)[ \t]*$(?=\n\s*\n)"
)
TITLE_LINE = re.compile(
    r"\A\s*[*_]{0,3}(?P<title>[^\W_][^\n]{0,98}?)[*_]{0,3}[ \t]*\n"
    r"(?=\s*\n|[ \t*_]*by (?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
NAMED_LINE = re.compile(
    r"(?:\A|(?<=\n\n))[ \t]*[*_]{0,3}(?P<title>[^\W_][^\n]{0,98}?)[*_]{0,3}[ \t]*\n\s*"
    r"(?P<by>[*_]{0,2}(?:by|von|par|por|di|door) (?-i:[^\W\d_a-z])[^\n]{1,78})(?=\n|\Z)",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"[*_#\s]*(?:table of contents|contents|inhalt|inhaltsverzeichnis|table des mati[èe]res|sommaire"
    r"|[ií]ndice|contenido|sommario|inhoud|目录)[*_:.\s]*",
    re.IGNORECASE,
)
PAGE = re.compile(r"[\s.…·_]+\d{1,4}\Z")
ENDS_A_SENTENCE = re.compile(r"[.!?…:;,。！？]\W*\Z")
PART_LEVEL, CHAPTER_LEVEL = 5, 6
"""Below any title."""
Lines = Sequence[re.Match[str]]


def marked(text: str) -> tuple[str, int]:
    """The text with headings at its chapters, and their level; 0 where it has headings of its own.

    Below a title it may have none. A line above the first chapter is a title, too.
    """
    title, rest = headed(text)
    if HEADING.search(rest):
        return text, 0
    chapters, parts = _chapters(rest), PART_LINE.search(rest)
    if not (chapters or parts):
        return text, 0
    above = text[: len(text) - len(rest)] if title else ""
    level = PART_LEVEL if chapters else CHAPTER_LEVEL
    rest = _with_headings(rest, chapters)
    rest = PART_LINE.sub(rf"{'#' * level} \1", rest)
    return above + (rest if above else _titled(rest)), CHAPTER_LEVEL


def opens_a_part(title: str) -> bool:
    """Whether a heading says that it is one of several parts, and no title of a whole."""
    return bool(re.match(PART, title, re.IGNORECASE))


def _chapters(text: str) -> Lines:
    """The lines that begin one: those that say so, else numbers that count, else bold ones."""
    said = _without_contents([*CHAPTER_LINE.finditer(text)], text)
    return said or _counting([*NUMBER_LINE.finditer(text)]) or _bold(text)


def _without_contents(lines: Lines, text: str) -> Lines:
    """A list of the chapters before the first of them begins none."""
    keys = [_letters(line[1]) for line in lines]
    gaps = [text[one.end() : two.start()].strip() for one, two in pairwise(lines)]
    bare = next((at for at, gap in enumerate(gaps) if gap), len(gaps))
    begins = (at for at in range(2, bare + 2) if at < len(keys) and keys[0].startswith(keys[at]))
    return lines[next(begins, 0) :]


def _counting(lines: Lines) -> Lines:
    """Those that count from 1 on, as far as they do; one alone counts nothing."""
    counted: list[re.Match[str]] = []
    for line in lines:
        if values().get(line[1].lower()) == len(counted) + 1:
            counted.append(line)
    return counted if len(counted) > 1 else ()


def _bold(text: str) -> Lines:
    """Where there is text enough below most; what has none is the title of the whole."""
    lines = [*BOLD_LINE.finditer(text)]
    starts = [*(line.start() for line in lines), len(text)]
    full = [
        line
        for line, end in zip(lines, starts[1:], strict=True)
        if count_words(text[line.end() : end]) >= LEAST and not ENDS_A_SENTENCE.search(line[1])
    ]
    return full if len(full) > 1 and 2 * len(full) > len(lines) else ()


def _with_headings(text: str, lines: Lines) -> str:
    pieces, at = [], 0
    for line in lines:
        pieces += [text[at : line.start()], f"{'#' * CHAPTER_LEVEL} {line[1]}"]
        at = line.end()
    return "".join((*pieces, text[at:]))


def _letters(title: str) -> str:
    """Without the page that a list of contents would say behind it."""
    bare = PAGE.sub("", title)
    kept = bare if CHAPTER_LINE.match(f"{bare}\n\n") else title
    return letters(kept)


def letters(line: str) -> str:
    """What a line says, however it is set."""
    return "".join(re.findall(r"[^\W_]+", line.casefold()))


def _titled(text: str) -> str:
    """The line above the one that says who has written it is the title, or else the first."""
    heading = HEADING.search(text)
    named = NAMED_LINE.search(text[: heading.start() if heading else 0])
    if named and text[: named.start()].strip():
        rest = text[: named.start()] + text[named.end() :]
        return f"# {named['title']}\n\n{named['by']}\n\n{rest.lstrip()}"
    line = TITLE_LINE.match(text)
    if not line or ENDS_A_SENTENCE.search(line["title"]) or CONTENTS.fullmatch(line["title"]):
        return text
    return f"# {line['title']}\n\n{text[line.end() :].lstrip()}"
