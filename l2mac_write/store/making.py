"""A new folder that is there whole or not at all, wherever its making is cut short."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.store.places import not_empty
from l2mac_write.store.seal import synced
from l2mac_write.store.troubles import in_sentences

UNFINISHED = ".{}.l2mac-new"
"""Beside the folder to be; who makes the same one later clears it away."""


@contextmanager
def made(root: Path) -> Iterator[Path]:
    """An empty folder to fill, which is called `root` once nothing has gone wrong in here.

    Raises `UsageError` where there is one already, or somebody else is making it.
    """
    insist_on_room(root)
    root = root.absolute()
    place = root.with_name(UNFINISHED.format(root.name))
    with _held(place):
        try:
            yield place
            with in_sentences(root):
                place.rename(root)
                synced(root.parent)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


def insist_on_room(root: Path) -> None:
    with in_sentences(root):
        if root.is_symlink() or (root.exists() and (not root.is_dir() or any(root.iterdir()))):
            raise not_empty(root)
        if root.exists() and root.resolve() == Path.cwd():
            raise UsageError("the current folder cannot be the new book. Name one inside of it.")


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Empty, and nobody else's until it has its name."""
    with in_sentences(place):
        place.mkdir(parents=True, exist_ok=True)
        folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with in_sentences(place):
            _take(folder, place)
            for left in place.iterdir():
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        yield
    finally:
        os.close(folder)


def _take(folder: int, place: Path) -> None:
    """Raises `UsageError` where another process has it, or has just finished with it."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_here = place.exists() and os.path.samestat(os.fstat(folder), place.stat())
    except BlockingIOError:
        is_here = False
    if not is_here:
        raise UsageError(f"`{place}` is being filled by another process. Wait until it has ended.")
