"""Does each chapter keep to the manner of its book: who tells it, in which tense, how it is spelt?

It only advises: letters, diaries and a second narrator are told in their own way on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from l2mac_write.evaluators.leaks import SPEECH
from l2mac_write.evaluators.passages import blanked, without_code
from l2mac_write.findings import Finding, Severity, Text, Whole
from l2mac_write.text.languages import primary
from l2mac_write.text.word_lists import word_list

WORD = re.compile(r"[a-z]+")
FEWEST, SHORTEST = 5, 300
"""Chapters, and words of one, from which on a book has a manner."""
TELLS, TOLD_OF = 0.025, 0.004
"""Of a narrator's words so many are `I` and `my`; of a story that nobody tells, at most so many."""
PAST, PRESENT = 0.75, 0.3
"""Shares of the past among the verbs that show a tense."""
SURE = 4
"""Words of one spelling, or marks of one kind, that show what a chapter is written in."""
MOSTLY = 0.9
SPELT = {True: "British", False: "American"}
MARKED = {True: "curly", False: "straight"}


@dataclass(frozen=True, slots=True)
class Manner:
    """Of a chapter's narration; None where it shows nothing. `british` and `curly` are shares."""

    text: Text
    first: float
    past: float | None
    british: float | None
    curly: float | None


def judge(whole: Whole) -> tuple[Finding, ...]:
    if primary(whole.language) != "en":
        return ()
    found = manners(whole.texts)
    if len(found) < FEWEST:
        return ()
    return (
        *_teller(found),
        *_tense(found),
        *_mixed(found, "in {} spelling", SPELT, lambda manner: manner.british),
        *_mixed(found, "with {} quotation marks", MARKED, lambda manner: manner.curly),
    )


def manners(texts: Iterable[Text]) -> tuple[Manner, ...]:
    """Of those that are long enough to have one; they are in English."""
    return tuple(filter(None, map(_manner, texts)))


def _manner(text: Text) -> Manner | None:
    plain = without_code(text.text)
    narration = blanked(plain, SPEECH).lower()
    said = Counter(WORD.findall(narration))
    count = said.total()
    if count < SHORTEST:
        return None
    kinds = {kind: sum(said[word] for word in words) for kind, words in _words().items()}
    return Manner(
        text,
        kinds["first"] / count,
        _share(kinds["past"], kinds["present"]),
        _share(kinds["british"], kinds["american"]),
        _share(plain.count("“"), plain.count('"') // 2),
    )


def _share(some: int, others: int) -> float | None:
    return some / (some + others) if some + others >= SURE else None


def _teller(manners: Sequence[Manner]) -> Iterator[Finding]:
    usual = median(manner.first for manner in manners)
    for manner in manners:
        if usual < TOLD_OF and manner.first > TELLS:
            yield _finding(manner, "NAR-POV", "somebody tells as `I`; the book is not told so")
        elif usual > TELLS and manner.first < TOLD_OF:
            yield _finding(manner, "NAR-POV", "nobody says `I`; the book is told by somebody")


def _tense(manners: Sequence[Manner]) -> Iterator[Finding]:
    known = [(manner, manner.past) for manner in manners if manner.past is not None]
    usual = median([past for _, past in known] or [0.5])
    for manner, past in known:
        if usual > PAST and past < PRESENT:
            yield _finding(
                manner, "NAR-TENSE", "the present tense is used; the book is in the past"
            )
        elif usual < PRESENT and past > PAST:
            yield _finding(
                manner, "NAR-TENSE", "the past tense is used; the book is in the present"
            )


def _mixed(
    manners: Sequence[Manner],
    what: str,
    names: Mapping[bool, str],
    share: Callable[[Manner], float | None],
) -> Iterator[Finding]:
    """Chapters that are all of one way, in a book that is nearly all of the other."""
    known = [(manner, part) for manner in manners if (part := share(manner)) is not None]
    usual = median([part for _, part in known] or [0.5])
    for manner, part in known:
        if max(usual, 1 - usual) >= MOSTLY and abs(part - usual) >= MOSTLY:
            ours, theirs = names[part > usual], names[usual > part]
            said = f"the text is {what.format(ours)}; the book is {what.format(theirs)}"
            yield _finding(manner, "NAR-STYLE", said)


def _finding(manner: Manner, code: str, what: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ADVISE,
        path=manner.text.path,
        message=f"In this chapter {what}.",
        hint="Tell it as the rest of the book is told, unless it is meant to stand apart.",
    )


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    rows: Mapping[str, str] = word_list(__file__, "manner.toml")
    return {kind: tuple(words.split()) for kind, words in rows.items()}
