"""Whether a folder is clearly a book, whatever has become of its journal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from l2mac_write.plan import PLAN
from l2mac_write.store.database import opened_to_examine
from l2mac_write.store.troubles import damaged, in_sentences

SETTINGS = "book.toml"
TABLES_NEED = 8192
"""Bytes; a smaller journal cannot hold our tables."""


def is_a_book(root: Path) -> bool:
    return (root / SETTINGS).is_file() or has_texts(root)


def has_texts(root: Path) -> bool:
    return (root / PLAN).is_file() or any((root / "chapters").glob("*.md"))


def insist_not_emptied(root: Path, journal: Path) -> None:
    """An empty journal is a beginning only where nothing has been written yet."""
    with in_sentences(journal):
        is_small = journal.stat().st_size < TABLES_NEED
    if is_small and has_texts(root) and is_blank(journal):
        raise damaged(journal, "it is empty, although the book is not")


def is_blank(journal: Path) -> bool:
    with closing(opened_to_examine(journal)) as database:
        return not database.rows("SELECT 1 FROM sqlite_schema LIMIT 1")
