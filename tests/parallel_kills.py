"""A book of eight chapters, four written at a time, over a wire; killed again and again, or never."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.llm.pricing import load_prices
from tests.cli.commands import BARE, TOOL
from tests.fake_api import FakeApi, Slow
from tests.fake_api.author import Author
from tests.killed import exports, files

MODEL = "claude-sonnet-5-5"
KEY = "sk-ant-canary-5f2e9b7c1d"
CHAPTERS, WORDS = 8, 2500
SIZE = ("--chapters", str(CHAPTERS), "--words", str(CHAPTERS * WORDS), "--parallel", "4")
GENERATE = ("generate", "A tale of two ferrymen.", "--to", "book", "--model", MODEL, *SIZE)
RESUME = ("resume", "--book", "book", "--parallel", "4")
PACE = 0.004
"""Seconds between two pieces of a stream: some 10 KB a second and stream."""
ATTEMPTS = """
    SELECT instruction.id, sum(attempts) FROM instruction JOIN call ON instruction = instruction.id
    GROUP BY instruction.id
"""


@dataclass(frozen=True)
class Run:
    """A finished book: its files and exports, what the server sent and charged, how often it was killed.

    `repeated` names the instructions that were asked for again after they had been finished.
    """

    files: Mapping[str, bytes]
    exports: Mapping[str, bytes]
    output_tokens: int
    sent: int
    dollars: float
    kills: int
    seconds: float
    repeated: frozenset[str] = frozenset()


def run(folder: Path, *, kills: int = 0, seed: int = 0, span: float = 0.0) -> Run:
    """Writes the book, killed so many times, each at random within the next `span` bytes sent."""
    chance = random.Random(seed)
    finished: list[dict[str, int]] = []
    started = time.monotonic()
    with FakeApi(Author(CHAPTERS, WORDS), lambda _: Slow(PACE)) as api:
        while len(finished) < kills and _killed(folder, api, chance.uniform(0, span)):
            finished.append(_attempts(folder))
        _finish(folder, api)
    seconds = time.monotonic() - started
    in_the_end = _attempts(folder)
    repeated = {n for then in finished for n, times in then.items() if in_the_end[n] != times}
    usages = [bill.usage for bill in api.bills]
    prices = load_prices()
    return Run(
        files=files(folder),
        exports=exports(folder),
        output_tokens=sum(usage.output_tokens for usage in usages),
        sent=_sent(api),
        dollars=sum(prices.price_of(MODEL, usage) or 0 for usage in usages),
        kills=len(finished),
        seconds=seconds,
        repeated=frozenset(repeated),
    )


def _started(folder: Path, api: FakeApi) -> subprocess.Popen[bytes]:
    is_begun = (folder / "book/.l2mac/journal.db").exists() and (folder / "book/book.toml").exists()
    command = RESUME if is_begun else GENERATE
    env = {**BARE, "ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": KEY}
    return subprocess.Popen(
        [*TOOL, *command, "--export", "none"], cwd=folder, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def _killed(folder: Path, api: FakeApi, more: float) -> bool:
    """Kills it once it was sent so many bytes more; false where it had ended by then."""
    before = _sent(api)
    with _started(folder, api) as process:
        _wait(lambda: _sent(api) > before + more or process.poll() is not None)
        process.kill()
    return process.returncode == -signal.SIGKILL


def _finish(folder: Path, api: FakeApi) -> None:
    with _started(folder, api) as process:
        _, complaint = process.communicate()
    assert process.returncode == 0, complaint.decode()


def _sent(api: FakeApi) -> int:
    return sum(bill.sent for bill in api.bills)


def _wait(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.01)


def _attempts(folder: Path) -> dict[str, int]:
    """Of each finished instruction, how often its calls were sent."""
    place = folder / "book/.l2mac/journal.db"
    if not place.exists():
        return {}
    with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as sql:
        return dict(sql.execute(ATTEMPTS)) if _has_tables(sql) else {}


def _has_tables(sql: sqlite3.Connection) -> bool:
    return bool(sql.execute("SELECT 1 FROM sqlite_schema WHERE name = 'call'").fetchall())
