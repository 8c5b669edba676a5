"""Does the text go round in circles, as small models do?

Not for human prose, where anaphora is an art, and only for English, which small models write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from l2mac_write.evaluators.passages import Passage, cut, excerpt, paragraphs, sentences, words
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.languages import primary

ENOUGH = 2
"""Sentences in a row that may begin alike; later ones are taken out."""
TOO_MANY = 4
ITSELF = re.compile(
    r"\b([A-Z]\w+)(?: and \1\b| (?:said to|told|asked|gave|looked at|smiled at|turned to|saw) \1\b)"
)
ECHO = 0.8
"""Share of a sentence's words that the one before has, at which it says nothing new."""


def judge(work: Work) -> Sequence[Finding]:
    if primary(work.language) != "en":
        return ()
    said = [s for paragraph in paragraphs(work.text) for s in sentences(paragraph)]
    return tuple(_finding(work, sentence) for sentence in _idle(said, work.language))


def _idle(said: list[Passage], language: str) -> Iterator[Passage]:
    """The sentences that could go and nobody would miss them."""
    for _, run in groupby(said, key=lambda sentence: _opening(sentence, language)):
        row = [*run]
        if len(row) >= TOO_MANY:
            yield from row[ENOUGH:]
        else:
            yield from (s for s in row if ITSELF.search(s.text) or _echoes(s, language))


def _opening(sentence: Passage, language: str) -> tuple[str, ...]:
    """Who does it: the first word, or the first two where the first says nothing."""
    first = words(sentence.text, language)[:2]
    return tuple(first[:1] if first and first[0] in {"he", "she", "they", "it"} else first)


def _echoes(sentence: Passage, language: str) -> bool:
    """Whether one half of the sentence repeats the other."""
    said = words(sentence.text, language)
    half = len(said) // 2
    first, second = set(said[:half]), set(said[half:])
    return half >= TOO_MANY and len(first & second) >= ECHO * min(len(first), len(second))


def _finding(work: Work, sentence: Passage) -> Finding:
    return Finding(
        code="NAR-STYLE",
        severity=Severity.REVISE,
        path=work.path,
        message="The text goes round in circles.",
        quote=excerpt(sentence.text),
        hint="Leave the sentence out.",
        mend=cut(work.text, sentence.start, sentence.end),
    )
