"""Does a book survive kill -9 at any moment, with nothing lost and nothing paid twice: `python -m tests.benchmarks.kill_and_resume`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.killed import calls, exports, files, killed, unbroken


def measure(whole: Path, events: int, seed: int) -> tuple[int, int, int, int]:
    """Files lost or changed, instructions paid again, calls that had to be sent twice, and kills."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        kills = killed(folder, seed=seed, events=events, kills=1 + seed % 3)
        (planned, at_best), (answered, attempts) = calls(whole), calls(folder)
        paid_again = sum(answered.get(name) != count for name, count in planned.items())
        lost = different(files(whole), files(folder)) + different(exports(whole), exports(folder))
        return lost, paid_again, attempts - at_best, kills


def different(expected: dict[str, bytes], found: dict[str, bytes]) -> int:
    return sum(expected.get(path) != found.get(path) for path in expected.keys() | found.keys())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place)
        events = unbroken(whole)
        print(f"{events} events in an unbroken run; first seed {chosen.seed}")
        results = [report(whole, events, chosen.seed + n) for n in range(chosen.runs)]
    print(
        f"in all: {sum(r[0] for r in results)} lost, {sum(r[1] for r in results)} paid again, {sum(r[3] for r in results)} kills"
    )
    sys.exit(any(lost or again for lost, again, *_ in results))


def report(whole: Path, events: int, seed: int) -> tuple[int, int, int, int]:
    lost, paid_again, resent, kills = measure(whole, events, seed)
    print(
        f"seed {seed}, killed {kills} times: {lost} files lost or changed, "
        f"{paid_again} finished instructions paid again, {resent} running calls sent again"
    )
    return lost, paid_again, resent, kills


if __name__ == "__main__":
    main()
