"""Writes an exported book where a person wants it: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.store.troubles import in_sentences

AGAIN = "type the same line again"
OURS = ".l2mac-export"
"""Lies in a folder that was exported, so that no other is ever replaced."""


def write_whole(target: Path, data: bytes, mode: int = 0o644) -> Path:
    """The file at `target`, replaced in one step. Its folder is made where only that is missing."""
    if target.is_dir() or not target.parent.parent.is_dir():
        raise UsageError(f"`{target}` cannot be written: name a file in a folder that is there.")
    with in_sentences(target, AGAIN):
        target.parent.mkdir(exist_ok=True)
        file, name = tempfile.mkstemp(dir=target.parent, prefix=".l2mac-", suffix=".tmp")
        try:
            with os.fdopen(file, "wb") as part:
                part.write(data)
                part.flush()
                os.fchmod(part.fileno(), mode)
                os.fsync(part.fileno())
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    return target


def write_folder(target: Path, files: Mapping[str, bytes]) -> Path:
    """The folder at `target` with these files, in the place of an earlier export.

    Raises `UsageError` where something else stands there, and leaves it alone.
    """
    if not target.parent.parent.is_dir():
        raise UsageError(f"`{target}` cannot be written: name a folder in one that is there.")
    with in_sentences(target, AGAIN):
        if target.exists() and not _may_be_replaced(target):
            raise UsageError(
                f"`{target}` holds what this program did not export, and is left as it is. Name"
                " another folder with --to."
            )
        target.parent.mkdir(exist_ok=True)
        with _beside(target) as scratch:
            new, old = scratch / "new", scratch / "old"
            for path, data in {**files, OURS: b""}.items():
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(data)
            _put(new, target, old)
    return target


def _put(new: Path, target: Path, old: Path) -> None:
    """`new` in the place of what is at `target`, which stays if that cannot be."""
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _may_be_replaced(target: Path) -> bool:
    return target.is_dir() and ((target / OURS).exists() or not any(target.iterdir()))


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=".l2mac-", suffix=".tmp"))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
