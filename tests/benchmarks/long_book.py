"""A book of 300,000 words in one command, and how near it comes to its length: `python -m tests.benchmarks.long_book`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from l2mac_write import open_book
from l2mac_write.book import Brief
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.messages import Prose
from l2mac_write.reading.chapters import ChapterState, chapter_states
from l2mac_write.store.folder import BookFolder
from tests.benchmarks.rehearsal_speed import (
    MOST_MEGABYTES,
    MOST_MILLISECONDS,
    PROMPT,
    Stopwatch,
    as_typed,
    in_process,
    machine,
    table,
)

MOST_OFF, MOST_OFF_IN_ALL = 0.10, 0.03


class Wayward(Rehearsal):
    """Rehearses, and says too much or too little: by so much on average, and by chance besides."""

    def __init__(self, bias: float, spread: float, seed: int = 1) -> None:
        super().__init__()
        self._bias, self._spread, self._chance = bias, spread, random.Random(seed)

    def reply(self, request, hear):
        if not isinstance(request.shape, Prose):
            return super().reply(request, hear)
        share = 1 + self._bias + self._chance.uniform(-self._spread, self._spread)
        words = round(request.shape.words * share)
        return super().reply(replace(request, shape=Prose(words)), hear)


def wayward(chapters: int, words: int, bias: float, spread: float) -> tuple[ChapterState, ...]:
    """The chapters of the book that such a model writes."""
    brief = Brief(PROMPT, chapters=chapters, words=chapters * words)
    with (
        tempfile.TemporaryDirectory() as place,
        closing(BookFolder.create(Path(place) / "book")) as folder,
    ):
        unit = replace(machine(brief, folder, Stopwatch()), llm=Wayward(bias, spread))
        registry = unit.run()
        return chapter_states(folder, unit.plan(), registry)


def landed(chapters: Iterable[ChapterState]) -> bool:
    """Prints the worst chapter and the whole book; says whether both are near enough."""
    there = tuple(chapters)
    worst = max(abs(c.words / c.target - 1) for c in there)
    words, target = sum(c.words for c in there), sum(c.target for c in there)
    off = words / target - 1
    print(f"  worst chapter {worst:7.1%}   (at most {MOST_OFF:.0%})")
    print(f"  book          {off:+7.2%}   (at most {MOST_OFF_IN_ALL:.0%}): {words:,} words")
    return worst <= MOST_OFF and abs(off) <= MOST_OFF_IN_ALL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=100)
    parser.add_argument("--words", type=int, default=3_000, help="words of a chapter")
    chosen = parser.parse_args()
    size = (chosen.chapters, chosen.words)
    with tempfile.TemporaryDirectory() as place:
        seconds, megabytes = as_typed(*size, Path(place))
        chapters = open_book(Path(place) / "book").chapters
    print(f"{chosen.chapters} chapters of {chosen.words:,} words, planned, written, exported")
    print(f"  wall          {seconds:7.1f} s")
    print(f"  peak memory   {megabytes:7.1f} MB  (at most {MOST_MEGABYTES})")
    held = [megabytes <= MOST_MEGABYTES, landed(chapters)]
    held.append(table(in_process(*size)) <= MOST_MILLISECONDS)
    for bias, spread in ((0.08, 0.05), (-0.15, 0.1), (0.0, 0.3)):
        print(
            f"by a model that says {bias:+.0%} and up to {spread:.0%} more or less than it is asked"
        )
        held.append(landed(wayward(*size, bias, spread)))
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
