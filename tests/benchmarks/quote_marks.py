"""How many quotation marks come out wrong when the curly ones of a book are made straight and set again: `python -m tests.benchmarks.quote_marks CORPUS`.

Pandoc, where there is one, does the same in the same run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from l2mac_write.exporters.typesetting import set_type

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
CURLY = frozenset("“”‘’\"'")
MOST_WRONG = 15
"""Of 10,000 marks."""


@dataclass(frozen=True, slots=True)
class Score:
    marks: int = 0
    wrong: int = 0
    skipped: int = 0
    """Paragraphs that came out with other words, so that nothing can be compared."""
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return 10_000 * self.wrong / max(1, self.marks)

    def __add__(self, more: Score) -> Score:
        return Score(
            self.marks + more.marks,
            self.wrong + more.wrong,
            self.skipped + more.skipped,
            self.seconds + more.seconds,
        )


def ours(text: str) -> list[str]:
    """The text of every paragraph and heading, its marks set."""
    return _paragraphs(text, is_set=True)


def as_it_is(text: str) -> list[str]:
    return _paragraphs(text, is_set=False)


def _paragraphs(text: str, *, is_set: bool) -> list[str]:
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    if is_set:
        set_type(tokens, "en")
    inline = (token.children or () for token in tokens if token.type == "inline")
    return ["".join(child.content or " " for child in children) for children in inline]


def pandocs(pandoc: str, text: str, *, smart: bool) -> list[str]:
    said = subprocess.run(
        [pandoc, "-f", f"markdown{'+' if smart else '-'}smart", "-t", "plain", "--wrap=none"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.split("\n")


def compared(truth: Sequence[str], made: Sequence[str]) -> Score:
    if len(truth) != len(made):
        sys.exit("the paragraphs do not pair: nothing can be compared")
    return sum((_of_a_paragraph(*pair) for pair in zip(truth, made, strict=True)), Score())


def _of_a_paragraph(truth: str, made: str) -> Score:
    if _bare(truth) != _bare(made):
        return Score(skipped=1)
    right, set_ = _marks(truth), _marks(made)
    wrong = sum(one != other for one, other in zip(right, set_, strict=True))
    return Score(len(right), wrong)


def _bare(text: str) -> str:
    """The words and where the marks are; dashes and dots are not what is measured."""
    return "".join("'" if c in CURLY else c for c in text if c.isalnum() or c in CURLY)


def _marks(text: str) -> list[str]:
    return [character for character in text if character in CURLY]


def wrong_ones(truth: Sequence[str], made: Sequence[str]) -> Iterator[str]:
    for one, other in zip(truth, made, strict=True):
        if _bare(one) == _bare(other) and _marks(one) != _marks(other):
            yield other


def of_a_book(text: str, pandoc: str | None) -> dict[str, Score]:
    flat = text.translate(STRAIGHT)
    start = time.process_time()
    made = ours(flat)
    seconds = time.process_time() - start
    scores = {"l2mac-write": compared(as_it_is(text), made) + Score(seconds=seconds)}
    if pandoc:
        start = time.monotonic()
        theirs = pandocs(pandoc, flat, smart=True)
        seconds = time.monotonic() - start
        truth = pandocs(pandoc, text, smart=False)
        scores["pandoc"] = compared(truth, theirs) + Score(seconds=seconds)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of Markdown books with curly marks")
    parser.add_argument("--pandoc", default=shutil.which("pandoc"), help="where pandoc is")
    parser.add_argument("--verbose", action="store_true", help="print every paragraph set wrong")
    chosen = parser.parse_args()
    files = sorted(file for file in chosen.corpus.glob("*.md") if "”" in file.read_text("utf-8"))
    scores: dict[str, Score] = {}
    for file in files:
        text = file.read_text("utf-8")
        for name, score in of_a_book(text, chosen.pandoc).items():
            scores[name] = scores.get(name, Score()) + score
            print(f"{file.stem:28} {name:12} {_line(score)}")
        if chosen.verbose:
            wrong = wrong_ones(as_it_is(text), ours(text.translate(STRAIGHT)))
            print(*wrong, sep="\n    ")
    for name, score in scores.items():
        print(f"{f'all {len(files)} books':28} {name:12} {_line(score)}")
    if not scores or scores["l2mac-write"].rate > MOST_WRONG:
        sys.exit(f"more than {MOST_WRONG} of 10,000 marks are wrong, or there are none")


def _line(score: Score) -> str:
    return (
        f"{score.wrong:5} of {score.marks:6} wrong, {score.rate:6.1f} per 10,000"
        f" ({score.skipped} paragraphs not comparable, {score.seconds:.2f} s)"
    )


if __name__ == "__main__":
    main()
