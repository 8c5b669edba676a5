"""What becomes of a text that two hands changed: one text, where they changed other paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

GAP = re.compile(r"(\r?\n(?:[ \t]*\r?\n)+)")
BLANK = " \t\r\n"


def merged(base: str, mine: str, theirs: str) -> str | None:
    """What both made of `base`, None where they changed the same paragraphs or adjacent ones.

    A merge takes each passage, byte for byte, from the one who changed it. Where both changed
    nothing but blank lines or line ends, they are as in `theirs`.
    """
    texts = tuple(map(_pieces, (base, mine, theirs)))
    passages = [_chosen(*passage) for passage in _passages(*texts)]
    taken = [passage for passage in passages if passage is not None]
    return "".join(map("".join, taken)) if len(taken) == len(passages) else None


def passages(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Both, cut before and after each paragraph that is in both; joined they are the texts."""
    for ours, theirs in _passages(_pieces(old), _pieces(new)):
        if ours or theirs:
            yield "".join(ours), "".join(theirs)


def line_apart(one: str, other: str) -> int:
    """The number of the first line in which the two differ."""
    return _alike(one.split("\n"), other.split("\n")) + 1


def _pieces(text: str) -> list[str]:
    """Gap, paragraph, gap, paragraph … gap: joined, they are the text again."""
    words = text.strip(BLANK)
    head = text[: len(text) - len(text.lstrip(BLANK))]
    return [head, *GAP.split(words), text[len(head) + len(words) :]]


def _words(pieces: Sequence[str]) -> list[str]:
    """The paragraphs among pieces that begin with a gap, whatever their line ends."""
    return [paragraph.replace("\r\n", "\n") for paragraph in pieces[1::2]]


def _passages(*texts: Sequence[str]) -> Iterator[tuple[Sequence[str], ...]]:
    """All three, cut before and after each paragraph of the first that both others kept."""
    base, *sides = map(_words, texts)
    kept = [_kept(base, side) for side in sides]
    common = (n for n in range(len(base) + 1) if all(n in places for places in kept))
    numbers = ((n, *(places[n] for places in kept)) for n in common)
    cuts = [[2 * n + end for n in row] for row in numbers for end in (1, 2)]
    for starts, ends in pairwise([[0] * len(texts), *cuts]):
        yield tuple(t[i:j] for t, i, j in zip(texts, starts, ends, strict=True))


def _chosen(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Sequence[str] | None:
    before, ours, others = map(_words, (base, mine, theirs))
    if ours == before:
        return mine if theirs == base else theirs
    if others == before:
        return mine
    return theirs if others == ours else None


def _kept(base: Sequence[str], side: Sequence[str]) -> Mapping[int, int]:
    """Where in `side` each paragraph of `base` stands that is still there, and where both end.

    Paragraphs that occur but once align the texts, the others follow from their neighbours.
    `difflib` would need minutes for a long text in which a line of stars recurs.
    """
    kept: dict[int, int] = {}
    corners = ((-1, -1), *_longest_rise(_once_in_both(base, side)), (len(base), len(side)))
    for (i, j), (m, n) in pairwise(corners):
        head = _alike(base[i + 1 : m], side[j + 1 : n])
        tail = _alike(base[i + 1 + head : m][::-1], side[j + 1 + head : n][::-1])
        kept |= {i + step: j + step for step in range(1, head + 1)}
        kept |= {m - step: n - step for step in range(tail + 1)}
    return kept


def _once_in_both(base: Sequence[str], side: Sequence[str]) -> list[tuple[int, int]]:
    there = _once(side)
    return [(n, there[paragraph]) for paragraph, n in _once(base).items() if paragraph in there]


def _once(paragraphs: Sequence[str]) -> dict[str, int]:
    times = Counter(paragraphs)
    return {paragraph: n for n, paragraph in enumerate(paragraphs) if times[paragraph] == 1}


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of their first elements the two have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of their first numbers, the most whose second ones rise as well."""
    lows: list[int] = []
    lasts: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        length = bisect_left(lows, pair[1])
        before[pair] = lasts[length - 1] if length else None
        lows[length : length + 1] = [pair[1]]
        lasts[length : length + 1] = [pair]
    rise, last = [], lasts[-1] if lasts else None
    while last:
        rise.append(last)
        last = before[last]
    return rise[::-1]
