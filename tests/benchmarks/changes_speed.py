"""How fast is a change shown, told and undone in a long book? `python -m tests.benchmarks.changes_speed`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from l2mac_write.history.changes import difference, redo, undo
from l2mac_write.library import generate
from l2mac_write.opened import open_book
from l2mac_write.store.folder import BookFolder
from l2mac_write.text.counting import known_words

MOST_SECONDS = 0.3
MARK = "And a person had the last word, number {}."


def written(root: Path, chapters: int, words: int, edits: int) -> None:
    """A finished book in which a person has changed chapter after chapter."""
    generate("A tale of two ferrymen.", root, model="rehearsal", chapters=chapters, words=words)
    files = sorted((root / "chapters").iterdir())
    for number in range(edits):
        file = files[number * 7 % len(files)]
        paragraphs = file.read_text("utf-8").split("\n\n")
        paragraphs[1 + number % (len(paragraphs) - 1)] += f" {MARK.format(number)}"
        file.write_text("\n\n".join(paragraphs), "utf-8")
        with closing(BookFolder.open(root)):
            pass


def asked(root: Path) -> dict[str, Callable[[], object]]:
    """What is timed. The changes that are undone are done again, so that each round is alike."""
    long_ago = next(row.number for row in open_book(root).history() if row.by == "person")
    return {
        "diff, the last change of the book": lambda: difference(root),
        "diff, two versions of a chapter": lambda: difference(root, "50", "HEAD~1", "HEAD"),
        "history of the book": open_book(root).history,
        "history of a chapter": lambda: open_book(root).history("50"),
        "history for git": lambda: sum(map(len, open_book(root).fast_import())),
        "undo, the last change of the book": lambda: undo(root),
        "redo": lambda: redo(root),
        "undo, a change of long ago": lambda: undo(root, revision=long_ago),
        "redo, of that": lambda: redo(root),
    }


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor, and by the clock."""
    known_words.forget()
    cpu, clock = _processor(), time.perf_counter()
    act()
    return _processor() - cpu, time.perf_counter() - clock


def _processor() -> float:
    """Seconds of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def typed(root: Path) -> dict[str, Callable[[], object]]:
    """The same as a person types it: Python's start and all that is loaded count too."""
    lines = (("diff",), ("diff", "50", "HEAD~1", "HEAD"), ("history",), ("undo",), ("redo",))
    return {f"l2mac-write {' '.join(line)}": partial(_run, root, *line) for line in lines}


def _run(root: Path, *line: str) -> None:
    command = (sys.executable, "-m", "l2mac_write", *line, "--book", str(root))
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=100)
    parser.add_argument("--words", type=int, default=250_000)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "book"
        written(root, chosen.chapters, chosen.words, chosen.edits)
        count = len(open_book(root).history())
        print(f"{chosen.chapters} chapters, {chosen.words:,} words, {count:,} versions")
        acts = asked(root) | typed(root)
        rounds = [{name: timed(act) for name, act in acts.items()} for _ in range(chosen.rounds)]
    worst = 0.0
    for name in acts:
        cpu, clock = min(round_[name] for round_ in rounds)
        worst = max(worst, cpu)
        print(f"  {name:36} {cpu:6.3f} s of processor, {clock:6.3f} s")
    print(f"at most {MOST_SECONDS} s of processor: {'yes' if worst <= MOST_SECONDS else 'no'}")
    sys.exit(worst > MOST_SECONDS)


if __name__ == "__main__":
    main()
