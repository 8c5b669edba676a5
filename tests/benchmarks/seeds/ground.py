"""Where errors can be planted so that no two of them meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from tests.benchmarks.seeds.books import Book, Chapter, Paragraph

T = TypeVar("T")
APART = 2
"""Paragraphs between two seeds, at least."""
SCENE = 8
"""Paragraphs this near to each other, in one chapter, are one scene."""
DISTANCES = ("scene", "chapter", "1-5", "6-20", ">20")


class Ground:
    """The paragraphs and chapters of a book that are still free."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._taken: set[int] = set()
        self._chapters: set[int] = set()

    def paragraphs(
        self, chance: Random, count: int, fit: Callable[[Paragraph], bool]
    ) -> list[Paragraph]:
        """As many as there are, at most `count`, in an order of chance; none is free any more."""
        found: list[Paragraph] = []
        for paragraph in _shuffled(chance, self.book.paragraphs):
            if len(found) == count:
                break
            if self._is_free(paragraph) and fit(paragraph):
                found.append(self._take(paragraph))
        return found

    def pair(self, chance: Random, distance: str) -> tuple[Paragraph, Paragraph] | None:
        """Two paragraphs of narration so far apart, the earlier one first."""
        fits = [p for p in self.book.paragraphs if p.is_narration and self._is_free(p)]
        for first in _shuffled(chance, fits):
            later = [
                p for p in fits if p.number - first.number > APART and _apart(first, p) == distance
            ]
            if later:
                return self._take(first), self._take(chance.choice(later))
        return None

    def chapters(self, chance: Random, count: int, fit: Callable[[Chapter], bool]) -> list[Chapter]:
        """At most `count` and a quarter of all, no two side by side, never the first."""
        most = min(count, max(1, len(self.book.chapters) // 4))
        found: list[Chapter] = []
        for chapter in _shuffled(chance, self.book.chapters[1:]):
            if len(found) < most and not self._near(chapter) and fit(chapter):
                self._chapters.add(chapter.number)
                found.append(chapter)
        return found

    def edges(self, chance: Random, count: int, *, first: bool) -> list[Paragraph]:
        """First or last paragraphs of chapters."""
        ends = [self.book.within(chapter)[0 if first else -1] for chapter in self.book.chapters]
        free = [paragraph for paragraph in ends if self._is_free(paragraph)]
        return [self._take(p) for p in chance.sample(free, min(count, len(free)))]

    def _near(self, chapter: Chapter) -> bool:
        return bool(self._chapters & {chapter.number - 1, chapter.number, chapter.number + 1})

    def _is_free(self, paragraph: Paragraph) -> bool:
        around = range(paragraph.number - APART, paragraph.number + APART + 1)
        return self._taken.isdisjoint(around)

    def _take(self, paragraph: Paragraph) -> Paragraph:
        self._taken.add(paragraph.number)
        return paragraph


def _apart(first: Paragraph, second: Paragraph) -> str:
    chapters = second.chapter - first.chapter
    if chapters == 0:
        return "scene" if second.number - first.number <= SCENE else "chapter"
    return "1-5" if chapters <= 5 else "6-20" if chapters <= 20 else ">20"


def apart(one: Paragraph, other: Paragraph) -> str:
    return _apart(*sorted((one, other), key=lambda paragraph: paragraph.number))


def _shuffled(chance: Random, things: Sequence[T]) -> list[T]:
    return chance.sample(things, len(things))
