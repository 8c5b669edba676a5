"""How long each export of a long book takes, and how much memory: `python -m tests.benchmarks.export_speed`."""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from l2mac_write.book import Manuscript, Part, Section
from l2mac_write.counting import count_words
from l2mac_write.exporters import EXPORTERS

CHAPTER = 1_600
SYLLABLES = "ba de fi go lu mar nen sil tor wyn ash el".split()  # noqa: SIM905 (reads better)


def synthetic() -> Iterator[str]:
    """Paragraphs of invented words, a third of them speech with straight marks."""
    chance = random.Random(7)
    while True:
        words = [
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3)))
            for _ in range(chance.randint(20, 120))
        ]
        text = " ".join(words).capitalize() + "."
        yield (
            f'"{text[:40]}," he said -- "it\'s *{text[40:]}*"' if chance.random() < 1 / 3 else text
        )


def from_folder(folder: Path) -> Iterator[str]:
    """The paragraphs of the folder's books, over and over, their headings left out."""
    texts = [file.read_text("utf-8") for file in sorted(folder.glob("*.md"))]
    paragraphs = [p for text in texts for p in text.split("\n\n") if p and p[0] not in "#|"]
    return cycle(paragraphs)


def bound(paragraphs: Iterator[str], words: int) -> Manuscript:
    sections, total = [], 0
    while total < words:
        text, count = [], 0
        while count < CHAPTER:
            text.append(next(paragraphs))
            count += count_words(text[-1])
        total += count
        number = len(sections) + 1
        sections.append(
            Section("chapter", Part.BODY, "", f"Part {number:,}", "\n\n".join(text), number)
        )
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Manuscript("Long", "Nobody", "en", "urn:uuid:0", moment, tuple(sections))


def measure(name: str, words: int, corpus: Path | None) -> None:
    """In a process of its own, so that the peak of memory is that of one export."""
    manuscript = bound(from_folder(corpus) if corpus else synthetic(), words)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    size = len(EXPORTERS[name].export(manuscript))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:9} {words:>9,} words  {len(manuscript.sections):>5} chapters  {seconds:6.2f} s CPU  "
        f"{peak:6.0f} MB peak ({before:.0f} MB before)  {size / 1e6:6.2f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=1_000_000)
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown books to repeat")
    chosen = parser.parse_args()
    for name in EXPORTERS:
        child = get_context("spawn").Process(
            target=measure, args=(name, chosen.words, chosen.corpus)
        )
        child.start()
        child.join()


if __name__ == "__main__":
    main()
