"""Errors in the shape of a book: chapters cut, emptied, misnumbered, or begun like another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from l2mac_write.text.counting import count_words
from tests.benchmarks.seeds.books import Book, Chapter, Paragraph
from tests.benchmarks.seeds.ground import Ground, apart
from tests.benchmarks.seeds.planting import Edit, Note, marked
from tests.benchmarks.seeds.words import Wordings

ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
NUMBERED = re.compile(r"^(?P<before>(?:Chapter )?)(?P<number>[IVXLC]+|\d+)(?P<after>(?:[.:].*)?)$")
INSIDE = re.compile(r"(?<=[a-z]) (?=[a-z]+ [a-z]+ )")
SENTENCE = re.compile(r"(?<=[.!?])[”’\"']? (?=[“‘A-Z])")
STUMP = 0.08
"""Of the book's mean: how long a chapter is that is far too short."""
EDGE = 60
"""Words of an opening or an ending that come again."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a seeder works with."""

    book: Book
    ground: Ground
    chance: Random
    count: int
    words: Wordings


@dataclass(frozen=True, slots=True)
class Found:
    """What a seeder makes: the edits of one seed, and what is known of it."""

    edits: tuple[Edit, ...]
    distance: str = ""
    wording: str = ""
    agreed: tuple[Edit, ...] = ()
    notes: tuple[Note, ...] = ()
    agreed_notes: tuple[Note, ...] = ()


def truncation(site: Site) -> Iterator[Found]:
    """A chapter ends in the middle of a sentence, somewhere in its last half."""
    for chapter in site.ground.chapters(
        site.chance, site.count, lambda c: bool(_cuts(site.book, c))
    ):
        yield Found((Edit(site.chance.choice(_cuts(site.book, chapter)), chapter.end, "\n\n"),))


def _cuts(book: Book, chapter: Chapter) -> list[int]:
    paragraphs = book.within(chapter)
    late = (p for p in paragraphs[len(paragraphs) // 2 :] if p.is_prose)
    return [p.start + match.start() for p in late for match in INSIDE.finditer(p.text)]


def empty(site: Site) -> Iterator[Found]:
    for chapter in site.ground.chapters(site.chance, site.count, lambda _: True):
        yield Found((Edit(chapter.body, chapter.end, "\n\n"),))


def short(site: Site) -> Iterator[Found]:
    """Only the first paragraphs are left: less than a tenth of what a chapter holds."""
    mean = sum(chapter.words for chapter in site.book.chapters) / len(site.book.chapters)

    def fit(chapter: Chapter) -> bool:
        return chapter.words > mean / 2 and 0 < _stump(site.book, chapter, mean) < chapter.end

    for chapter in site.ground.chapters(site.chance, site.count, fit):
        yield Found((Edit(_stump(site.book, chapter, mean), chapter.end, "\n\n"),))


def _stump(book: Book, chapter: Chapter, mean: float) -> int:
    end, words = 0, 0
    for paragraph in book.within(chapter):
        words += count_words(paragraph.text)
        if words > STUMP * mean:
            return end
        end = paragraph.end
    return 0


def number_skipped(site: Site) -> Iterator[Found]:
    return _renumbered(site, 3)


def number_repeated(site: Site) -> Iterator[Found]:
    return _renumbered(site, -1)


def _renumbered(site: Site, step: int) -> Iterator[Found]:
    def fit(chapter: Chapter) -> bool:
        match = NUMBERED.match(chapter.heading)
        return bool(match) and _value(match["number"]) > 1

    for chapter in site.ground.chapters(site.chance, site.count, fit):
        match = NUMBERED.match(chapter.heading)
        number = _value(match["number"]) + step
        written = str(number) if match["number"].isdigit() else _roman(number)
        start = chapter.body - len(chapter.heading)
        new = f"{match['before']}{written}{match['after']}"
        yield Found((Edit(start, chapter.body, new),))


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    return next((n for n in range(1, 400) if _roman(n) == number), 0)


def _roman(number: int) -> str:
    out = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def title_repeated(site: Site) -> Iterator[Found]:
    """A chapter is called as the one before it, its own number aside."""

    def fit(chapter: Chapter) -> bool:
        return len(_title(chapter)) > 1 and len(_title(site.book.chapters[chapter.number - 1])) > 1

    for chapter in site.ground.chapters(site.chance, site.count, fit):
        before = site.book.chapters[chapter.number - 1]
        yield Found((Edit(chapter.body - len(_title(chapter)), chapter.body, _title(before)),))


def _title(chapter: Chapter) -> str:
    match = NUMBERED.match(chapter.heading)
    return match["after"] if match else chapter.heading


def opening(site: Site) -> Iterator[Found]:
    """A chapter begins with the words that an earlier one begins with."""
    for source, target in _edges(site, first=True):
        again = _head(source.text) + " "
        edit = Edit(target.start, target.end, again + target.text)
        yield Found((marked(source), edit), apart(source, target))


def ending(site: Site) -> Iterator[Found]:
    for source, target in _edges(site, first=False):
        edit = Edit(target.start, target.end, target.text + " " + _tail(source.text))
        yield Found((marked(source), edit), apart(source, target))


def _edges(site: Site, *, first: bool) -> Iterator[tuple[Paragraph, Paragraph]]:
    most = min(site.count, len(site.book.chapters) // 4) * 2
    found = [p for p in site.ground.edges(site.chance, most * 2, first=first) if p.is_prose]
    for one, other in zip(found[0:most:2], found[1:most:2], strict=False):
        yield tuple(sorted((one, other), key=lambda paragraph: paragraph.number))


def _head(text: str) -> str:
    """Its first sentences, at most so many words, at least one sentence."""
    sentences = _sentences(text)
    kept = sentences[:1]
    for sentence in sentences[1:]:
        if len(" ".join([*kept, sentence]).split()) > EDGE:
            break
        kept.append(sentence)
    return " ".join(kept)


def _tail(text: str) -> str:
    sentences = _sentences(text)
    kept = sentences[-1:]
    for sentence in reversed(sentences[:-1]):
        if len(" ".join([sentence, *kept]).split()) > EDGE:
            break
        kept.insert(0, sentence)
    return " ".join(kept)


def _sentences(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in SENTENCE.finditer(text)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts)]
