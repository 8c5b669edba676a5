"""How fast a book of ten thousand files opens: `python -m tests.benchmarks.big_store`."""

from __future__ import annotations

import argparse
import cProfile
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from l2mac_write.instructions import Outcome
from l2mac_write.store.folder import BookFolder

MOST_SECONDS = 1.0
TEXT = "It rained on the river, and the two ferrymen did not look at each other. " * 60


def written(root: Path, files: int) -> None:
    """A book whose journal knows so many chapters, all of them on disk."""
    texts = {f"chapters/{n:05d}-a-chapter.md": f"# {n}\n\n{TEXT}\n" for n in range(files)}
    with closing(BookFolder.create(root)) as folder:
        folder.commit(Outcome("all"), texts)


def timed(act: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def measure(way: Callable[[Path], BookFolder], root: Path) -> tuple[float, float, float]:
    """Seconds to open it, for the first `paths()`, and for the second."""
    opening, folder = timed(lambda: way(root))
    assert isinstance(folder, BookFolder)
    with closing(folder):
        return opening, timed(folder.paths)[0], timed(folder.paths)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "book"
        seconds, _ = timed(lambda: written(root, chosen.files))
        print(
            f"{chosen.files:,} files, written in {seconds:.1f} s; at most {MOST_SECONDS} s to open"
        )
        held = [report(name, root) for name in WAYS]
        if chosen.profile:
            cProfile.runctx("measure(BookFolder.open, root)", globals(), locals(), sort="tottime")
    sys.exit(not all(held))


WAYS = {"open": BookFolder.open, "read_only": BookFolder.read_only}


def report(name: str, root: Path) -> bool:
    opening, first, second = min(measure(WAYS[name], root) for _ in range(3))
    print(f"  {name:10} {opening:6.2f} s, first paths() {first:6.2f} s, then {second:6.2f} s")
    return opening <= MOST_SECONDS


if __name__ == "__main__":
    main()
