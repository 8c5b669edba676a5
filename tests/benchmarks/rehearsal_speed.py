"""What the machine itself costs while a long book is rehearsed: `python -m tests.benchmarks.rehearsal_speed`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from l2mac_write.book import Brief
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.events import Event
from l2mac_write.findings import Finding, Work
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.program_file import load
from l2mac_write.messages import Reply, Request, Usage
from l2mac_write.ports import LLM, Abilities, Evaluator
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.retrieval import IndexedPassages

T = TypeVar("T")
PROMPT = "A tale of two ferrymen."
PROSE, JUDGING, REST = "prose", "evaluators", "everything else"
MOST_SECONDS, MOST_MEGABYTES, MOST_MILLISECONDS = 60, 150, 5


@dataclass
class Stopwatch:
    """CPU seconds and calls by name."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] += time.process_time() - start
            self.calls[name] += 1


@dataclass(frozen=True)
class TimedLLM:
    """Another model, on a stopwatch that stands still while the machine listens."""

    llm: LLM
    watch: Stopwatch

    @property
    def model(self) -> str:
        return self.llm.model

    @property
    def abilities(self) -> Abilities:
        return self.llm.abilities

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        pieces: list[str] = []
        with self.watch.timed(PROSE):
            reply = self.llm.reply(request, pieces.append)
        for piece in pieces:
            hear(piece)
        return reply

    def patiently(self, attempt: Callable[[], T]) -> T:
        return self.llm.patiently(attempt)

    def ceiling(self, request: Request) -> float | None:
        return self.llm.ceiling(request)

    def price(self, usage: Usage) -> float | None:
        return self.llm.price(usage)

    def close(self) -> None:
        self.llm.close()


def timed(evaluators: Mapping[str, Evaluator], watch: Stopwatch) -> dict[str, Evaluator]:
    return {name: _timed(judge, watch) for name, judge in evaluators.items()}


def _timed(judge: Evaluator, watch: Stopwatch) -> Evaluator:
    def judged(work: Work, /) -> Sequence[Finding]:
        with watch.timed(JUDGING):
            return judge(work)

    return judged


def nobody(_: Event) -> None:
    """Listens to nothing."""


def machine(brief: Brief, folder: BookFolder, watch: Stopwatch) -> ControlUnit:
    words = ProgramWords("book")
    return ControlUnit(
        program=load(words.steps),
        brief=brief,
        llm=TimedLLM(Rehearsal(), watch),
        store=folder,
        journal=folder,
        passages=IndexedPassages(folder.rows),
        ledger=StoredLedger(folder.rows),
        prompts=words,
        evaluators=timed(EVALUATORS, watch),
        tell=nobody,
    )


def in_process(chapters: int, words: int) -> Stopwatch:
    """CPU of a whole run, split by who used it."""
    watch = Stopwatch()
    brief = Brief(PROMPT, chapters=chapters, words=chapters * words)
    with (
        tempfile.TemporaryDirectory() as place,
        closing(BookFolder.create(Path(place) / "book")) as folder,
    ):
        start = time.process_time()
        machine(brief, folder, watch).run()
        spent = time.process_time() - start
    watch.seconds[REST] = spent - watch.seconds[PROSE] - watch.seconds[JUDGING]
    return watch


def as_typed(chapters: int, words: int, place: Path) -> tuple[float, float]:
    """Wall seconds and peak megabytes of `l2mac-write generate`, exports included, in that folder."""
    size = ("--chapters", str(chapters), "--words", str(chapters * words))
    command = (sys.executable, "-m", "l2mac_write", "generate", PROMPT, "--to", "book")
    start = time.monotonic()
    with subprocess.Popen(
        [*command, "--model", "rehearsal", *size], cwd=place, stdout=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the run failed with exit code {process.returncode}")
    return time.monotonic() - start, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=50)
    parser.add_argument("--words", type=int, default=3_000, help="words of a chapter")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        seconds, megabytes = as_typed(chosen.chapters, chosen.words, Path(place))
    print(f"{chosen.chapters} chapters of {chosen.words:,} words, planned, written, exported")
    print(f"  wall         {seconds:7.1f} s   (at most {MOST_SECONDS})")
    print(f"  peak memory  {megabytes:7.1f} MB  (at most {MOST_MEGABYTES})")
    rest = table(in_process(chosen.chapters, chosen.words))
    held = (seconds <= MOST_SECONDS, megabytes <= MOST_MEGABYTES, rest <= MOST_MILLISECONDS)
    sys.exit(not all(held))


def table(watch: Stopwatch) -> float:
    """Prints CPU milliseconds by model call; gives back those of the machine itself."""
    calls = watch.calls[PROSE]
    print(f"CPU of {calls} calls, in ms per call (everything else: at most {MOST_MILLISECONDS})")
    for name in (PROSE, JUDGING, REST):
        print(f"  {name:16} {watch.seconds[name] / calls * 1000:7.2f}")
    return watch.seconds[REST] / calls * 1000


if __name__ == "__main__":
    main()
