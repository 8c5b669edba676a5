"""The paragraphs of the book's texts, and the words that each is found by."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from l2mac_write.text.counting import HAN_AND_KANA, UNSPACED

NAME = "passages-3"
TABLES = {
    "passage": """
        CREATE TABLE passage (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, number INTEGER NOT NULL,
            part INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL,
            UNIQUE (path, number, part, length)
        )""",
    "passage_file": """
        CREATE TABLE passage_file (
            path TEXT PRIMARY KEY, first INTEGER NOT NULL, count INTEGER NOT NULL
        )""",
    "passage_words": """
        CREATE VIRTUAL TABLE passage_words USING fts5 (
            words, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
        )""",
}
# No two texts ever have the same first passage, and those of one text follow each other.
ADD_FILE = """
    INSERT INTO passage_file
    SELECT path, min(id), count(*) FROM passage WHERE path = ? GROUP BY path
"""
DROP_FILE = "DELETE FROM passage_file WHERE path = ?"
ADD = "INSERT INTO passage (path, number, part, length, text) VALUES (?, ?, ?, ?, ?)"
ADD_WORDS = "INSERT INTO passage_words (rowid, words) VALUES (?, ?)"
OLD = "SELECT id, text FROM passage WHERE path = ?"
# A table that keeps no texts is told what it had.
DROP_WORDS = "INSERT INTO passage_words (passage_words, rowid, words) VALUES ('delete', ?, ?)"
DROP = "DELETE FROM passage WHERE path = ?"

PROSE = (".md", ".txt")
BREAK = re.compile(r"\n\s*\n")
LONGEST = 1200
"""Characters of a passage; of a longer paragraph there are several."""
PIECE = re.compile(
    rf"\S.{{0,{LONGEST - 1}}}(?:(?<=[.!?…”’\"'])(?=\s|\Z)|(?<=[。！？]))"
    rf"|\S.{{0,{LONGEST - 1}}}(?=\s|\Z)"
    rf"|\S{{1,{LONGEST}}}",
    re.DOTALL,
)
SENTENCE = re.compile(r"(?<=[.!?…”’\"']) |(?<=[。！？])")
SENTENCES = 64
"""Of one passage, that are told apart."""
RUN = re.compile(f"[{HAN_AND_KANA}{UNSPACED}]+")


def follow(sql: sqlite3.Connection, path: str, text: str | None) -> None:
    """See `derived`."""
    for id_, was in sql.execute(OLD, (path,)).fetchall():
        sql.executemany(DROP_WORDS, sentences(id_, was))
    sql.execute(DROP, (path,))
    sql.execute(DROP_FILE, (path,))
    if text and path.endswith(PROSE):
        for number, part, passage in passages(text):
            row = (path, number, part, passage.count(" ") + 1, passage)
            id_ = sql.execute(ADD, row).lastrowid or 0
            sql.executemany(ADD_WORDS, sentences(id_, passage))
        sql.execute(ADD_FILE, (path,))


def sentences(passage: int, text: str) -> Iterator[tuple[int, str]]:
    """Each with the number that it and the passage are found by; what is too many is in the last."""
    for number, sentence in enumerate(SENTENCE.split(searchable(text), SENTENCES - 1)):
        yield passage * SENTENCES + number, sentence


def passages(text: str) -> Iterator[tuple[int, int, str]]:
    """The paragraphs with their numbers from 1, long ones in parts; the title line is none."""
    first, _, rest = text.partition("\n")
    blocks = BREAK.split(rest if first.startswith("# ") else text)
    for number, paragraph in enumerate(filter(None, map(str.strip, blocks)), start=1):
        short = len(paragraph) <= LONGEST
        pieces = [paragraph] if short else (piece[0] for piece in PIECE.finditer(paragraph))
        for part, piece in enumerate(pieces, start=1):
            yield number, part, piece


def searchable(text: str) -> str:
    """The text with a space after every pair of characters that its language sets no space between."""
    return text if text.isascii() else RUN.sub(_pairs, text)


def _pairs(run: re.Match[str]) -> str:
    """Every character begins a pair, the last one alone."""
    return " ".join(("", *(run[0][i : i + 2] for i in range(len(run[0]))), ""))
