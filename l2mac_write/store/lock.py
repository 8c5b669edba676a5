"""One writer at a time: a lock that the system frees however its holder ends."""

from __future__ import annotations

import fcntl
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from l2mac_write.errors import Busy
from l2mac_write.store.troubles import in_sentences

LOOKS, BETWEEN_LOOKS = 20, 0.01


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock; a second holder, in any process, gets a `UsageError` naming the first."""
    with in_sentences(path):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with in_sentences(path):
            _take(file, path)
        try:
            yield
        finally:
            # Nobody is to be told of a holder that is no more.
            with suppress(OSError):
                os.ftruncate(file, 0)
    finally:
        # Whatever closing says, the lock is free, and what the file held is of no more use.
        with suppress(OSError):
            os.close(file)


def holder(path: Path) -> str:
    """Who holds the lock at this moment, empty where nobody does."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(file)
    finally:
        os.close(file)
    return ""


def _take(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Busy(
            f"`{path.parents[1]}` is being written by {_holder(file)}."
            " Wait until it has ended, or stop it, and try again."
        ) from None
    os.ftruncate(file, 0)
    os.pwrite(file, f"process {os.getpid()} on {platform.node()}".encode(), 0)


def _holder(file: int) -> str:
    """A holder that has only just begun needs a moment to write down its name."""
    for _ in range(LOOKS):
        if name := os.pread(file, 200, 0):
            return name.decode("utf-8", "replace")
        time.sleep(BETWEEN_LOOKS)
    return "another process"
