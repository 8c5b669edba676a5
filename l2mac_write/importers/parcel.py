"""A ZIP from anywhere: its size is known before it is unpacked, and nothing in it names a place on disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from l2mac_write.errors import UsageError

LARGEST, LARGEST_FILE, MOST = 400_000_000, 100_000_000, 20_000
"""Bytes of all that is in it, bytes of one file, and files."""
ENCRYPTED = 0x1
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, OSError),
)


@dataclass(frozen=True, slots=True)
class Parcel:
    name: str
    archive: zipfile.ZipFile
    spent: list[int] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.archive.namelist())

    def read(self, path: str) -> bytes:
        """Raises `UsageError` for what is not there, or is more than it said."""
        try:
            with self.archive.open(path) as file:
                content = file.read(LARGEST_FILE + 1)
        except KeyError as error:
            raise UsageError(f"`{self.name}` is not whole: `{path}` is missing in it.") from error
        except DAMAGE as error:
            raise UsageError(f"`{self.name}` is damaged: `{path}` in it cannot be read.") from error
        self.spent.append(len(content))
        if len(content) > LARGEST_FILE or sum(self.spent) > LARGEST:
            raise UsageError(_too_large(self.name))
        return content


def opened(content: bytes, name: str) -> Parcel:
    """Raises `UsageError` for what is no ZIP, is encrypted, or would fill memory or disk."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except DAMAGE as error:
        raise UsageError(f"`{name}` is damaged: it cannot be unpacked.") from error
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UsageError(f"`{name}` is encrypted: only who sold it can take that off.")
    sizes = [entry.file_size for entry in entries]
    if len(sizes) > MOST or sum(sizes) > LARGEST or max(sizes, default=0) > LARGEST_FILE:
        raise UsageError(_too_large(name))
    return Parcel(name, archive)


def content_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError(_too_large(file.name))
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"`{file}` cannot be read: {error.strerror}.") from error


def _too_large(name: str) -> str:
    return f"`{name}` unpacks to more than a book can be ({LARGEST // 1_000_000} MB): it is left alone."
