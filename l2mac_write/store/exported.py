"""Writes an exported book where a person wants it: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.store.troubles import in_sentences


def write_whole(target: Path, data: bytes, mode: int = 0o644) -> Path:
    """The file at `target`, replaced in one step. Its folder is made where only that is missing."""
    if target.is_dir() or not target.parent.parent.is_dir():
        raise UsageError(f"`{target}` cannot be written: name a file in a folder that is there.")
    with in_sentences(target):
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
