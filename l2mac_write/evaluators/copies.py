"""Finds paragraphs that have been written before, word for word or nearly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.evaluators.fingerprints import SHINGLE, fingerprint, shingles
from l2mac_write.evaluators.passages import (
    SPEECH_MARKS,
    Passage,
    Placed,
    cut,
    excerpt,
    paragraphs,
    words,
)
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.languages import scaled

WORDS = 12
SHARE_OF_SHINGLES = 0.3
SHARE_OF_WORDS = 0.65
SAME = 0.8
"""From this share of equal words on, nothing is lost when code removes the copy."""
NEARLY = 0.99
QUOTATION = 30
BRIEF = 20


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph under judgement.

    `place` is the number of its first word in the text; `marks` says where in the paragraph
    each shingle stands.
    """

    passage: Passage
    place: int
    said: tuple[str, ...]
    marks: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph, the file it repeats, and the share of its words that are found there."""

    paragraph: Paragraph
    source: str
    same: float


def copies(work: Work) -> list[Placed]:
    text, least = list(_paragraphs(work)), scaled(WORDS, work.language)
    candidates = [p for p in text if len(p.said) >= least]
    found = {copy.paragraph.place: copy for copy in _of_earlier(work, candidates)}
    found |= {copy.paragraph.place: copy for copy in _of_itself(work, candidates)}
    borrowed = sum(len(c.paragraph.said) for c in found.values() if c.source != work.path)
    is_borrowed = borrowed * 2 > sum(len(p.said) for p in text)
    return [
        (copy.paragraph.passage, _finding(work, copy, is_borrowed=is_borrowed))
        for _, copy in sorted(found.items())
    ]


def _paragraphs(work: Work) -> Iterator[Paragraph]:
    place, size = 0, scaled(SHINGLE, work.language)
    for passage in paragraphs(work.text):
        said = tuple(words(passage.text, work.language))
        marks = {mark: index for index, mark in enumerate(shingles(said, size))}
        yield Paragraph(passage, place, said, marks)
        place += len(said)


def _of_earlier(work: Work, candidates: Sequence[Paragraph]) -> Iterator[Copy]:
    marks = frozenset[int]().union(*(p.marks for p in candidates))
    waiting = {paragraph.place: paragraph for paragraph in candidates}
    for source in work.earlier:
        known = fingerprint(source.text, work.language).shingles
        common = marks.intersection(known)
        suspects = [p for p in waiting.values() if _shares(p, len(p.marks.keys() & common))]
        if suspects:
            seen = {mark: place for place, mark in enumerate(known) if mark in common}
            said = words(source.text, work.language)
            for copy in _confirmed(
                Copy(p, source.path, _sameness(p, seen, said)) for p in suspects
            ):
                del waiting[copy.paragraph.place]
                yield copy


def _of_itself(work: Work, candidates: Sequence[Paragraph]) -> Iterator[Copy]:
    said = words(work.text, work.language)
    marks = shingles(said, scaled(SHINGLE, work.language))
    seen: dict[int, int] = {}
    read = 0
    for paragraph in candidates:
        seen |= {mark: place for place, mark in enumerate(marks[read : paragraph.place], read)}
        read = paragraph.place
        yield from _confirmed([Copy(paragraph, work.path, _sameness(paragraph, seen, said))])


def _confirmed(copies: Iterable[Copy]) -> Iterator[Copy]:
    return (copy for copy in copies if copy.same >= SHARE_OF_WORDS)


def _shares(paragraph: Paragraph, shared: int) -> bool:
    return shared >= SHARE_OF_SHINGLES * len(paragraph.marks)


def _sameness(paragraph: Paragraph, seen: Mapping[int, int], said: Sequence[str]) -> float:
    """The share of its words in the stretch that most of its shingles agree on, or 0.

    `seen` says where in the words `said` each shingle stands.
    """
    size = len(paragraph.said)
    starts = (seen[mark] - index for mark, index in paragraph.marks.items() if mark in seen)
    start, shared = _agreed(starts, size // 4)
    if not _shares(paragraph, shared):
        return 0.0
    if tuple(said[max(0, start) : start + size]) == paragraph.said:
        return 1.0
    around = Counter(said[max(0, start - size // 4) : start + size + size // 4])
    return min((Counter(paragraph.said) & around).total() / size, NEARLY)


def _agreed(starts: Iterable[int], apart: int) -> tuple[int, int]:
    """Where the largest group of starts that lie no further apart is, and its size."""
    ordered = sorted(starts)
    first, best = 0, (0, 0)
    for last, start in enumerate(ordered):
        while start - ordered[first] > apart:
            first += 1
        if last - first + 1 > best[1]:
            best = (ordered[(first + last) // 2], last - first + 1)
    return best


def _finding(work: Work, copy: Copy, *, is_borrowed: bool) -> Finding:
    passage = copy.paragraph.passage
    where = "earlier in this text" if copy.source == work.path else f"in `{copy.source}`"
    nearly = "" if copy.same == 1 else "nearly "
    severity = _severity(copy, work.language)
    removable = severity is Severity.BLOCK and copy.same >= SAME
    if copy.source != work.path and is_borrowed:
        removable = False  # the whole text is a copy; emptied, it would teach the writer nothing
    return Finding(
        code="NAR-DUP",
        severity=severity,
        path=work.path,
        message=f"This paragraph stands {nearly}word for word {where}.",
        quote=excerpt(passage.text),
        hint="Remove it, or write what is new at this point.",
        mend=cut(work.text, passage.start, passage.end) if removable else None,
    )


def _severity(copy: Copy, language: str) -> Severity:
    """Songs, mottoes and quoted letters come back on purpose; whole paragraphs do not."""
    size = len(copy.paragraph.said)
    if is_quotation(copy.paragraph.passage.text) and size < scaled(QUOTATION, language):
        return Severity.REVISE if copy.same == 1 else Severity.ADVISE
    return Severity.ADVISE if size < scaled(BRIEF, language) and copy.same < 1 else Severity.BLOCK


def is_quotation(text: str) -> bool:
    """Is every word of it quoted, set as verse, or emphasised?"""
    return text[0] in SPEECH_MARKS | set("*_>") and not any(mark in text[1:-1] for mark in '”"»」')
