"""A book whose writing is killed at any moment and taken up again, beside one that never was."""

import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

from tests.cli.commands import BARE, TOOL, typed

PROMPT = "A tale of two ferrymen."
SIZE = ("--chapters", "12", "--words", "12000")
GENERATE = (
    "generate", PROMPT, "--to", "book", "--model", "rehearsal", *SIZE, "--export", "none", "--json",
)  # fmt: skip
RESUME = ("resume", "--book", "book", "--export", "none", "--json")
DATED = {"SOURCE_DATE_EPOCH": "1767225600"}
LONGEST_PAUSE = 0.02
OURS = {".l2mac", "exports"}
"""Folders of the book that hold none of its files."""
CALLS = "SELECT instruction, count(*), sum(answers), sum(attempts) FROM call GROUP BY instruction"


def unbroken(folder):
    """Writes the book in one go; gives back how many events that took."""
    done = typed(*GENERATE, cwd=folder)
    assert done.returncode == 0, done.stderr
    return len(done.stdout.splitlines())


def killed(folder, *, seed, events, kills=1):
    """Writes the book, killed after a random event and pause, then resumed, so many times.

    Gives back how often it was really killed: a run may end before its moment comes.
    """
    chance = random.Random(seed)
    command = GENERATE
    hits = 0
    for _ in range(kills):
        hits += kill(folder, command, chance.randint(1, events), chance.uniform(0, LONGEST_PAUSE))
        command = RESUME
    done = typed(*command, cwd=folder)
    assert done.returncode == 0, done.stderr
    return hits


def kill(folder, command, events, pause):
    """Starts the tool and sends SIGKILL a moment after so many of its events."""
    with subprocess.Popen(
        [*TOOL, *command], cwd=folder, env=BARE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        for _ in range(events):
            process.stdout.readline()
        time.sleep(pause)
        process.kill()
    return process.returncode == -signal.SIGKILL


def files(folder):
    """Every file of the book, byte by byte."""
    book = folder / "book"
    paths = (path.relative_to(book) for path in book.rglob("*"))
    return {
        str(path): (book / path).read_bytes()
        for path in paths
        if path.parts[0] not in OURS and (book / path).is_file()
    }


def exports(folder):
    typed("export", "--book", "book", "--format", "epub,html,markdown", cwd=folder, env=DATED)
    return {path.name: path.read_bytes() for path in (folder / "book/exports").iterdir()}


def calls(folder):
    """Of each instruction: its requests, and how many answers there were; attempts in all."""
    journal = (folder / "book/.l2mac/journal.db").as_uri()
    with closing(sqlite3.connect(f"{journal}?mode=ro", uri=True)) as sql:
        rows = sql.execute(CALLS).fetchall()
    return {name: (requests, answers) for name, requests, answers, _ in rows}, sum(
        attempts for *_, attempts in rows
    )
