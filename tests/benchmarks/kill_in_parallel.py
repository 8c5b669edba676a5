"""Does a book that is written four chapters at a time survive kill -9, and at what price: `python -m tests.benchmarks.kill_in_parallel`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.parallel_kills import CHAPTERS, Run, run

MOST_BILLED = 1.15


def in_a_folder(*, kills: int = 0, seed: int = 0, span: float = 0.0) -> Run:
    with tempfile.TemporaryDirectory() as place:
        return run(Path(place), kills=kills, seed=seed, span=span)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=13)
    parser.add_argument(
        "--kills", type=int, default=CHAPTERS,
        help="how often each run is killed; every kill strikes up to four chapters",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--workers", type=int, default=2, help="runs at a time")
    chosen = parser.parse_args()
    whole = in_a_folder()
    print(
        f"unbroken: {whole.output_tokens} tokens out, ${whole.dollars:.3f}, {whole.seconds:.0f} s"
    )
    seeds = range(chosen.seed, chosen.seed + chosen.runs)
    span = whole.sent * 4 / 3 / max(1, chosen.kills)

    def broken(seed: int) -> Run:
        done = in_a_folder(kills=chosen.kills, seed=seed, span=span)
        print(sentence(seed, done, whole), flush=True)
        return done

    with ThreadPoolExecutor(chosen.workers) as pool:
        runs = [*pool.map(broken, seeds)]
    sys.exit(summary(runs, whole))


def sentence(seed: int, done: Run, whole: Run) -> str:
    return (
        f"seed {seed}: {done.kills} kills, {different(done, whole)} files or exports differ, "
        f"{len(done.repeated)} finished instructions repeated, billed "
        f"{done.output_tokens / whole.output_tokens:.3f} times the tokens out, "
        f"{done.dollars / whole.dollars:.3f} times the dollars"
    )


def different(done: Run, whole: Run) -> int:
    pairs = ((done.files, whole.files), (done.exports, whole.exports))
    return sum(a.get(path) != b.get(path) for a, b in pairs for path in a.keys() | b.keys())


def summary(runs: Sequence[Run], whole: Run) -> int:
    """Prints the sums; gives back the exit code."""
    kills, lost = sum(r.kills for r in runs), sum(different(r, whole) for r in runs)
    repeated = sum(len(r.repeated) for r in runs)
    tokens = sum(r.output_tokens for r in runs) / len(runs) / whole.output_tokens
    dollars = sum(r.dollars for r in runs) / len(runs) / whole.dollars
    print(
        f"in all: {kills} kills in {len(runs)} runs, {lost} files or exports differ, {repeated} "
        f"finished instructions repeated, billed {tokens:.3f} times the tokens out (at most "
        f"{MOST_BILLED}), {dollars:.3f} times the dollars"
    )
    return int(lost > 0 or repeated > 0 or tokens > MOST_BILLED)


if __name__ == "__main__":
    main()
