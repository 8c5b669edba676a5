"""The seal on a journal at rest: the hash of what the last run left, by which damage is seen."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

WRITTEN = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def of(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.sha256")


def put_on(journal: Path) -> None:
    """Where all is in one file; a journal without a seal is merely less sure of itself."""
    with suppress(OSError):
        if not _has_more(journal):
            file = os.open(of(journal), WRITTEN, 0o600)
            with os.fdopen(file, "w", encoding="ascii") as stream:
                stream.write(_digest(journal))


def take_off(journal: Path) -> None:
    """Before anything is written: a seal that outlived a power failure would cry wolf."""
    with suppress(FileNotFoundError):
        of(journal).unlink()
        synced(journal.parent)


def synced(folder: Path) -> None:
    """What was made, moved or removed in the folder outlives a power failure."""
    file = os.open(folder, FOLDER)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def is_broken(journal: Path) -> bool:
    """Whether somebody else, or chance, has changed the journal since."""
    try:
        seal = of(journal).read_bytes()
    except FileNotFoundError:
        return False
    # A power failure may have kept the seal itself from being written.
    is_whole = len(seal) == hashlib.sha256().digest_size * 2
    return is_whole and (_has_more(journal) or seal != _digest(journal).encode())


def _has_more(journal: Path) -> bool:
    log = journal.with_name(f"{journal.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _digest(journal: Path) -> str:
    with journal.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
