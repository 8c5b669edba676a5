"""What two versions of a text have otherwise, word by word, and where they are the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from l2mac_write.store.merging import GAP, passages
from l2mac_write.text.counting import HAN_AND_KANA, count_words
from l2mac_write.text.weaving import differing

TOKEN = re.compile(rf"[{HAN_AND_KANA}]|[^\W{HAN_AND_KANA}]+(?:['’][^\W{HAN_AND_KANA}]+)*|\s+|.")
FEW = 2
"""Words; what is the same between two changes is lost to the eye if it is shorter."""
PHRASE = 5
"""Words in a row that two sentences do not share by chance."""
Run: TypeAlias = tuple[int, int, int, int]
"""From where to where in the one text, and in the other."""
MOST = 64_000_000
"""Pairs of words; what is longer on both sides is shown as written anew."""


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole paragraphs of a text, from its `paragraph`-th on, counted in the new one from 1.

    A single piece that is the same is what nobody changed.
    """

    paragraph: int
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind is not Kind.SAME for piece in self.pieces)

    @property
    def paragraphs(self) -> int:
        """How many the new text has of them."""
        return _paragraphs(self.text(Kind.REMOVED))

    def text(self, without: Kind) -> str:
        """As it is now without `removed`, as it was without `added`."""
        return "".join(piece.text for piece in self.pieces if piece.kind is not without)


def compared(old: str, new: str) -> tuple[Passage, ...]:
    """Joined, the passages are the one text or the other; none has changed where they are equal."""
    return tuple(_numbered(_joined(passages(old, new))))


def words(compared: Sequence[Passage], kind: Kind) -> int:
    """How many of the texts' words are of that kind."""
    pieces = (piece for passage in compared for piece in passage.pieces if piece.kind is kind)
    return sum(count_words(piece.text) for piece in pieces)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Of one passage, by its words."""
    return tuple(piece for piece in _pieces(old, new) if piece.text)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    ours, theirs = TOKEN.findall(old), TOKEN.findall(new)
    is_long = len(ours) * len(theirs) > MOST
    runs = [(0, len(ours), 0, len(theirs))] if is_long else [*_runs(ours, theirs)]
    at = 0
    for start, end, first, last in runs:
        yield Piece(Kind.SAME, "".join(ours[at:start]))
        yield Piece(Kind.REMOVED, "".join(ours[start:end]))
        yield Piece(Kind.ADDED, "".join(theirs[first:last]))
        at = end
    yield Piece(Kind.SAME, "".join(ours[at:]))


def _runs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Run]:
    """Where they differ, without the words in between that merely happen to be the same.

    Those are too few to be seen, or fewer than each of the changes on both sides has, and no more
    than any two sentences may share.
    """

    def size(run: Run) -> int:
        return max(_count(ours[run[0] : run[1]]), _count(theirs[run[2] : run[3]]))

    def between(before: Run, after: Run) -> int:
        return _count(ours[before[1] : after[0]])

    clear = _closed(differing(ours, theirs), lambda a, b: between(a, b) < FEW)
    yield from _closed(clear, lambda a, b: between(a, b) < min(size(a), size(b), PHRASE))


def _closed(runs: Iterable[Run], is_one: Callable[[Run, Run], bool]) -> Iterator[Run]:
    """Two in a row that are one are joined, with what lies between."""
    open_: Run | None = None
    for run in runs:
        if open_ and is_one(open_, run):
            open_ = open_[0], run[1], open_[2], run[3]
            continue
        if open_:
            yield open_
        open_ = run
    if open_:
        yield open_


def _count(tokens: Iterable[str]) -> int:
    return sum(map(str.isalnum, tokens))


def _joined(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What is the same in a row is one passage."""
    for _, group in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
        ours, theirs = zip(*group, strict=True)
        yield "".join(ours), "".join(theirs)


def _numbered(pairs: Iterator[tuple[str, str]]) -> Iterator[Passage]:
    number = 1
    for old, new in pairs:
        same = (Piece(Kind.SAME, new),) if old == new else ()
        yield Passage(number, same or pieces(old, new))
        number += _paragraphs(new)


def _paragraphs(text: str) -> int:
    return sum(1 for paragraph in GAP.split(text)[::2] if paragraph.strip())
