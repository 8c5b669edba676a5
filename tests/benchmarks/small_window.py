"""A book of six chapters by the local model in its window of 4,096 tokens, and how its people are spelled: `python -m tests.benchmarks.small_window`."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from l2mac_write import generate
from l2mac_write.evaluators.spelling import look_alike
from l2mac_write.llm.local import WINDOW
from l2mac_write.opened import Book

PROMPT = "A lighthouse keeper's daughter finds a map that shows an island nobody else can see."
CHAPTERS, WORDS = 6, 3_600
NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}\b")


def misspelled(book: Book) -> Iterator[tuple[str, str]]:
    """Words of the chapters that look like a name of the plan and are none, each with the name."""
    texts = " ".join(section.markdown for section in book.manuscript.chapters)
    words = Counter(NAME.findall(texts))
    names = {name for person in book.plan.people for name in NAME.findall(person.name)}
    for word in words.keys() - names:
        if word.lower() not in texts:
            yield from ((word, name) for name in sorted(names) if look_alike(word, name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompt", default=PROMPT)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        book = generate(
            chosen.prompt, Path(place) / "book", model="local", chapters=CHAPTERS, words=WORDS
        )
        wrong = [*misspelled(book)]
        words = sum(chapter.words for chapter in book.chapters)
        print(f"{len(book.chapters)} chapters, {words:,} of {WORDS:,} words, {WINDOW:,} tokens")
        for person in book.plan.people:
            said = sum(s.markdown.count(person.name) for s in book.manuscript.chapters)
            print(f"  {person.name}: {said} times")
        for word, name in wrong:
            print(f"  `{word}` looks like `{name}`")
        sys.exit(bool(wrong) or not book.finished)


if __name__ == "__main__":
    main()
