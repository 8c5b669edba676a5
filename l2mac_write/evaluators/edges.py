"""Does a text begin, or end, like another one of its folder?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from l2mac_write.evaluators.fingerprints import ENDS, Fingerprint, fingerprint
from l2mac_write.evaluators.passages import (
    QUOTE_LENGTH,
    Passage,
    excerpt,
    paragraphs,
    sentences,
    words,
)
from l2mac_write.findings import Evidence, Finding, Severity, Text, Whole, Work
from l2mac_write.text.languages import is_unspaced, scaled

ALIKE = 5
"""Chapters may not begin, or end, with the same so many words."""
LEAST = 3
"""A first or last sentence this long may not come back."""
TELLING = 6
"""A sentence this long is no formula that comes back by chance."""
SIDES = ("begin", "end")


def edges(whole: Whole) -> Iterator[Finding]:
    """Of all texts at once; the first that begins so is the one that the others are like."""
    count, first = scaled(ALIKE, whole.language), dict[object, tuple[Text, Passage]]()
    for text in whole.texts:
        for side, sentence in zip(SIDES, _edge_sentences(text.text), strict=True):
            said = words(sentence.text, whole.language)
            if len(said) < scaled(LEAST, whole.language):
                continue
            alike = said[:count] if side == "begin" else said[-count:]
            key = (side, str(PurePosixPath(text.path).parent), *alike)
            if key in first:
                yield _alike(text, sentence, side, first[key], whole.language)
            first.setdefault(key, (text, sentence))


def _edge_sentences(text: str) -> tuple[Passage, Passage]:
    prose = [p for p in paragraphs(text) if p.text[-1] in ENDS]
    if not prose:
        return Passage(0, 0, ""), Passage(0, 0, "")
    return next(sentences(prose[0])), list(sentences(prose[-1]))[-1]


def _alike(
    text: Text, sentence: Passage, side: str, before: tuple[Text, Passage], language: str
) -> Finding:
    source, other = before
    said = words(sentence.text, language)
    same = said == words(other.text, language) and len(said) >= scaled(TELLING, language)
    return Finding(
        code="NAR-DUP",
        severity=Severity.REVISE if same else Severity.ADVISE,
        path=text.path,
        message=f"This text {side}s with the same words as `{source.path}`.",
        quote=excerpt(sentence.text),
        hint=f"Let it {side} in a way of its own.",
        conflict=Evidence(source.path, excerpt(other.text)),
    )


def edges_before(work: Work) -> Iterator[Finding]:
    """Of one text, against all that was accepted before it."""
    mine = fingerprint(work.text, work.language)
    others = [
        (other.path, fingerprint(other.text, work.language))
        for other in work.earlier
        if PurePosixPath(other.path).parent == PurePosixPath(work.path).parent
    ]
    count = scaled(ALIKE, work.language)
    for edge, said, start in (("begin", mine.opening, 0), ("end", mine.ending, -count)):
        alike = slice(start, start + count or None)
        paths = [path for path, other in others if _side(other, edge)[alike] == said[alike]]
        if paths and len(said) >= scaled(LEAST, work.language):
            glue = "" if is_unspaced(work.language) else " "
            yield _finding(work, edge, glue.join(said[alike]), paths[0])


def _side(text: Fingerprint, edge: str) -> tuple[str, ...]:
    return text.opening if edge == "begin" else text.ending


def _finding(work: Work, edge: str, said: str, path: str) -> Finding:
    return Finding(
        code="NAR-DUP",
        severity=Severity.REVISE,
        path=work.path,
        message=f"This text {edge}s with the same words as `{path}`: “{said}”.",
        quote=_edge_quote(work.text, edge),
        hint=f"Let it {edge} in a way of its own.",
    )


def _edge_quote(text: str, edge: str) -> str:
    text = text.strip()
    return excerpt(text if edge == "begin" else text[-QUOTE_LENGTH:].split(maxsplit=1)[-1])
