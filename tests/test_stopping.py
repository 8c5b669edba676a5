"""Ctrl-C and SIGTERM while four chapters are on their way: a clean stop, and the line to type next."""

import signal
import subprocess
import threading
import time

import pytest

from tests.cli.commands import BARE, HEEDING, typed
from tests.fake_api import FakeApi, Hang, Slow
from tests.fake_api.author import Author

GENERATE = (
    "generate", "A tale.", "--to", "book", "--model", "claude-sonnet-5-5", "--chapters", "4",
    "--words", "1200", "--parallel", "4", "--export", "none",
)  # fmt: skip
PATIENCE = 100
BEFORE = 4
"""Requests before the first chapter: the wishes, the plan, its review, the bible."""


def env(api):
    return {"ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": "a-key-of-no-use"}


def under_way(api):
    return sum(bill.sent > 0 for bill in api.bills[BEFORE:])


def stopped(folder, api, sign):
    """Sends the signal once four chapters are under way; how it ended, and what it said."""
    with subprocess.Popen(
        [*HEEDING, *GENERATE], cwd=folder, env={**BARE, **env(api)}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        until = time.monotonic() + PATIENCE
        while under_way(api) < 4 and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        process.send_signal(sign)
        patience = threading.Timer(PATIENCE, process.kill)
        patience.daemon = True
        patience.start()
        _, said = process.communicate()
    return process.returncode, said


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("fault", [Hang(0.5), Slow(0.5)], ids=["hanging", "streaming"])
def test_it_stops_at_once_with_the_line_to_type_next_and_can_go_on(tmp_path, sign, fault):
    asked = iter((None,) * BEFORE)
    with FakeApi(Author(4, 300), lambda _: next(asked, fault)) as api:
        code, said = stopped(tmp_path, api, sign)
        unheard = [bill for bill in api.bills if bill.sent < bill.size]
        api.faults = lambda _: None
        done = typed("resume", "--book", "book", "--parallel", "4", cwd=tmp_path, env=env(api))

    assert (code, len(unheard)) == (3, 4)  # no answer was waited for
    assert "l2mac-write resume --book book" in said
    assert "Traceback" not in said
    assert done.returncode == 0, done.stderr
