"""Two changes to one text, woven into one, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

SENTENCE = re.compile(r"[^.!?…。！？\n]*(?:[.!?…。！？]+[^\w\s]*[ \t]*|\n\s*|\Z)")


@dataclass(frozen=True, slots=True)
class Edit:
    """Instead of the sentences from `start` to `end` stands this text."""

    start: int
    end: int
    text: str

    def clashes(self, other: Edit) -> bool:
        """Whether both say what is to stand in one place; sentences side by side are two."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def woven(base: str, mine: str, theirs: str) -> str | None:
    """What both made of `base`, None where they changed the same sentences."""
    sentences = SENTENCE.findall(base)
    changes = {*edits(sentences, mine), *edits(sentences, theirs)}
    ordered = sorted(changes, key=lambda edit: (edit.start, edit.end))
    if any(one.clashes(next_) for one, next_ in pairwise(ordered)):
        return None
    return "".join(_pieces(sentences, ordered))


def edits(sentences: Sequence[str], text: str) -> Iterator[Edit]:
    """What makes the text out of these sentences."""
    others = SENTENCE.findall(text)
    for start, end, first, last in differing(sentences, others):
        yield Edit(start, end, "".join(others[first:last]))


def differing(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The runs in which the two are not the same: from where to where in each of them."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 (many commands compare nothing)

    at, there = 0, 0
    for start, first, size in Indel.opcodes(one, other).as_matching_blocks():
        if at < start or there < first:
            yield at, start, there, first
        at, there = start + size, first + size


def _pieces(sentences: Sequence[str], ordered: Sequence[Edit]) -> Iterator[str]:
    at = 0
    for edit in ordered:
        yield "".join(sentences[at : edit.start])
        yield edit.text
        at = edit.end
    yield "".join(sentences[at:])
