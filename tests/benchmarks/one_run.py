"""Does exactly one of twenty runs go on with a book: `python -m tests.benchmarks.one_run`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.crowd import crowd


def went_well(size: int) -> bool:
    """One round: one run finished the book, all others were told which, and changed nothing."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        came = crowd(Path(place), size)
    holder = f"written by process {came.holder} on"
    told = sum(code == 2 and holder in said for code, said in came.others.values())
    looked = bool(came.status) and came.exported.returncode == 0
    print(
        f"{size} at once: 1 went on (exit {came.code}), {told} were told by whom; files changed by"
        f" them: {came.changed}; status and export meanwhile: {looked};"
        f" {time.monotonic() - start:.1f} s",
        flush=True,
    )
    return (came.code, told, came.changed, looked) == (0, size - 1, False, True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=20)
    chosen = parser.parse_args()
    good = sum(went_well(chosen.size) for _ in range(chosen.rounds))
    print(f"in all: {good} of {chosen.rounds} rounds with exactly one run")
    sys.exit(good != chosen.rounds)


if __name__ == "__main__":
    main()
