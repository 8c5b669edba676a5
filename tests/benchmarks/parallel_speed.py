"""How much faster is a book whose chapters need not wait for each other: `python -m tests.benchmarks.parallel_speed`.

A plan is given, then `resume` is typed. Its wall time counts from its first request to the end of
the process; the time it takes to start is shown apart, since it is the same for every book and does
not shrink with the server's clock. The server takes its time for each answer; what the machine
itself needs is real. The schedule is what the same calls would take if the machine took no time at
all: each instruction as long as the server needed for its answers, the next one in the order of the
book handed to the first free hand, none before those that it waits for.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.beforehand.rehearsing import elapsed
from l2mac_write.instructions import Instruction
from l2mac_write.reading import standing
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.replies import load as load_reply
from tests.cli.commands import BARE, TOOL
from tests.fake_api import FakeApi, Paced
from tests.fake_api.author import Author

FIRST_TOKEN, SPEED = 1.0, 80.0
LEAST_SPEED_UP, MOST_OVER_SCHEDULE = 6.0, 1.15
MODEL = "claude-sonnet-5-5"
PLAN = ("plan", "A tale of two ferrymen.", "--to", "book", "--model", MODEL)
RESUME = ("resume", "--book", "book", "--export", "none")
REPLIES = "SELECT instruction, reply FROM call WHERE reply IS NOT NULL AND instruction NOT IN ('plan', 'requirements')"


@dataclass(frozen=True)
class Run:
    """Seconds until the first request, from then to the end, and of each instruction's answers."""

    hands: int
    start: float
    wall: float
    seconds: Mapping[str, float]
    instructions: tuple[Instruction, ...]

    @property
    def schedule(self) -> float:
        return elapsed(self.instructions, self.seconds, self.hands)

    @property
    def longest_chain(self) -> float:
        return elapsed(self.instructions, self.seconds, len(self.instructions))

    @property
    def share(self) -> float:
        """All that has to be waited for, divided among the hands."""
        return sum(self.seconds.values()) / self.hands


def run(author: Author, hands: int, pace: Paced) -> Run:
    size = ("--chapters", str(author.chapters), "--words", str(author.chapters * author.words))
    with tempfile.TemporaryDirectory() as place, FakeApi(author) as api:
        _typed(api, place, *PLAN, *size)
        api.faults = lambda _: pace
        begun = time.monotonic()
        asked = len(api.requests)
        _typed(api, place, *RESUME, "--parallel", str(hands))
        ended, first = time.monotonic(), api.requests[asked].at
        root = Path(place) / "book"
        with closing(BookFolder.read_only(root)) as folder:
            registry = standing.registry(folder).instructions
        rest = tuple(i for i in registry if i.id != "plan")
        return Run(hands, first - begun, ended - first, _seconds(root, pace), rest)


def _typed(api: FakeApi, place: str, *arguments: str) -> None:
    env = {**BARE, "ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "a-key-of-no-use"}
    subprocess.run([*TOOL, *arguments], cwd=place, env=env, check=True, stdout=subprocess.DEVNULL)


def _seconds(root: Path, pace: Paced) -> Mapping[str, float]:
    seconds: Counter[str] = Counter()
    with closing(sqlite3.connect(f"file:{root}/.l2mac/journal.db?mode=ro", uri=True)) as sql:
        for name, reply in sql.execute(REPLIES):
            seconds[name] += pace.first + load_reply(reply).usage.output_tokens / pace.speed
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chapters", type=int, default=24)
    parser.add_argument("--words", type=int, default=2_000, help="words of a chapter")
    parser.add_argument("--parallel", type=int, default=8)
    parser.add_argument("--faster", type=float, default=5, help="the server's clock, so many times")
    chosen = parser.parse_args()
    pace = Paced(FIRST_TOKEN / chosen.faster, SPEED * chosen.faster)
    author = Author(chosen.chapters, chosen.words)
    print(
        f"{chosen.chapters} independent chapters of {chosen.words:,} words; {FIRST_TOKEN} s to the"
        f" first token, then {SPEED:.0f} a second, on a clock {chosen.faster:g} times as fast",
        flush=True,
    )
    print("  hands  start   wall  schedule  longest chain  work / hands  (seconds)", flush=True)
    alone, together = (_told(run(author, hands, pace)) for hands in (1, chosen.parallel))
    speed_up, over = alone.wall / together.wall, together.wall / together.schedule
    print(f"  {speed_up:.2f} times as fast  (at least {LEAST_SPEED_UP})")
    print(f"  {over:.3f} times the schedule  (at most {MOST_OVER_SCHEDULE})")
    sys.exit(speed_up < LEAST_SPEED_UP or over > MOST_OVER_SCHEDULE)


def _told(done: Run) -> Run:
    figures = (done.start, done.wall, done.schedule, done.longest_chain, done.share)
    row = "  {:5} {:6.1f} {:6.1f}  {:8.1f}  {:13.1f}  {:12.1f}"
    print(row.format(done.hands, *figures), flush=True)
    return done


if __name__ == "__main__":
    main()
