"""Where in a folder the parts of a book are, and how an empty folder becomes one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.store import remains
from l2mac_write.store.files import TEMPORARY
from l2mac_write.store.troubles import damaged, in_sentences, not_plain

PRIVATE = ".l2mac"
JOURNAL = "journal.db"
SOURCES = "sources"
"""Holds what a person gave: the manuscript that a book was made of."""
CREATED = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
README = Path(__file__).with_name("README.txt")


def insist_on_a_book(root: Path) -> None:
    place = root / PRIVATE / JOURNAL
    with in_sentences(place):
        for path, is_right in ((place.parent, stat.S_ISDIR), (place, stat.S_ISREG)):
            try:
                mode = path.lstat().st_mode
            except (FileNotFoundError, NotADirectoryError):
                if remains.is_a_book(root):
                    raise damaged(place, "it is gone") from None
                raise UsageError(
                    f"`{root}` is not a book: it has no {PRIVATE}/{JOURNAL}."
                    f" Write one with `l2mac-write generate … --to {root}`."
                ) from None
            if not is_right(mode):
                raise not_plain(path)
    remains.insist_not_emptied(root, place)


def make_private(root: Path) -> None:
    private = root / PRIVATE
    with in_sentences(root):
        root.mkdir(parents=True, exist_ok=True)
        if any(path != private and not TEMPORARY.fullmatch(path.name) for path in root.iterdir()):
            raise not_empty(root)
        private.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(private / JOURNAL, CREATED, 0o600))
        insist_on_a_book(root)
        private.chmod(0o700)
        with os.fdopen(os.open(private / "README.txt", CREATED, 0o644), "wb") as readme:
            readme.write(README.read_bytes())


def not_empty(root: Path) -> UsageError:
    return UsageError(
        f"`{root}` is not empty. Choose a new folder for the book, or carry on with a book"
        f" that is there: `l2mac-write resume --book {root}`."
    )
