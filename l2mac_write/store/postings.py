"""In which sentences of which texts is a thing spoken of? Asked once for each text, then remembered."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from l2mac_write.store.derived import Rows
from l2mac_write.store.passages import RUN, SENTENCES, searchable

FILES = """
    SELECT first, count FROM passage_file
    WHERE path IN (SELECT value FROM json_each(?)) ORDER BY first
"""
STATE = "SELECT count(*), coalesce(max(first), 0) FROM passage_file"
LENGTHS = "SELECT length FROM passage WHERE id >= ? AND id < ? ORDER BY id"
HITS = """
    SELECT rowid FROM passage_words
    WHERE passage_words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid
"""
MOST = 400
"""Things that are remembered at once."""

# What would end a phrase, or the statement that it is part of.
NO_SIGNS = str.maketrans('"\0', "  ")


@dataclass(frozen=True, slots=True)
class File:
    """The passages of one text have numbers in a row, which no other text has ever had."""

    first: int
    count: int

    @property
    def end(self) -> int:
        return self.first + self.count


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentences of one text that speak of a thing, and how many passages they are in."""

    sentences: Sequence[int]
    passages: int


SILENT = Spoken((), 0)


@dataclass(slots=True)
class Postings:
    """Remembers where things are spoken of: a text never changes under the numbers it has."""

    rows: Rows
    _known: dict[str, dict[int, Spoken]] = field(default_factory=dict)
    _lengths: dict[int, Sequence[int]] = field(default_factory=dict)

    def state(self) -> tuple[int, int]:
        """Stays the same as long as no text comes or goes."""
        ((count, newest),) = self.rows(STATE)
        return count, newest

    def files(self, paths: Sequence[str]) -> dict[int, File]:
        """By their first passages, in the order of these."""
        return {first: File(first, n) for first, n in self.rows(FILES, json.dumps([*paths]))}

    def lengths(self, file: File) -> Sequence[int]:
        """Of its passages, in order."""
        if file.first not in self._lengths:
            rows = self.rows(LENGTHS, file.first, file.end)
            self._lengths[file.first] = array("L", [length for (length,) in rows])
        return self._lengths[file.first]

    def spoken(self, ways: Sequence[str], files: Mapping[int, File]) -> list[Spoken]:
        """Of the thing that goes by any of the ways, in each of the files."""
        match = _match(ways)
        if match not in self._known and len(self._known) >= MOST:
            self._known.clear()
        known = self._known.setdefault(match, {})
        if new := [file for first, file in files.items() if first not in known]:
            known.update(self._found(match, new))
        return [known[first] for first in files]

    def _found(self, match: str, files: Sequence[File]) -> Iterator[tuple[int, Spoken]]:
        first, end = files[0].first * SENTENCES, files[-1].end * SENTENCES
        hits = array("Q", [id_ for (id_,) in self.rows(HITS, match, first, end)])
        for file in files:
            start = bisect_left(hits, file.first * SENTENCES)
            here = hits[start : bisect_left(hits, file.end * SENTENCES, start)]
            said = Spoken(here, len({id_ // SENTENCES for id_ in here})) if here else SILENT
            yield file.first, said


def _match(ways: Sequence[str]) -> str:
    """Any of the ways, each word for word; empty ones find nothing."""
    return " OR ".join(map(_phrase, ways)) or '""'


def _phrase(way: str) -> str:
    """One character of a language without spaces is the beginning of a pair."""
    words = searchable(way).translate(NO_SIGNS).split()
    if RUN.fullmatch(way.strip()):
        words = words[:-1] or words
    return f'"{" ".join(words)}"' + (" *" if RUN.fullmatch(way) and len(way) == 1 else "")
