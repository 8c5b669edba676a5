"""Finds a quote in the text it is said to come from, however lightly it was changed on the way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from l2mac_write.text.counting import HAN_AND_KANA, UNSPACED

WORD = re.compile(
    rf"[^\W_{HAN_AND_KANA}{UNSPACED}]+(?:['’ʼ][^\W_{HAN_AND_KANA}{UNSPACED}]+)*"
    rf"|[{HAN_AND_KANA}{UNSPACED}]"
)
APOSTROPHES = str.maketrans("", "", "'’ʼ")
CUT = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?")
"""Where a quote leaves something out."""
TITLE = re.compile(r"\A(?:# [^\n]*)?\s*")
BREAK = re.compile(r"\n\s*\n")
LEAST_WORDS = 3
LEAST_ALIKE = 5
"""Words; a quote shorter than that is there word for word or not at all."""
ALIKE = 90
GAP_WORDS = 60
"""At most so many are left out where a quote is cut."""
CANDIDATES, SLACK = 3, (0, 1, -1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands, as offsets into the text; paragraphs count from 1."""

    start: int
    end: int
    paragraph: int
    quote: str
    """The text's own words."""


class Anchors:
    """A text in which many quotes are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> Sequence[tuple[int, int]]:
        return [(word.start(), word.end()) for word in WORD.finditer(self._text)]

    @cached_property
    def _words(self) -> Sequence[str]:
        return [_plain(self._text[start:end]) for start, end in self._spans]

    @cached_property
    def _line(self) -> str:
        return f" {' '.join(self._words)} "

    def find(self, quote: str) -> Anchor | None:
        """Case, punctuation and kinds of quotes and dashes do not matter, nor what `…` leaves out.

        Of one word dropped or changed a longer quote is still known; of more, hardly ever.
        """
        if verbatim := self._verbatim(quote.strip()):
            return verbatim
        pieces = [words for piece in CUT.split(quote) if (words := _words(piece))]
        if sum(map(len, pieces)) < LEAST_WORDS:
            return None
        span = self._exactly(pieces)
        if not span and len(pieces) == 1 and len(pieces[0]) >= LEAST_ALIKE:
            span = self._nearly(pieces[0])
        if not span:
            return None
        return self._anchor(self._spans[span[0]][0], self._spans[span[1]][1])

    def _verbatim(self, quote: str) -> Anchor | None:
        """Most quotes are true to the letter, and found without a look at the words."""
        start = self._text.find(quote)
        end = start + len(quote)
        if start < 0 or len(_words(quote)) < LEAST_WORDS:
            return None
        is_whole = not any(self._text[at - 1 : at + 1].isalnum() for at in (start, end) if at)
        return self._anchor(start, end) if is_whole else None

    def _exactly(self, pieces: Sequence[Sequence[str]]) -> tuple[int, int] | None:
        """The first and the last word of the first place where all pieces follow each other."""
        first, at = " ".join(pieces[0]), -1
        while (at := self._line.find(f" {first} ", at + 1)) >= 0:
            start = self._number(at + 1)
            if end := self._followed(pieces[1:], start + len(pieces[0])):
                return start, end - 1
        return None

    def _followed(self, pieces: Sequence[Sequence[str]], end: int) -> int:
        """The word after the last of the pieces, 0 where one does not come soon after the other."""
        for piece in pieces:
            soon = " ".join(["", *self._words[end : end + GAP_WORDS + len(piece)], ""])
            before = soon.find(f" {' '.join(piece)} ")
            if before < 0:
                return 0
            end += soon.count(" ", 0, before + 1) - 1 + len(piece)
        return end

    def _nearly(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The likeliest place by runs of words that are the same, if it is alike enough."""
        from rapidfuzz import fuzz  # noqa: PLC0415 (loads too slowly for those who need it not)

        wanted, best, found = " ".join(words), float(ALIKE), None
        for first, after in self._candidates(words):
            score = fuzz.ratio(wanted, " ".join(self._words[first:after]), score_cutoff=best)
            if score and (found is None or score > best):
                best, found = score, (first, after - 1)
        return found

    def _candidates(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Numbers of words between which it may stand: one more or less, after the likeliest."""
        votes: Counter[int] = Counter()
        for number, run in enumerate(_runs(words)):
            votes.update(at - number for at in self._places.get(run, ()))
        likeliest = sorted(votes, key=lambda at: (-votes[at], at))[:CANDIDATES]
        for at, more, shift in product(likeliest, SLACK, SLACK):
            first = max(0, at + shift)
            yield first, min(len(self._words), first + len(words) + more)

    @cached_property
    def _places(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, run in enumerate(_runs(self._words)):
            places[run].append(at)
        return places

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word begins in the line of all words."""
        starts, at = [], 1
        for word in self._words:
            starts.append(at)
            at += len(word) + 1
        return starts

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _anchor(self, start: int, end: int) -> Anchor:
        return Anchor(start, end, paragraph(self._text, start), self._text[start:end])


def paragraph(text: str, at: int) -> int:
    """The number of the paragraph that a place is in, from 1; the title line is none."""
    body = len(text) - len(TITLE.sub("", text, count=1))
    return 1 + len(BREAK.findall(text, body, at))


def _words(text: str) -> list[str]:
    return [_plain(word) for word in WORD.findall(text)]


def _plain(word: str) -> str:
    return word.translate(APOSTROPHES).casefold()


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)
