"""Ends a run, or fails it, at one chosen call to the system, and tells what is then wrong."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.errors import L2macError
from l2mac_write.store.folder import BookFolder
from tests.cli.commands import BARE
from tests.killed import calls, files
from tests.three_instructions import write

TOUCHING = (
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "mkdir", "mkdirat", "openat", "close",
)  # fmt: skip
FAULTS = {
    "KILL": "signal=KILL:when={}",
    "EIO": "error=EIO:when={}",
    "ENOSPC": "error=ENOSPC:when={}",
    "ENOSPC for good": "error=ENOSPC:when={}+",
}
# Python itself opens files too, and says on stderr what went wrong.
NEVER_FOR_GOOD = {"openat", "close", "write"}
RUN = (sys.executable, "-m", "tests.three_instructions")
# Nothing that differs from run to run: no caches written, sets in one order.
STEADY = {**BARE, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
CALL = re.compile(r"\d+ +(\w+)\(")
SENTENCE = re.compile(r"l2mac-write: .+\.\nNothing (is lost|was begun yet)\. .+\n")
# What SQLite keeps beside a journal for those who read along, and the seal of an orderly end.
COME_AND_GO = {"journal.db-wal", "journal.db-shm", "journal.db.sha256"}
DONE, FAILED, PAUSED, KILLED = 0, 1, 3, -9
UNREACHED = "no run came to this point"
"""How often a reply is saved while it arrives depends on how fast it does."""
ATTEMPTS = 3


@dataclass(frozen=True)
class Point:
    """A fault at the so-manieth call of that name in a run; `about` is what it touches."""

    call: str
    number: int
    fault: str
    about: str
    begun: Path | None = None
    """The book that the run goes on with; a new one where there is none."""

    def __str__(self):
        run = "a resumed" if self.begun else "a new"
        return f"{self.fault} at {self.call} {self.number} of {run} run ({self.about})"


@dataclass(frozen=True)
class Whole:
    """What a run that nothing went wrong in leaves behind."""

    files: dict[str, bytes]
    calls: tuple[dict[str, tuple[int, int]], int]
    outcomes: dict[str, object]
    private: set[str]

    @staticmethod
    def of(folder):
        with BookFolder.read_only(folder / "book") as book:
            outcomes = dict(book.outcomes())
        private = {path.name for path in (folder / "book/.l2mac").iterdir()} - COME_AND_GO
        return Whole(files(folder), calls(folder), outcomes, private)


def broken_off(folder):
    """A book whose last text is finished in its journal, and on disk only half in place."""
    traced(folder, "inject=renameat:signal=KILL:when=4", "-e", "trace=renameat")
    return folder / "book"


def unbroken(folder, begun=None):
    """Writes the book to its end, and gives back every point at which that touched it."""
    if begun:
        shutil.copytree(begun, folder / "book")
    done = traced(folder, f"trace={','.join(TOUCHING)}", "--seccomp-bpf", "-y")
    assert done.returncode == DONE, done.stderr
    return [
        Point(call, number, fault, about, begun)
        for call, number, about in touches(folder)
        for fault in FAULTS
        if not (fault == "ENOSPC for good" and call in NEVER_FOR_GOOD)
    ]


def touches(folder):
    counts = Counter()
    for line in (folder / "trace").read_text().splitlines():
        if call := CALL.match(line):
            counts[call[1]] += 1
            if f"{folder}/book" in line:
                yield call[1], counts[call[1]], line.replace(f"{folder}/", "")[call.end() :][:60]


def traced(folder, expression, *options):
    command = ["strace", "-f", *options, "-o", folder / "trace", "-e", expression]
    return subprocess.run(
        [*command, *RUN, folder / "book"], env=STEADY, capture_output=True, text=True, check=False
    )


def why_not(folder):
    """Why nothing can be traced here; empty if it can."""
    if not shutil.which("strace"):
        return "strace is not installed: `apt-get install strace`"
    tried = traced(folder, "trace=close")
    return "" if tried.returncode == DONE else f"strace cannot trace here: {tried.stderr}"


def complaints(point: Point, whole: Whole, place: Path) -> Iterator[str]:
    """Spoils a run at that point, carries on with it, and compares the end; nothing if all is well."""
    for attempt in range(ATTEMPTS):
        folder = place / str(attempt)
        shutil.copytree(point.begun, folder / "book") if point.begun else folder.mkdir()
        inject = f"inject={point.call}:{FAULTS[point.fault].format(point.number)}"
        done = traced(folder, inject, "-y", "-e", f"trace={point.call}")
        if was_hit(folder):
            yield from about_the_end(point, done.returncode, done.stderr)
            yield from about_the_book(whole, folder, ended_well=done.returncode == DONE)
            return
    yield UNREACHED


def was_hit(folder):
    """Whether it was a call for the book: how often a file is read hangs on the clock a little."""
    lines = (folder / "trace").read_text().splitlines()
    killed = lines[-2] if "killed by SIGKILL" in lines[-1] else ""
    return f"{folder}/book" in next((line for line in lines if "(INJECTED)" in line), killed)


def about_the_book(whole, folder, *, ended_well):
    if ended_well:
        yield from (f"a wrong success: {what}" for what in lacking(whole, folder))
    try:
        write(folder / "book")
    except L2macError as error:
        yield f"it cannot be resumed: {error}"
    else:
        yield from lacking(whole, folder)


def about_the_end(point, code, said):
    if point.fault == "KILL":
        if code not in (KILLED, 128 - KILLED):
            yield f"killed, it ended with {code}: {said}"
    elif code not in (DONE, FAILED, PAUSED):
        yield f"ended with {code}: {said}"
    elif code != DONE and not SENTENCE.fullmatch(said):
        yield f"said: {said}"


def lacking(whole, folder):
    """What distinguishes the book from the whole one."""
    found = Whole.of(folder)
    (planned, at_best), (answered, attempts) = whole.calls, found.calls
    wrong = {
        "other files": found.files != whole.files,
        "other outcomes": found.outcomes != whole.outcomes,
        f"other calls: {answered}": answered != planned,
        f"{attempts} attempts": attempts > at_best + 1,
        f"beside the journal: {found.private}": found.private != whole.private,
        "a damaged journal": not sound(folder / "book/.l2mac/journal.db"),
    }
    return [what for what, is_so in wrong.items() if is_so]


def sound(journal):
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as sql:
        return sql.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
