"""Is a damaged journal noticed, and the book made whole again: `python -m tests.benchmarks.damaged_journals`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.damaged import Result, dated, harmed, shelf


def table(results: Sequence[Result]) -> None:
    runs = Counter(result.harm for result in results)
    detected = Counter(result.harm for result in results if result.detected)
    for harm, count in sorted(runs.items()):
        print(f"  {harm:18} {count:4} runs, {detected[harm]:4} noticed")


def summary(results: Sequence[Result]) -> str:
    noticed = sum(result.detected for result in results)
    deleted = sum(result.deleted for result in results)
    came_back = sum(result.came_back for result in results)
    wrong = sum(bool(result.wrongs) for result in results)
    return (
        f"{len(results)} damaged journals: {noticed} noticed, {len(results) - noticed} harmless; "
        f"{deleted} with a chapter deleted as well, {came_back} of these came back, "
        f"{deleted - came_back} could not be read any more and were written again; "
        f"{wrong} broke a promise"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=150)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    chosen = parser.parse_args()
    dated()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        books = shelf(Path(place))
        print(f"first seed {chosen.seed}")
        results = [report(books, Path(place), chosen.seed + n) for n in range(chosen.runs)]
    table(results)
    print(f"{summary(results)} ({time.monotonic() - start:.0f} s)")
    sys.exit(any(result.wrongs for result in results))


def report(books: object, place: Path, seed: int) -> Result:
    result: Result = harmed(books, place, seed)
    for wrong in result.wrongs:
        print(f"seed {seed}, {result.harm}: {wrong}")
    return result


if __name__ == "__main__":
    main()
