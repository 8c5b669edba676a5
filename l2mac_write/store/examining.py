"""What is wrong with a book's folder, looked for as thoroughly as takes the time it takes."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from l2mac_write.errors import DamagedJournal, MachineError
from l2mac_write.store import replies, seal, wal
from l2mac_write.store.database import Database, opened_to_examine
from l2mac_write.store.files import Files, digest
from l2mac_write.store.history import History
from l2mac_write.store.journal import Journal
from l2mac_write.store.remains import has_texts, is_blank
from l2mac_write.store.troubles import in_sentences, legible, not_plain

ENOUGH = 3
"""A damaged journal has one cause and many symptoms."""
UNKNOWN = """
    SELECT DISTINCT instruction FROM file
    WHERE instruction != '' AND instruction NOT IN (SELECT id FROM instruction)
"""
TEXT = "SELECT CAST(body AS BLOB) FROM blob WHERE sha = ?"
REPLIES = "SELECT id, reply FROM call WHERE reply IS NOT NULL ORDER BY id"


def faults(journal: Path) -> tuple[str, ...]:
    """What is damaged in a journal at rest. Raises `UsageError` for one that is too new for us."""
    with in_sentences(journal):
        if not journal.exists() and not journal.is_symlink():
            return ("it is gone",)
        if not stat.S_ISREG(journal.lstat().st_mode):
            raise not_plain(journal)
        if seal.is_broken(journal):
            return ("it is not as the last run left it",)
        log = journal.with_name(f"{journal.name}-wal")
        if log.exists() and wal.read(log.read_bytes()).is_damaged:
            return ("its write-ahead log is damaged",)
    return _faults_inside(journal)


def _faults_inside(journal: Path) -> tuple[str, ...]:
    try:
        if is_blank(journal):
            return ("it is empty",) if has_texts(journal.parents[1]) else ()
        with closing(opened_to_examine(journal)) as database:
            return tuple(islice(_symptoms(database), ENOUGH))
    except DamagedJournal as error:
        return (error.detail,)
    except MachineError as error:
        return (str(error),)


def _symptoms(database: Database) -> Iterator[str]:
    yield from (row[0] for row in database.rows("PRAGMA integrity_check(3)") if row[0] != "ok")
    for table, *_ in database.rows("PRAGMA foreign_key_check"):
        yield f"a row of `{table}` refers to one that is not there"
    for (instruction,) in database.rows(UNKNOWN):
        yield f"there is a text of `{instruction}`, but not how that ended"
    for (key,) in database.rows("SELECT sha FROM blob"):
        # One at a time: all the texts there ever were may not fit into memory.
        if digest(database.rows(TEXT, key)[0][0]) != key:
            yield f"the text {key[:12]} is not what was stored"
    with legible(database.place):
        Journal(database, lambda: 0).findings()
        for _, reply in database.rows(REPLIES):
            replies.load(reply)


def unprojected(journal: Path) -> tuple[str, ...]:
    """The files whose newest text is in the journal only."""
    with closing(opened_to_examine(journal)) as database:
        if not database.rows("SELECT 1 FROM sqlite_schema LIMIT 1"):
            return ()
        current = History(database, lambda: 0).current()
        return tuple(path for path, version in current.items() if not version.projected)


def leftovers(root: Path) -> tuple[str, ...]:
    """What a killed run has left half written."""
    return tuple(Files(root).temporary())


def wrong_rights(private: Path) -> tuple[Path, ...]:
    """What others could look into, or its owner could not use."""
    with in_sentences(private):
        inside = [path for path in sorted(private.iterdir()) if path.suffix != ".txt"]
        return tuple(path for path in (private, *inside) if _mode(path) != _right(path))


def mend_rights(paths: Sequence[Path]) -> None:
    for path in paths:
        with in_sentences(path):
            path.chmod(_right(path))


def _mode(path: Path) -> int:
    status = path.lstat()
    # A link has no rights of its own; following it would change a stranger's.
    return _right(path) if stat.S_ISLNK(status.st_mode) else stat.S_IMODE(status.st_mode)


def _right(path: Path) -> int:
    return 0o700 if path.is_dir() else 0o600
