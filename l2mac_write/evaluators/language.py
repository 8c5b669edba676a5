"""Is the text in the language of the book?

It is judged as a whole, by its commonest words, so that speech in another language is no fault.
A language whose words we do not know is not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from l2mac_write.common_words import table
from l2mac_write.evaluators.passages import excerpt, pieces
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.languages import language, primary

COMMENT = re.compile(r"(?m)^#.*$")
ENOUGH = 40
"""Words; a shorter text may be all names."""
SHARE = 0.12
"""Of a text, the words that only its language has are at least so much."""
TIMES = 3
"""So many times as often as those that only the book's language has."""
DIFFERENT = 8
"""So many of them at least, for the words of a table or a drawing are always the same."""


def judge(work: Work) -> Sequence[Finding]:
    own = primary(work.language)
    if own not in table():
        return ()
    return tuple(_finding(work, own, other) for other in _likelier(_said(work), own))[:1]


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
