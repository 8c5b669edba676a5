"""Is a budget ever passed, with parallel calls, faults and kills: `python -m tests.benchmarks.budget_runs`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.budgeted import Spree, spree


def one(seed: int) -> Spree:
    with tempfile.TemporaryDirectory() as place:
        return spree(Path(place) / "book", seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    chosen = parser.parse_args()
    print(f"first seed {chosen.seed}")
    sprees = [one(chosen.seed + n) for n in range(chosen.runs)]
    passed = [s for s in sprees if s.charged > s.budget]
    understated = [s for s in sprees if s.charged > s.reckoned]
    tight = max(s.charged / s.budget for s in sprees)
    print(
        f"{len(sprees)} runs, {sum(s.requests for s in sprees)} requests, "
        f"{sum(s.kills for s in sprees)} kills, {sum(s.finished for s in sprees)} books finished: "
        f"the budget was passed {len(passed)} times (at most {tight:.1%} of one was charged), "
        f"`status` said less than was charged {len(understated)} times"
    )
    sys.exit(bool(passed or understated))


if __name__ == "__main__":
    main()
