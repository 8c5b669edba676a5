"""How long is a book exported again after one chapter has changed? `python -m tests.benchmarks.exported_again`.

The book is written by rehearsal, and its chapters are filled to their length; `--book` takes one that is there.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from l2mac_write.library import generate
from l2mac_write.opened import open_book
from l2mac_write.store.folder import BookFolder
from tests.benchmarks.export_speed import CHAPTER, synthetic

MOST_SECONDS = 0.3
"""Of a processor, for a book of a million words."""


def written(root: Path, chapters: int) -> None:
    generate("A tale of two ferrymen.", root, model="rehearsal", chapters=chapters)
    paragraphs = synthetic()
    for file in (root / "chapters").iterdir():
        text = file.read_text("utf-8")
        while text.count(" ") < CHAPTER:
            text += f"\n{next(paragraphs)}\n"
        file.write_text(text, "utf-8")
    with closing(BookFolder.open(root)) as folder:
        folder.adopt()


def changed(root: Path) -> None:
    file = sorted((root / "chapters").iterdir())[7]
    file.write_text(f"{file.read_text('utf-8')}\nOne more line.\n", "utf-8")


def typed(root: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "l2mac_write", "export", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def seconds(act: Callable[[], object]) -> float:
    """Of a processor, the processes that it starts among them."""
    before = _spent()
    act()
    return _spent() - before


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=100)
    parser.add_argument("--book", type=Path, help="a finished book, which is changed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = chosen.book or Path(place) / "book"
        if not chosen.book:
            written(root, chosen.chapters)
        open_book(root).export("epub")
        took = []
        for _ in range(3):
            changed(root)
            took.append(seconds(lambda: open_book(root).export("epub")))
        help_alone = seconds(lambda: typed(root, "--help"))
        changed(root)
        print(
            f"{len(open_book(root).manuscript.chapters)} chapters, one changed:"
            f" {min(took):.2f} s CPU by `Book.export`,"
            f" {seconds(lambda: typed(root)):.2f} s typed (`export --help` takes {help_alone:.2f} s)"
        )
    sys.exit(min(took) > MOST_SECONDS)


if __name__ == "__main__":
    main()
