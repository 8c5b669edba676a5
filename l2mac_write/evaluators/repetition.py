"""What a whole book says too often: in a stretch of it, and from chapter to chapter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from l2mac_write.evaluators.passages import excerpt
from l2mac_write.findings import Evidence, Finding, Severity, Text, Whole
from l2mac_write.text.habits import habits, repeated, spoken
from l2mac_write.text.languages import is_unspaced
from l2mac_write.text.overdone import Kind, Least, Overdone, overdone

STRETCH, SHORTEST = 8_000, 4_000
"""Words over which repetition is measured: the share grows with the length of what is measured."""
ADVISED, REVISED = 0.03, 0.06
"""Shares of sequences of four words that come more than once: people stay below the first in 95
of 100 such stretches; the second is twice that."""
WORN_OUT = 1.5
"""Worn phrases in 1,000 words; people hardly use one."""
MOST = 12
LEAST: Mapping[Kind, Least] = {
    Kind.WORN: Least(4, 20_000, 3),
    Kind.PHRASE: Least(6, 8_000, 4),
    Kind.SIMILE: Least(3, 20_000, 3),
    Kind.PARAGRAPHS: Least(8, 2_000, 3),
    Kind.OPENING: Least(3, 1_000_000, 3),
    Kind.ENDING: Least(3, 1_000_000, 3),
    Kind.TIC: Least(20, 6, 3),
}
SAYS: Mapping[Kind, str] = {
    Kind.WORN: "The worn phrase “{said}” is there {times} times in {chapters} texts.",
    Kind.PHRASE: "“{said}” is there {times} times in {chapters} texts.",
    Kind.SIMILE: "Something is “{said}” {times} times in {chapters} texts.",
    Kind.TIC: "“{said}” is there {times} times; {usual:.0f} would be usual.",
    Kind.PARAGRAPHS: "{times} paragraphs in {chapters} texts begin with “{said}”.",
    Kind.OPENING: "{times} texts begin with “{said}”.",
    Kind.ENDING: "{times} texts end with “{said}”.",
}
HINT = "Keep it where it does the most, and say it otherwise elsewhere."


def judge(whole: Whole) -> tuple[Finding, ...]:
    return (*_stretches(whole), *_overdone(whole))


def _overdone(whole: Whole) -> Iterator[Finding]:
    counted = habits((text.text for text in whole.texts), whole.language)
    worn = sum(often.times for often in counted.worn.values())
    is_worn_out = worn * 1000 > WORN_OUT * counted.words
    found = overdone(counted, whole.language, LEAST, (*whole.cast, *whole.known))
    for one in islice(found, MOST):
        severe = one.kind is Kind.WORN and is_worn_out
        yield from _found(whole, one, Severity.REVISE if severe else Severity.ADVISE)


def _stretches(whole: Whole) -> Iterator[Finding]:
    """Each so many words in a row, from the beginning; languages counted in characters have no norm."""
    if is_unspaced(whole.language):
        return
    start, words = None, list[str]()
    for text in whole.texts:
        start = start or text
        words += spoken(text.text, whole.language)
        while len(words) >= STRETCH:
            yield from _stretch(start, words[:STRETCH])
            start, words = text, words[STRETCH:]
    if start and len(words) >= SHORTEST:
        yield from _stretch(start, words)


def _stretch(start: Text, words: Sequence[str]) -> Iterator[Finding]:
    if (share := repeated(words)) > ADVISED:
        grams = Counter(zip(*(words[n:] for n in range(4)), strict=False))
        worst = ", ".join(f"“{' '.join(gram)}” ({times})" for gram, times in grams.most_common(4))
        yield Finding(
            code="NAR-STYLE",
            severity=Severity.REVISE if share > REVISED else Severity.ADVISE,
            path=start.path,
            message=f"In the {len(words):,} words that begin in this text, {share:.0%} of all"
            f" sequences of four words come more than once; with people it is 1 to 3 %: {worst}.",
            hint="Say anew what is said in the same words again and again.",
        )


def _found(whole: Whole, one: Overdone, severity: Severity) -> Iterator[Finding]:
    """In each case at the second place where it stands, against the first."""
    said = {"said": one.said, "times": one.often.times, "chapters": one.often.chapters}
    for first, second in pairwise(islice(_places(whole, one.said), 2)):
        yield Finding(
            code="NAR-DUP" if one.kind in {Kind.OPENING, Kind.ENDING} else "NAR-STYLE",
            severity=severity,
            path=second.path,
            message=SAYS[one.kind].format(**said, usual=max(1, one.usual)),
            quote=second.quote,
            hint=HINT,
            conflict=first,
        )


def _places(whole: Whole, said: str) -> Iterator[Evidence]:
    """The first in each text."""
    pattern = _pattern(said, whole.language)
    for text in whole.texts:
        if found := pattern.search(text.text):
            yield Evidence(text.path, excerpt(found.group()))


def _pattern(said: str, language: str) -> re.Pattern[str]:
    if is_unspaced(language):
        return re.compile(re.escape(said))
    words = r"\W{1,4}".join(map(re.escape, said.split())).replace("'", "['’]")
    return re.compile(rf"\b{words}\b", re.IGNORECASE)
