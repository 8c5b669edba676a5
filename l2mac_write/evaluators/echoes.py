"""Finds sentences that have been written before, word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.evaluators.fingerprints import SENTENCE, fingerprint
from l2mac_write.evaluators.passages import (
    SPEECH_MARKS,
    Passage,
    Placed,
    cut,
    excerpt,
    paragraphs,
    sentences,
    words,
)
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.languages import scaled

PAIRS = (("「", "」"), ("『", "』"))
IN_A_TEXT = 2
IN_A_BOOK = 3
REFRAIN = 12
"""A sentence this short in a paragraph of its own may come back on purpose."""


@dataclass(frozen=True, slots=True)
class Sentence:
    passage: Passage
    said: tuple[str, ...]
    spoken: bool
    alone: bool


def echoes(work: Work) -> Iterator[Placed]:
    said = [s for s in _sentences(work) if len(s.said) >= scaled(SENTENCE, work.language)]
    before = _counted_before(work, {hash(s.said) for s in said})
    here: Counter[tuple[str, ...]] = Counter()
    for sentence in said:
        here[sentence.said] += 1
        times, in_all = here[sentence.said], here[sentence.said] + before[hash(sentence.said)]
        if (times >= IN_A_TEXT or in_all >= IN_A_BOOK) and not _is_refrain(sentence, times):
            yield sentence.passage, _finding(work, sentence, times)


def _sentences(work: Work) -> Iterator[Sentence]:
    for paragraph in paragraphs(work.text):
        spoken = False
        for passage in sentences(paragraph):
            said = tuple(words(passage.text, work.language))
            starts = passage.text[:1] in SPEECH_MARKS
            alone = passage.text == paragraph.text
            yield Sentence(passage, said, spoken or starts, alone)
            spoken = _is_open(passage.text, spoken=spoken)


def _counted_before(work: Work, marks: set[int]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for source in work.earlier:
        prints = fingerprint(source.text, work.language).sentences
        for mark in marks.intersection(prints):
            counts[mark] += prints.count(mark)
    return counts


def _is_open(text: str, *, spoken: bool) -> bool:
    """Does speech go on after this sentence?"""
    if text.count('"') % 2:
        return not spoken
    turn = _turn(text)
    return turn > 0 or (spoken and turn == 0)


def _is_refrain(sentence: Sentence, times: int) -> bool:
    return sentence.alone and len(sentence.said) <= REFRAIN and times <= IN_A_BOOK


def _finding(work: Work, sentence: Sentence, times: int) -> Finding:
    passage = sentence.passage
    on_purpose = sentence.spoken and times < IN_A_BOOK
    removable = not on_purpose and _is_balanced(passage.text)
    where = "earlier in this text" if times >= IN_A_TEXT else "at least twice in earlier files"
    return Finding(
        code="NAR-DUP",
        severity=Severity.ADVISE if on_purpose else Severity.BLOCK,
        path=work.path,
        message=f"This sentence stands word for word {where}.",
        quote=excerpt(passage.text),
        hint="Remove it, or say something new in its place.",
        mend=cut(work.text, passage.start, passage.end) if removable else None,
    )


def _is_balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and _turn(text) == 0


def _turn(text: str) -> int:
    """How many speeches more are opened than closed; German closes with what English opens with."""
    marks = ("„", "“") if "„" in text else ("“", "”")
    return sum(text.count(opening) - text.count(closing) for opening, closing in (marks, *PAIRS))
