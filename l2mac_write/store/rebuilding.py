"""A new journal in the place of one that cannot be used, which is moved aside and never deleted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

from l2mac_write.instructions import Outcome
from l2mac_write.store import derived
from l2mac_write.store.database import Database, opened
from l2mac_write.store.journal import Journal
from l2mac_write.store.salvage import Salvage, fill, salvaged
from l2mac_write.store.schema import count_again
from l2mac_write.store.seal import synced
from l2mac_write.store.troubles import in_sentences

DISOWN = "UPDATE file SET instruction = '' WHERE instruction NOT IN (SELECT id FROM instruction)"
"""A text whose instruction is not in the program any more, or was garbled, is nobody's."""
FRESH = "journal.fresh.db"
CREATED = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
ENDS = ("", "-wal", "-shm", ".sha256")
"""Of the names of a journal and of what belongs to it."""


def rebuilt(
    place: Path,
    finished: Callable[[Journal], Iterable[Outcome]],
    now: Callable[[], float] = time.time,
) -> tuple[Salvage, Path | None]:
    """What could be carried over, and where the old journal is now. Call it under the book's lock.

    `finished` tells, from a journal that holds all that could be carried over, which instructions
    have ended. Until the new journal is whole, the old one stays where it is.
    """
    salvage, fresh = salvaged(place), place.with_name(FRESH)
    with in_sentences(place), ExitStack() as on_failure:
        on_failure.callback(_remove, fresh)
        _remove(fresh)
        os.close(os.open(fresh, CREATED, 0o600))
        with closing(opened(fresh)) as database:
            _write(database, salvage, finished, now)
        on_failure.pop_all()
        return salvage, _put_in_place(fresh, place)


def _write(
    database: Database,
    salvage: Salvage,
    finished: Callable[[Journal], Iterable[Outcome]],
    now: Callable[[], float],
) -> None:
    with database.transaction() as sql:
        fill(sql, salvage.rows)
        count_again(sql)
        derived.make_anew(sql)
    journal = Journal(database, now)
    for outcome in finished(journal):
        journal.commit(outcome, ())
    with database.transaction() as sql:
        sql.execute(DISOWN)


def _remove(journal: Path) -> None:
    for file in _all(journal):
        file.unlink(missing_ok=True)


def _put_in_place(fresh: Path, place: Path) -> Path | None:
    aside = _aside(place)
    is_there = place.exists()
    for old, new in (
        *zip(_all(place), _all(aside), strict=True),
        *zip(_all(fresh), _all(place), strict=True),
    ):
        if old.exists():
            old.rename(new)
    synced(place.parent)
    return aside if is_there else None


def _all(journal: Path) -> tuple[Path, ...]:
    """The journal and what lies beside it."""
    return tuple(journal.with_name(journal.name + end) for end in ENDS)


def _aside(place: Path) -> Path:
    names = (place.with_name(f"{place.stem}.damaged-{n}{place.suffix}") for n in count(1))
    return next(name for name in names if not any(file.exists() for file in _all(name)))
