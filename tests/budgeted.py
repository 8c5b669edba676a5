"""Runs with a budget, at the worst of servers: it thinks up to its limit, breaks off, charges in full."""

from __future__ import annotations

import multiprocessing
import random
import signal
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from l2mac_write import library
from l2mac_write.errors import L2macError
from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.llm.pricing import load_prices
from l2mac_write.llm.retrying import Backoff, Retrying
from l2mac_write.opened import open_book
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.places import JOURNAL, PRIVATE
from tests.fake_api import Answer, Cut, ErrorEvent, FakeApi, Fault, Framing, Slow, Status
from tests.fake_api.author import Author

MODEL = "claude-sonnet-5-5"
CHAPTERS, WORDS = 6, 300
LIVES = 4
"""Runs of one book at most: the first, and those that go on with it."""
LONGEST_LIFE = 0.6

# Each life is a process that can be killed; the SDK is imported once, for all of them.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["anthropic", "l2mac_write.library", "tests.budgeted"])


@dataclass(frozen=True)
class Spree:
    """How a budgeted book went; amounts are in US dollars."""

    budget: float
    charged: float
    reckoned: float
    requests: int
    kills: int
    parallel: int
    finished: bool


def spree(folder: Path, seed: int) -> Spree:
    """Writes a book with a random budget, faults, parallel calls and kills."""
    chance = random.Random(seed)
    budget, parallel = chance.uniform(0.1, 4.0), chance.randint(1, 6)
    kills = 0
    with FakeApi(_spendthrift(seed), _faults(seed)) as api:
        for _ in range(chance.randint(1, LIVES)):
            child = processes.Process(target=live, args=(folder, api.url, budget, parallel))
            child.start()
            child.join(chance.choice((None, chance.uniform(0.02, LONGEST_LIFE))))
            child.kill()
            child.join()
            assert child.exitcode in {0, -signal.SIGKILL}
            kills += child.exitcode != 0
        prices = load_prices()
        # What the server began to answer it charges for, whether it was heard or not.
        for bill in api.bills:
            bill.sent = bill.size
        charged = sum(prices.price_of(MODEL, bill.usage) or 0 for bill in api.bills)
        requests = len(api.bills)
    reckoned, finished = _reckoned(folder)
    return Spree(budget, charged, reckoned, requests, kills, parallel, finished)


def _reckoned(folder: Path) -> tuple[float, bool]:
    """What the book says that it may have cost, and whether it is finished."""
    if not (folder / PRIVATE / JOURNAL).exists():
        return 0.0, False
    # The first run may have been killed before its journal was whole; the next one makes it so.
    BookFolder.open(folder).close()
    book = open_book(folder)
    return book.spend.at_most, book.finished


def live(folder: Path, url: str, budget: float, parallel: int) -> None:
    """One run of the book, in a process of its own."""
    settings = Settings(
        prompt="A tale.", chapters=CHAPTERS, words=CHAPTERS * WORDS, model=MODEL,
        budget=budget, parallel=parallel,
    )  # fmt: skip
    retrying = Retrying(Backoff(attempts=8, first=0.005, longest=0.02))
    llm = Anthropic(MODEL, account=Account("a-key-of-no-use", url), retrying=retrying)
    begun = (folder / PRIVATE / JOURNAL).exists()
    with closing((BookFolder.open if begun else BookFolder.create)(folder)) as book:
        try:
            library.write(book, settings, llm)
        except L2macError:
            return


def _spendthrift(seed: int) -> Any:
    """An author who thinks, now and then, for all the tokens it may."""
    author = Author(CHAPTERS, WORDS)

    def respond(body: Mapping[str, Any]) -> Answer:
        chance = random.Random(f"{seed} {len(str(body))}")
        text = author(body)
        most = body["max_tokens"] - len(text) // 3
        thought = chance.choice((0, most // 10, most))
        return Answer(({"type": "text", "text": text},), thought=max(0, thought))

    return respond


def _faults(seed: int) -> Any:
    chance = random.Random(seed)
    kinds: tuple[Fault | None, ...] = (
        *(None,) * 3,
        *(Slow(0.002),) * 6,
        Status(529, "overloaded_error"),
        Status(500),
        ErrorEvent(),
        *(Cut(0.6, framing) for framing in Framing),
    )
    return lambda _: chance.choice(kinds)
