"""Is a book whole again whichever call to the system ends or fails its run: `python -m tests.benchmarks.crash_points`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.injected import FAULTS, Point, Whole, broken_off, complaints, unbroken, why_not

WORKERS = 2


def tried(points: Sequence[Point], whole: Whole) -> list[tuple[Point, list[str]]]:
    """Each point with what is wrong after it."""
    with ThreadPoolExecutor(WORKERS) as workers:
        return list(workers.map(lambda point: (point, wrong_after(point, whole)), points))


def wrong_after(point: Point, whole: Whole) -> list[str]:
    with tempfile.TemporaryDirectory() as place:
        wrong = list(complaints(point, whole, Path(place)))
    for what in wrong:
        print(f"{point}: {what}", flush=True)
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="try so many points only, chosen by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=FAULTS, help="try this fault only")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        new, resumed, begun = (Path(place) / name for name in ("new", "resumed", "begun"))
        new.mkdir()
        begun.mkdir()
        if why := why_not(Path(place)):
            sys.exit(why)
        points = [*unbroken(new), *unbroken(resumed, broken_off(begun))]
        results = timed(chosen_of(points, chosen), Whole.of(new))
    sys.exit(any(wrong for _, wrong in results))


def chosen_of(points: Sequence[Point], chosen: argparse.Namespace) -> Sequence[Point]:
    print(f"{len(points)} points in a new and a resumed run; seed {chosen.seed}", flush=True)
    wanted = [point for point in points if chosen.fault in (None, point.fault)]
    chance = random.Random(chosen.seed)
    return chance.sample(wanted, min(chosen.sample or len(wanted), len(wanted)))


def timed(points: Sequence[Point], whole: Whole) -> list[tuple[Point, list[str]]]:
    start = time.monotonic()
    results = tried(points, whole)
    report(results, time.monotonic() - start)
    return results


def report(results: Sequence[tuple[Point, list[str]]], seconds: float) -> None:
    whole = Counter(point.fault for point, wrong in results if not wrong)
    for fault, number in Counter(point.fault for point, _ in results).items():
        print(f"{fault:<16}{number:>5} points, {whole[fault]:>5} books whole again")
    print(f"in all {len(results)} points, {whole.total()} books whole again, {seconds:.0f} s")


if __name__ == "__main__":
    main()
