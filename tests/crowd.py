"""Many who would all go on with one book at once, while its model takes its time."""

import json
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

from l2mac_write.llm.rehearsal import prose
from tests.cli.commands import BARE, TOOL, typed
from tests.fake_api import FakeApi
from tests.killed import files
from tests.three_instructions import write

KEY = "sk-ant-canary-0123456789"
RESUME = ("resume", "--book", "book", "--model", "claude-sonnet-5-5", "--export", "none")
PATIENCE = 280
"""Seconds; shorter than a client's own, who would ask again."""


@dataclass(frozen=True)
class Crowd:
    """What became of all who came: exit code and last words of each, by process number."""

    holder: int
    code: int
    others: dict[int, tuple[int, str]]
    changed: bool
    asked: int
    status: dict
    exported: subprocess.CompletedProcess[str]


def crowd(folder, size=20):
    """So many `resume` at once on a book that is not finished; a model's answer waits for the end."""
    write(folder / "book")
    before, answering = files(folder), threading.Event()
    with FakeApi(answers_after(answering)) as api, many(size, folder, api) as came:
        holder = last_one(came)
        others = {p.pid: (p.returncode, p.stderr.read()) for p in came if p is not holder}
        while not api.bodies and holder.poll() is None:
            time.sleep(0.01)
        asked, changed = len(api.bodies), files(folder) != before
        status = typed("status", "--book", "book", "--json", cwd=folder)
        exported = typed("export", "--book", "book", "--to", "now.epub", cwd=folder)
        answering.set()
        code = holder.wait(PATIENCE)
    return Crowd(holder.pid, code, others, changed, asked, json.loads(status.stdout), exported)


def answers_after(moment):
    def model(body):
        moment.wait(PATIENCE)
        return prose(120, json.dumps(body["messages"][0]))

    return model


@contextmanager
def many(size, folder, api):
    env = {**BARE, "ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": KEY}
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    came = [subprocess.Popen([*TOOL, *RESUME], cwd=folder, env=env, **pipes) for _ in range(size)]
    try:
        yield came
    finally:
        for process in came:
            process.kill()
            process.communicate()


def last_one(came):
    """The one that still runs when all others have ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        running = [process for process in came if process.poll() is None]
        if len(running) <= 1:
            return running[0] if running else came[0]
        time.sleep(0.02)
    raise TimeoutError
