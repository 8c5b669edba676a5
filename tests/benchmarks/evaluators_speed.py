"""How long all evaluators take, and what they say of clean books: `python -m tests.benchmarks.evaluators_speed`.

Over a run, chapter by chapter with all that came before; with `--whole` over a whole book, as
`check` judges it.
"""

from __future__ import annotations

import argparse
import re
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from l2mac_write.evaluators import ASSIGNED, EVALUATORS, TOGETHER, WHOLE
from l2mac_write.findings import Finding, Text, Whole, Work
from l2mac_write.llm.rehearsal import prose
from l2mac_write.text.counting import count_words

CHAPTER = 3_000
HEADING = re.compile(r"(?m)^#{1,6} .*$")
LEAST = 50
"""Words; a shorter piece between two headings is a title page."""


def synthetic(words: int) -> Iterator[tuple[str, list[str]]]:
    yield "rehearsal", [prose(CHAPTER, str(number)) for number in range(words // CHAPTER)]


def from_folder(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for file in sorted(folder.glob("*.md")):
        pieces = [piece.strip() for piece in HEADING.split(file.read_text("utf-8"))]
        chapters = [piece for piece in pieces if count_words(piece) >= LEAST]
        if len(chapters) > 1:
            yield file.stem, chapters


def works(chapters: list[str]) -> Iterator[Work]:
    """Each chapter as a run sees it: with all chapters before it."""
    before: tuple[Text, ...] = ()
    for number, text in enumerate(chapters, start=1):
        path = f"chapters/{number:03d}.md"
        yield Work(path, text, count_words(text), earlier=before)
        before = (*before, Text(path, text))


def measure(
    chapters: list[str], *, verbose: bool, whole: bool
) -> tuple[Counter[str], Counter[str]]:
    """Seconds of each evaluator, and how many findings of each kind."""
    seconds: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for name, ask in of_all(chapters) if whole else of_each(chapters):
        start = time.process_time()
        found = list(ask())
        seconds[name] += time.process_time() - start
        findings.update(f"{name} {finding.severity}" for finding in found)
        if verbose:
            print(*(f"  {f.severity} {f.path} {f.message} {f.quote!r}\n" for f in found), end="")
    return seconds, findings


def of_each(chapters: list[str]) -> Iterator[tuple[str, Callable[[], Iterable[Finding]]]]:
    for work in works(chapters):
        for name, judge in EVALUATORS.items():
            yield name, partial(judge, work)


def of_all(chapters: list[str]) -> Iterator[tuple[str, Callable[[], Iterable[Finding]]]]:
    texts = tuple(Text(work.path, work.text) for work in works(chapters))
    for name in EVALUATORS.keys() - ASSIGNED - TOGETHER:
        for text in texts:
            yield name, partial(EVALUATORS[name], Work(text.path, text.text, 0))
    for name, judge in WHOLE.items():
        yield name, partial(judge, Whole(texts))


def report(title: str, chapters: list[str], *, verbose: bool, whole: bool) -> None:
    words = sum(map(count_words, chapters))
    seconds, findings = measure(chapters, verbose=verbose, whole=whole)
    each = ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())
    said = ", ".join(f"{n} {kind}" for kind, n in sorted(findings.items())) or "nothing"
    print(f"{title}: {words:,} words in {len(chapters)} chapters")
    print(f"  {seconds.total():.2f} s CPU, {seconds.total() / words * 1e5:.2f} s per 100,000 words")
    print(f"  {each}")
    print(f"  found: {said}")


def memory(chapters: list[str], *, whole: bool) -> float:
    """Megabytes at the peak of a run, the texts themselves not counted."""
    tracemalloc.start()
    measure(chapters, verbose=False, whole=whole)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=150_000)
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown books that are clean")
    parser.add_argument("--memory", action="store_true", help="measure memory too, which is slow")
    parser.add_argument("--verbose", action="store_true", help="print every finding")
    parser.add_argument("--whole", action="store_true", help="judge whole books, as `check` does")
    chosen = parser.parse_args()
    books = from_folder(chosen.corpus) if chosen.corpus else synthetic(chosen.words)
    for title, chapters in books:
        if chosen.memory:
            print(f"{title}: {memory(chapters, whole=chosen.whole):.1f} MB at the peak")
        report(title, chapters, verbose=chosen.verbose, whole=chosen.whole)


if __name__ == "__main__":
    main()
