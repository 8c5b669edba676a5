"""Finds where a text says the same few words over and over."""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.evaluators.fingerprints import shingles
from l2mac_write.evaluators.passages import Passage, Placed, excerpt, word_spans, words
from l2mac_write.findings import Edit, Finding, Severity, Work
from l2mac_write.text.languages import scaled

TIMES = 4
WORDS = 24
SHINGLE = 3
"""A parrot may cry `pieces of eight` five times; that is 15 words."""


def loops(work: Work) -> list[Placed]:
    said = words(work.text, work.language)
    found = [
        run
        for run in _runs(shingles(said, SHINGLE))
        if _is_loop(*run, scaled(WORDS, work.language))
    ]
    spans = word_spans(work.text, work.language) if found else []
    return [
        _finding(work, spans[first][0], spans[first + period - 1][1], spans[last][1])
        for first, last, period in found
    ]


def _runs(marks: list[int]) -> Iterator[tuple[int, int, int]]:
    """First word, last word and period of every stretch that repeats itself."""
    seen: dict[int, int] = {}
    period, start = 0, 0
    for place, mark in enumerate([*marks, -1]):
        goes_on = period and place < len(marks) and marks[place - period] == mark
        distance = period if goes_on else place - seen.get(mark, place)
        if distance != period:
            if period:
                yield start - period, place + 1, period
            period, start = distance, place
        seen[mark] = place


def _is_loop(first: int, last: int, period: int, least: int) -> bool:
    length = last - first + 1
    return length >= least and length >= TIMES * period


def _finding(work: Work, start: int, once: int, end: int) -> Placed:
    passage = Passage(start, end, work.text[start:end])
    finding = Finding(
        code="NAR-DUP",
        severity=Severity.BLOCK,
        path=work.path,
        message="The text says the same words over and over, as if it were stuck.",
        quote=excerpt(work.text[start:once]),
        hint="Say it once and go on with what happens next.",
        mend=Edit(once, end),
    )
    return passage, finding
