"""The files of a book on disk: each is written whole or not at all, and never through a link."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import secrets
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.store.paths import checked
from l2mac_write.store.troubles import in_sentences, not_plain

TEMPORARY = re.compile(r"\.l2mac-[0-9a-f]+\.tmp")
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# Without O_NONBLOCK, opening a named pipe would wait for ever.
LEAF = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# A file changed less than this before we looked may change again and keep its time stamp.
SETTLED_NS = 20_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What the system tells of a file without reading it."""

    inode: int
    size: int
    modified: int
    changed: int

    @staticmethod
    def of(status: os.stat_result) -> Mark:
        return Mark(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def free_bytes(folder: Path) -> int:
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


@dataclass(frozen=True, slots=True)
class Disk:
    """What the system does for us; a test hands in a disk that is full."""

    write: Callable[[int, bytes], int] = os.write
    free: Callable[[Path], int] = free_bytes


DISK = Disk()


class Files:
    """Text in, text out: a path goes in as the model or the journal gave it and is checked here."""

    def __init__(self, root: Path, disk: Disk = DISK) -> None:
        self.root = root
        self._disk = disk
        self._known: dict[str, tuple[Mark, str]] = {}

    def read(self, path: str) -> str | None:
        """The text on disk, None where there is none."""
        data = self._read(path)
        try:
            return None if data is None else data.decode("utf-8")
        except UnicodeDecodeError:
            raise UsageError(
                f"`{self.root / path}` is not UTF-8 text. Save it as UTF-8 and try again."
            ) from None

    def stands(self, path: str, key: str | None) -> bool:
        """Whether the file is known to hold the text of that hash, without reading it again."""
        known = self._known.get(path)
        return known is not None and known[1] == key and known[0] == self._mark(path)

    def digest(self, path: str) -> str | None:
        """The SHA-256 of what is on disk; a file that stands unchanged is not read again."""
        known = self._known.get(path)
        if known and known[0] == self._mark(path):
            return known[1]
        data = self._read(path)
        return None if data is None else digest(data)

    def write(self, path: str, text: str) -> None:
        with in_sentences(self.root / path), self._beside(path, make=True) as (folder, name):
            self._replace(folder, name, text.encode())

    def remove(self, path: str) -> None:
        with (
            in_sentences(self.root / path),
            suppress(FileNotFoundError),
            self._beside(path) as (folder, name),
        ):
            os.unlink(name, dir_fd=folder)
            _sync(folder)

    def listing(self, tops: Sequence[str]) -> Iterator[str]:
        """The plain files below these folders, links left out, in Unicode's composed form."""
        with in_sentences(self.root):
            for top in tops:
                if stat.S_ISDIR(_status(self.root / top)):
                    yield from (
                        unicodedata.normalize("NFC", path)
                        for path in _walk(self.root / top, f"{top}/")
                    )

    def clean(self) -> None:
        """Removes what a killed run left half written."""
        with in_sentences(self.root):
            for path in tuple(self.temporary()):
                (self.root / path).unlink()

    def temporary(self) -> Iterator[str]:
        """What `clean` would remove."""
        with in_sentences(self.root):
            for path in _walk(self.root, ""):
                if TEMPORARY.fullmatch(path.rpartition("/")[2]):
                    yield path

    def free(self) -> int:
        """Bytes left on the disk for us."""
        with in_sentences(self.root):
            return self._disk.free(self.root)

    def _mark(self, path: str) -> Mark | None:
        try:
            return Mark.of(os.lstat(f"{self.root}/{path}"))
        except OSError:
            return None

    def _read(self, path: str) -> bytes | None:
        with in_sentences(self.root / path):
            try:
                with self._beside(path) as (folder, name):
                    return self._taken_in(path, os.open(name, LEAF, dir_fd=folder))
            except FileNotFoundError:
                return None

    def _taken_in(self, path: str, file: int) -> bytes:
        with open(file, "rb") as stream:
            looked = time.time_ns()
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise not_plain(self.root / path)
            data = stream.read()
        if status.st_mtime_ns < looked - SETTLED_NS:
            self._known[path] = (Mark.of(status), digest(data))
        return data

    @contextmanager
    def _beside(self, path: str, *, make: bool = False) -> Iterator[tuple[int, str]]:
        """An open folder and the file's name in it; no step on the way there may be a link."""
        *parents, name = checked(path).split("/")
        with ExitStack() as opened:
            folder = _opened(opened, self.root, FOLDER)
            for parent in parents:
                if make:
                    _make(parent, folder)
                folder = _opened(opened, parent, FOLDER | os.O_NOFOLLOW, folder)
            yield folder, name

    def _replace(self, folder: int, name: str, data: bytes) -> None:
        part = f".l2mac-{secrets.token_hex(8)}.tmp"
        file = os.open(part, FRESH, 0o644, dir_fd=folder)
        try:
            try:
                self._pour(file, data)
                _sync(file)
            finally:
                os.close(file)
            os.rename(part, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            # What went wrong first is what a person must hear; the next run cleans up.
            with suppress(OSError):
                os.unlink(part, dir_fd=folder)
            raise
        _sync(folder)

    def _pour(self, file: int, data: bytes) -> None:
        while data:
            data = data[self._disk.write(file, data) :]


def _opened(stack: ExitStack, path: Path | str, flags: int, folder: int | None = None) -> int:
    file = os.open(path, flags, dir_fd=folder)
    stack.callback(os.close, file)
    return file


def _make(name: str, folder: int) -> None:
    with suppress(FileExistsError):
        os.mkdir(name, 0o755, dir_fd=folder)
        _sync(folder)


def _sync(file: int) -> None:
    """Down to the disk itself; on macOS `fsync` alone stops at the disk's own memory."""
    if hasattr(fcntl, "F_FULLFSYNC"):
        with suppress(OSError):
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
            return
    try:
        os.fsync(file)
    except OSError as error:
        # Some file systems cannot sync a folder; they have nothing to lose there.
        if error.errno != errno.EINVAL:
            raise


def _status(path: Path) -> int:
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        return 0


def _walk(folder: Path | str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_file(follow_symlinks=False):
                yield path
            elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield from _walk(entry.path, f"{path}/")
