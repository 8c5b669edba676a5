"""What a text is made of, small enough to keep for every file of a book."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from l2mac_write.evaluators.passages import paragraphs, sentences, words
from l2mac_write.text.languages import scaled
from l2mac_write.text.remembered import remembered

SENTENCE = 6
SHINGLE = 3
ENDS = frozenset(".!?…。！？\"'”’»」』)*_")
"""How a paragraph of prose ends; a date line or a greeting ends otherwise."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of every `SHINGLE` words in a row and of every sentence of `SENTENCE` words or more.

    Arrays, not sets: eight bytes a word, so that a book of a million words still fits.
    """

    shingles: array[int]
    sentences: array[int]
    opening: tuple[str, ...]
    ending: tuple[str, ...]


@remembered(4096)
def fingerprint(text: str, language: str) -> Fingerprint:
    least = scaled(SENTENCE, language)
    prose = [list(sentences(p)) for p in paragraphs(text) if p.text[-1] in ENDS]
    said = [[tuple(words(s.text, language)) for s in paragraph] for paragraph in prose]
    return Fingerprint(
        shingles=array("q", shingles(words(text, language), scaled(SHINGLE, language))),
        sentences=array("q", (hash(s) for p in said for s in p if len(s) >= least)),
        opening=said[0][0] if said else (),
        ending=said[-1][-1] if said else (),
    )


def shingles(said: Sequence[str], size: int) -> list[int]:
    """One hash for every so many words in a row."""
    return [hash(row) for row in zip(*(said[n:] for n in range(size)), strict=False)]
