"""Waits until something in a folder changes that an export is made from."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

EXPORTS = "exports"
PAUSE = 0.4
"""Seconds between two looks, and after a change until it is thought to be whole."""


def changes(roots: tuple[Path, ...], pause: float = PAUSE) -> Iterator[None]:
    """Once for each change from now on, whatever was changed meanwhile; it never ends by itself."""
    return _changes(roots, pause, _marks(roots))


def _changes(
    roots: tuple[Path, ...], pause: float, before: tuple[tuple[str, int, int], ...]
) -> Iterator[None]:
    while True:
        time.sleep(pause)
        now = _marks(roots)
        if now != before:
            time.sleep(pause)
            before = _marks(roots)
            yield


def _marks(roots: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    files = (file for root in roots for file in (root.rglob("*") if root.is_dir() else (root,)))
    return tuple(sorted(mark for file in files for mark in _mark(file, roots)))


def _mark(file: Path, roots: tuple[Path, ...]) -> Iterator[tuple[str, int, int]]:
    within = next((file.relative_to(root).parts for root in roots if file.is_relative_to(root)), ())
    if within[:1] == (EXPORTS,) or any(part.startswith(".") for part in within):
        return
    try:
        about = file.stat()
    except OSError:
        return
    if not file.is_dir():
        yield str(file), about.st_mtime_ns, about.st_size
