"""What disk and database complain of, said in sentences a person can act on."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from l2mac_write.errors import DamagedJournal, DiskFull, L2macError, MachineError, UsageError

FULL = {errno.ENOSPC, errno.EDQUOT}
NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
NOT_PLAIN = {errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
GARBLED = ("no such table", "no such column", "Could not decode to UTF-8")
"""What SQLite calls a mistake in our question, although the question is always the same."""
UNOPENED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


RESUMED = "run `l2mac-write resume`"


@contextmanager
def in_sentences(place: Path | str, then: str = RESUMED) -> Iterator[None]:
    """Turns what the system raises about `place` into an error of ours; `then` is what to do next."""
    try:
        yield
    except OSError as error:
        raise _from_disk(error, place, then) from error
    except sqlite3.Error as error:
        raise _from_database(error, place) from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it cannot understand, and Python cannot read the quotation.
        raise damaged(place, "its tables are garbled") from error


def full(place: Path | str, then: str = RESUMED) -> DiskFull:
    return DiskFull(
        f"the disk that holds `{place}` is full. All that was finished is kept: make room, then"
        f" {then}."
    )


def damaged(journal: Path | str, detail: str) -> DamagedJournal:
    """A journal lies in a hidden folder of its book's."""
    return DamagedJournal(str(journal), str(Path(journal).absolute().parents[1]), detail)


@contextmanager
def legible(journal: Path) -> Iterator[None]:
    """A row that says what no program wrote is damage too."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(journal, f"a row in it cannot be read: {error}") from error


def not_plain(place: Path | str) -> UsageError:
    return UsageError(
        f"`{place}` is, or lies behind, a link or something else that is no plain file in a"
        " plain folder. A book holds nothing else: put a plain one in its place."
    )


def _from_disk(error: OSError, place: Path | str, then: str) -> L2macError:
    if error.errno in FULL:
        return full(place, then)
    if error.errno in NO_RIGHT:
        return UsageError(
            f"you have no right to use `{place}` ({error.strerror})."
            " Change its permissions or choose another folder."
        )
    if error.errno in NOT_PLAIN:
        return not_plain(place)
    return MachineError(
        f"`{place}` could not be used: {error.strerror}. All that was finished is kept: {then}"
        " when that is mended."
    )


def _from_database(error: sqlite3.Error, place: Path | str) -> L2macError:
    # The low byte is the kind of trouble; the rest of the code says where it arose.
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind == sqlite3.SQLITE_FULL:
        return full(place)
    if kind in DAMAGED or str(error).startswith(GARBLED):
        return damaged(place, str(error))
    if kind in UNOPENED and not _is_ours_to_write(Path(place)):
        return UsageError(
            f"`{place}` cannot be written or opened here ({error}). Check its rights."
        )
    if kind in BUSY:
        return UsageError(f"`{place}` is in use by another program. Try again when it has ended.")
    return MachineError(
        f"`{place}` failed: {error}. All that was finished is kept: run `l2mac-write resume`."
    )


def _is_ours_to_write(place: Path) -> bool:
    """SQLite says that a file cannot be opened, not whether rights or the disk are to blame."""
    really = os.access in os.supports_effective_ids
    both = (place, place.parent)
    return all(os.access(path, os.R_OK | os.W_OK, effective_ids=really) for path in both)
