"""Has any part of the book been written twice? Asked of all its texts at once, in linear time."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l2mac_write.evaluators.copies import is_quotation
from l2mac_write.evaluators.duplicates import elsewhere
from l2mac_write.evaluators.echoes import echoes
from l2mac_write.evaluators.edges import edges
from l2mac_write.evaluators.fingerprints import SHINGLE, shingles
from l2mac_write.evaluators.loops import loops
from l2mac_write.evaluators.passages import (
    SPEECH_MARKS,
    Passage,
    Placed,
    excerpt,
    paragraphs,
    words,
)
from l2mac_write.findings import Evidence, Finding, Severity, Text, Whole, Work
from l2mac_write.text.languages import scaled

WORDS = 12
COSINE = 0.60
"""Of the words of two paragraphs, each weighed by how rare it is in the book."""
SHARED = 0.3
"""Of its rows of words, so many at least stand in the other paragraph too."""
BRIEF = 20
SURE = 0.8
SLOTS = 1 << 22
"""Places in the sieve that lets only rows of words through that may stand twice."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the book; `marks` are its rows of words, `said` how many words it has."""

    text: Text
    passage: Passage
    marks: array[int]
    said: int


def judge(whole: Whole) -> tuple[Finding, ...]:
    copied: dict[str, list[Placed]] = {text.path: [] for text in whole.texts}
    for place, finding in _copies(whole):
        copied[finding.path].append((place, finding))
    copies = (finding for placed in copied.values() for _, finding in placed)
    within = (found for text in whole.texts for found in _stuck(whole, text, copied[text.path]))
    return (*copies, *within, *edges(whole))


def _stuck(whole: Whole, text: Text, copied: Sequence[Placed]) -> Iterator[Finding]:
    """What comes again within one text, outside of its copied paragraphs."""
    work = Work(text.path, text.text, 0, language=whole.language)
    stuck = loops(work)
    yield from (finding for _, finding in stuck)
    yield from (finding for _, finding in elsewhere(echoes(work), (*copied, *stuck)))


def _copies(whole: Whole) -> Iterator[Placed]:
    having: Counter[str] = Counter()
    book = [*_book(whole, having)]
    rarity = Rarity(whole.language, len(book), having)
    for copy, source in _suspects(book, scaled(WORDS, whole.language)):
        alike = rarity.cosine(copy.passage, source.passage)
        if alike >= COSINE:
            yield copy.passage, _finding(copy, source, alike)


def _book(whole: Whole, having: Counter[str]) -> Iterator[Paragraph]:
    """Every paragraph; `having` is told how many of them have each word."""
    size = scaled(SHINGLE, whole.language)
    for text in whole.texts:
        for passage in paragraphs(text.text):
            said = words(passage.text, whole.language)
            having.update(set(said))
            yield Paragraph(text, passage, array("q", shingles(said, size)), len(said))


def _suspects(book: Sequence[Paragraph], least: int) -> Iterator[tuple[Paragraph, Paragraph]]:
    """Each paragraph with the earlier one that has most of its rows of words first."""
    twice, first = _repeated(book), dict[int, int]()
    for number, paragraph in enumerate(book):
        if paragraph.said >= least:
            known = [mark for mark in paragraph.marks if twice[mark % SLOTS] > 1]
            shared = Counter(first[mark] for mark in known if mark in first)
            source, count = max(shared.items(), key=lambda pair: pair[1], default=(0, 0))
            if count >= SHARED * len(paragraph.marks):
                yield paragraph, book[source]
            for mark in known:
                first.setdefault(mark, number)


def _repeated(book: Sequence[Paragraph]) -> bytearray:
    """How often each row of words may stand in the book, up to twice; rows may share a slot."""
    seen = bytearray(SLOTS)
    for paragraph in book:
        for mark in set(paragraph.marks):
            slot = mark % SLOTS
            if seen[slot] < 2:  # noqa: PLR2004 (twice is enough)
                seen[slot] += 1
    return seen


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each word tells of a paragraph: the fewer of `among` have it, the more."""

    language: str
    among: int
    having: Counter[str]

    def cosine(self, one: Passage, other: Passage) -> float:
        left, right = self._weighed(one), self._weighed(other)
        both = sum(weight * right[word] for word, weight in left.items() if word in right)
        size = math.hypot(*left.values()) * math.hypot(*right.values())
        return both / size if size else 0.0

    def _weighed(self, passage: Passage) -> dict[str, float]:
        said = Counter(words(passage.text, self.language))
        return {w: n * math.log(1 + self.among / self.having[w]) for w, n in said.items()}


def _finding(copy: Paragraph, source: Paragraph, alike: float) -> Finding:
    here = copy.text.path == source.text.path
    where = "earlier in this text" if here else f"in `{source.text.path}`"
    same = copy.passage.text == source.passage.text
    return Finding(
        code="NAR-DUP",
        severity=_severity(copy, alike),
        path=copy.text.path,
        message=f"This paragraph stands {'' if same else 'nearly '}word for word {where}.",
        quote=excerpt(copy.passage.text),
        hint="Remove it, or write what is new at this point.",
        conflict=Evidence(source.text.path, excerpt(source.passage.text)),
    )


def _severity(copy: Paragraph, alike: float) -> Severity:
    """Songs, mottoes, letters and testimony come back on purpose; what is told does not."""
    if is_quotation(copy.passage.text) or copy.passage.text[0] in SPEECH_MARKS:
        return Severity.ADVISE
    if copy.said < BRIEF:
        return Severity.ADVISE
    return Severity.BLOCK if alike >= SURE else Severity.REVISE
