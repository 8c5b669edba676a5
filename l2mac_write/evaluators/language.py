"""Is the text in the language of the book?

It is judged as a whole by its commonest words, then paragraph by paragraph, so that a word of
another language is no fault.
A language whose words we do not know is not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from l2mac_write.evaluators.passages import SPEECH_MARKS, Passage, excerpt, paragraphs, pieces
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.common_words import table
from l2mac_write.text.languages import is_unspaced, language, primary

COMMENT = re.compile(r"(?m)^#.*$")
ENOUGH = 40
"""Words; a shorter text may be all names."""
SHARE = 0.12
"""Of a text, the words that only its language has are at least so much."""
TIMES = 3
"""So many times as often as those that only the book's language has."""
DIFFERENT = 8
"""So many of them at least, for the words of a table or a drawing are always the same."""

MANY = 100
QUOTED = SPEECH_MARKS | set("*_>|#")
BRIEF = 12
"""Words, or letters of another script; a shorter paragraph may be a motto or a name."""
OURS, THEIRS = 0.1, 0.2
"""A paragraph has less of the book's commonest words, and more of another language's."""
FEW = 4
FOREIGN = re.compile(r"[\u0370-\u1dff\u2c00-\ua6ff\ua800-\ud7ff\uf900-\ufaff]")
"""Letters that are not Latin."""


def judge(work: Work) -> Sequence[Finding]:
    own = primary(work.language)
    if own not in table():
        return ()
    text = _said(work)
    if other := next(_likelier(text, own), ""):
        return (_finding(work, own, other),)
    return tuple(islice(_switched(work, text, own), MANY))


def likeliest(text: str) -> str:
    """The language that most of its words speak for; English where none do."""
    said = Counter(pieces(text))
    shares = {tag: _share(said, {*words}) for tag, words in table().items()}
    best = max(shares, key=lambda tag: shares[tag])
    return best if shares[best] else "en"


def _said(work: Work) -> str:
    """The text without the comments of a plan, which are ours."""
    return COMMENT.sub("", work.text) if work.path.endswith(".toml") else work.text


def _likelier(text: str, own: str) -> Iterator[str]:
    """The languages that the text is in much rather than in the book's own, the surest first."""
    said = Counter(pieces(text))
    ours = set(table()[own])
    found = {tag: _share(said, {*words} - ours) for tag, words in table().items() if tag != own}
    for tag in sorted(found, key=lambda tag: -found[tag]):
        if found[tag] >= max(SHARE, TIMES * _share(said, ours - {*table()[tag]})):
            yield tag


def _switched(work: Work, text: str, own: str) -> Iterator[Finding]:
    """Paragraphs that are in another language, or in letters that the language does not use."""
    ours = set(table()[own])
    for block in paragraphs(text):
        said = Counter(pieces(block.text))
        if block.text[0] not in QUOTED and not _has(said, ours):
            other = _other_script(block.text, own) or _other_words(said, own)
            if other:
                yield _paragraph(work, block, other, own)


def _has(said: Counter[str], ours: AbstractSet[str]) -> bool:
    """Does the paragraph speak the book's own language, or too little to tell?"""
    count = said.total()
    return count < BRIEF or sum(said[word] for word in said.keys() & ours) >= OURS * count


def _other_script(text: str, own: str) -> str:
    if is_unspaced(own) or not _is_latin("".join(table()[own])):
        return ""
    return "" if _is_latin(text) else "another script"


def _is_latin(text: str) -> bool:
    foreign = len(FOREIGN.findall(text))
    return foreign < BRIEF or foreign * 2 < sum(map(str.isalpha, text))


def _other_words(said: Counter[str], own: str) -> str:
    ours, count = set(table()[own]), said.total()
    shares = {
        tag: sum(said[word] for word in said.keys() & ({*words} - ours)) / count
        for tag, words in table().items()
        if tag != own and len(said.keys() & {*words}) >= FEW
    }
    best = max(shares, key=shares.__getitem__, default="")
    return language(best).name if best and shares[best] >= THEIRS else ""


def _paragraph(work: Work, block: Passage, other: str, own: str) -> Finding:
    return Finding(
        code="DOC-LANG",
        severity=Severity.REVISE,
        path=work.path,
        message=f"This paragraph is in {other}; the book's language is {language(own).name}.",
        quote=excerpt(work.text[work.text.find(block.text) :]),
        hint="Write it in the language of the book.",
    )


def _share(said: Counter[str], words: AbstractSet[str]) -> float:
    """How much of the text these words are; nothing of a short one, or where they are few."""
    known = said.keys() & words
    if said.total() < ENOUGH or len(known) < DIFFERENT:
        return 0.0
    return sum(said[word] for word in known) / said.total()


def _finding(work: Work, own: str, other: str) -> Finding:
    wanted = language(own).name
    return Finding(
        code="DOC-LANG",
        severity=Severity.BLOCK,
        path=work.path,
        message=f"The text is in {language(other).name}; the book's language is {wanted}.",
        quote=excerpt(work.text),
        hint=f"Write the whole text anew in {wanted}.",
    )
