"""Every third answer is an error, and four chapters are asked for at a time: the run gets through."""

import operator
import random
import threading
import time
from contextlib import closing
from dataclasses import dataclass, replace
from email.utils import formatdate

import pytest
from llmock.chaos import ChaosSettings

from l2mac_write import library
from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.llm.rehearsal import prose
from l2mac_write.llm.retrying import Backoff, CoolDown, Retrying
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from tests.fake_api import FakeApi, Status
from tests.fake_api.author import SOUND, WISHES, Author

CHAPTERS, WORDS = 8, 300
SETTINGS = Settings(prompt="A tale.", chapters=CHAPTERS, words=CHAPTERS * WORDS, parallel=4)
SHORT = 3
"""Chapters; a judge of waits sees enough of them in so many."""
BRIEF = replace(SETTINGS, chapters=SHORT, words=SHORT * WORDS)
QUICK = Backoff(attempts=10, first=0.05, longest=0.5)
JUDGED = Backoff(attempts=10, first=0.2, longest=2.0)
ERRORS = ChaosSettings(error_rates={429: 0.1, 500: 0.1, 529: 0.1})
SHARE = 0.3


def write(folder, url, retrying, until="", *, settings=SETTINGS):
    llm = Anthropic(account=Account("a-key-of-no-use", url), retrying=retrying)
    with closing((BookFolder.open if folder.exists() else BookFolder.create)(folder)) as book:
        return library.write(book, settings, llm, until=until)


@dataclass(frozen=True)
class Wait:
    since: float
    seconds: float
    body: dict

    def forbids(self, request):
        """Whether the call that was told to wait is made again too early."""
        early = self.since < request.at < self.since + self.seconds - 0.01
        return early and request.body == self.body


class Watched(CoolDown):
    """Remembers who was held until when, and lets nobody go in between unseen."""

    def __init__(self):
        super().__init__()
        self.watch = threading.Lock()
        self.held = []
        self.let_go = 0
        self.too_early = 0

    def hold(self, until):
        with self.watch:
            super().hold(until)
            self.held.append(until)

    def rest(self, now):
        with self.watch:
            rest = super().rest(now)
            if rest == 0:
                self.let_go += 1
                self.too_early += any(now < until for until in self.held)
            return rest


class Storm:
    """Errors for a share of the requests; remembers when it asked to wait, and for how long."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.lock = threading.Lock()
        self.waits = []

    def __call__(self, body):
        with self.lock:
            if self.chance.random() > SHARE:
                return None
            code = self.chance.choice((429, 500, 529))
            headers, wait = self.chance.choice(
                (self.none, self.seconds, self.milliseconds, self.date)
            )()
            self.waits.append(Wait(time.monotonic(), wait, body))
            return Status(code, headers=headers)

    def none(self):
        return {}, 0.0

    def seconds(self):
        return {"retry-after": "0.3"}, 0.3

    def milliseconds(self):
        return {"retry-after-ms": "200"}, 0.2

    def date(self):
        now = 1_800_000_000
        return {
            "date": formatdate(now, usegmt=True),
            "retry-after": formatdate(now + 1, usegmt=True),
        }, 1.0


@pytest.mark.parametrize("seed", range(2))
def test_the_book_is_finished_and_nobody_asks_before_the_server_allowed(tmp_path, seed):
    storm, cool_down = Storm(seed), Watched()
    with FakeApi(Author(CHAPTERS, WORDS), storm) as api:
        registry = write(tmp_path / "book", api.url, Retrying(QUICK, cool_down=cool_down))
    asked = [wait for wait in storm.waits if wait.seconds]

    assert registry.is_done
    assert len(asked) >= 3
    assert not any(wait.forbids(request) for wait in storm.waits for request in api.requests)
    assert (cool_down.let_go, cool_down.too_early) == (len(api.requests), 0)
    # each wait that the server asked for held everyone, and no shorter than it asked
    ends = sorted((wait.since + wait.seconds for wait in asked), reverse=True)
    assert len(cool_down.held) >= len(ends)
    assert all(map(operator.ge, sorted(cool_down.held, reverse=True), ends))


@pytest.mark.parametrize("parallel", [1, 4])
def test_an_independent_judge_finds_the_run_resilient(llmock, tmp_path, parallel):
    plan, settings = Author(SHORT, WORDS).plan, replace(BRIEF, parallel=parallel)
    llmock.reply(WISHES).reply(plan).reply(SOUND).reply(prose(WORDS, "one for all"), times=None)
    url = llmock.env()["ANTHROPIC_BASE_URL"]
    write(tmp_path / "book", url, Retrying(QUICK), until="plan", settings=settings)
    llmock._server.state.chaos = ERRORS
    llmock.fail(500, times=2)  # of one call, that there is a second wait to judge by the first
    random.seed(1)  # the judge throws its dice in this process
    # The judge takes two waits of which the second is the shorter for no back-off: by chance it
    # may be, and in parallel too, where a call waits because the server asked another one to.
    judged = Retrying(JUDGED, chance=lambda: 0.99)
    registry = write(tmp_path / "book", url, judged, settings=settings)

    assert registry.is_done
    assert llmock.verdict().faults >= 3
    assert any(len(call.attempts) > 2 for call in llmock.verdict().calls)
    llmock.assert_resilient(strict=parallel == 1)
