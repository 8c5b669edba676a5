"""What a Markdown book is made of, as spans of its text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from l2mac_write.text.counting import count_words

HEADING = re.compile(r"(?m)^(#{1,6})[ \t]+(.*)$")
PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{4,}\b")
WORD = re.compile(r"[^\W\d_]+")
LEAST = 200
"""Words; less between two headings is a title page."""
PROSE = 30
OFTEN = 10


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts through the whole book, `chapter` from 0."""

    number: int
    chapter: int
    start: int
    end: int
    text: str

    @property
    def is_prose(self) -> bool:
        return (self.text[0].isalpha() or self.text[0] in "“‘\"'") and (
            len(self.text.split()) >= PROSE and "[" not in self.text and "|" not in self.text
        )

    @property
    def is_narration(self) -> bool:
        return self.is_prose and not set('“”"*_') & set(self.text) and self.text.endswith(".")


@dataclass(frozen=True, slots=True)
class Chapter:
    """From its heading to the next; `body` is where the heading's line ends."""

    number: int
    start: int
    body: int
    end: int
    heading: str
    words: int


@dataclass(frozen=True)
class Book:
    name: str
    text: str

    @cached_property
    def sha(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        heads = list(HEADING.finditer(self.text))
        ends = [*(head.start() for head in heads[1:]), len(self.text)]
        pieces = (
            (head, end, count_words(self.text[head.end() : end]))
            for head, end in zip(heads, ends, strict=True)
        )
        long = [piece for piece in pieces if piece[2] >= LEAST]
        return tuple(
            Chapter(number, head.start(), head.end(), end, head[2], words)
            for number, (head, end, words) in enumerate(long)
        )

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        found = (
            (chapter.number, match)
            for chapter in self.chapters
            for match in PARAGRAPH.finditer(self.text, chapter.body, chapter.end)
        )
        return tuple(
            Paragraph(number, chapter, match.start(), match.end(), match.group())
            for number, (chapter, match) in enumerate(found)
        )

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in WORD.findall(self.text))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Capitalised words that stand often inside a sentence, and never without a capital."""
        counts = Counter(NAME.findall(self.text))
        small = set(re.findall(r"\b[a-z]+\b", self.text))
        return tuple(
            name for name, n in counts.most_common() if n >= OFTEN and name.lower() not in small
        )

    def within(self, chapter: Chapter) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.paragraphs if p.chapter == chapter.number)


def books(folder: Path) -> Iterator[Book]:
    """Those of a folder that have chapters."""
    for file in sorted(folder.glob("*.md")):
        book = Book(file.stem, file.read_text("utf-8"))
        if len(book.chapters) > 1:
            yield book
