"""Is the same thing counted twice, with two numbers, or a sum that does not add up?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from l2mac_write.common_words import common_words
from l2mac_write.evaluators.figures import CARDINAL, ONES, TENS, number
from l2mac_write.evaluators.passages import excerpt
from l2mac_write.findings import Evidence, Finding, Severity, Text, Whole, Work
from l2mac_write.languages import primary

NOUN = r"[a-z]{3,20}"
OWNER = r"(?:the|this|that|his|her|their|our|my|its|[A-Z]\w+['’]s)"
AFTER = rf"(?:of|in|on|at|aboard|from|behind|under|near|above|below|beside|belonging to) (?P<owner>{OWNER}(?: [\w’'-]+){{1,4}})"
ALL = r"(?:[Tt]he|[Aa]ll(?: the| of the)?|[Oo]f the|[Tt]hese|[Tt]hose|[Bb]oth)"
HAS = (
    r"(?:had|has|numbered|counted|contained|contains|comprised|consisted of|carried|held|boasted"
    r"|kept|owned|employed|was made up of)"
)
STAND = r"(?:stood|hung|lay|were|sat|lived|served|worked|slept|grew)"
OF_IT = r"(?P<owner>(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) [\w-]+(?: [\w-]+)?(?: of the [\w-]+)?)"
FEW = r"(?:only |just |but )?"
PATTERNS = tuple(
    re.compile(rf"\b{pattern}")
    for pattern in (
        rf"{ALL} (?P<n>{CARDINAL}) (?P<noun>(?:[a-z]+ )?{NOUN}) {AFTER}",
        rf"{ALL} (?P<n>{CARDINAL}) (?P<owner>[A-Z][a-z]+) (?P<noun>{NOUN})\b",
        rf"(?:[Tt]here (?:were|are)|(?:[Tt]hey|[Hh]e|[Ss]he|[Ww]e|I) {HAS}) {FEW}(?P<n>{CARDINAL}) (?P<noun>(?:[a-z]+ )?{NOUN}) {AFTER}",
        rf"{OF_IT} {HAS} {FEW}(?P<n>{CARDINAL}) (?P<noun>{NOUN})\b",
        rf"(?P<owner>[A-Z]\w+(?: [A-Z][\w-]+)?) {HAS} {FEW}(?P<n>{CARDINAL}) (?P<noun>{NOUN})\b",
        rf"[Aa]n? (?P<owner>[a-z]+) of (?P<n>{CARDINAL}) (?P<noun>{NOUN})\b",
        rf"(?P<n>(?i:{CARDINAL})) (?P<noun>{NOUN}) {STAND} {AFTER}",
        rf"(?P<owner>[Tt]he [\w-]+),? with (?:all )?(?:its|his|her|their) (?P<n>{CARDINAL}) (?P<noun>{NOUN})\b",
        rf"(?P<owner>(?:the [\w-]+|[A-Z]\w+)['’]s) (?P<n>{CARDINAL}) (?P<noun>{NOUN})\b",
    )
)
LEAST = 2
WORD = re.compile(r"[^\W\d_]+")
POSSESSIVE = re.compile(r"['’]s\b")
JOINTS = frozenset({"of", "the"})
MOST_WORDS = 2
"""Words of an owner; what follows them may be a verb."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many of a thing that somebody or something has; all of them, as the text says."""

    number: int
    thing: str
    owner: tuple[str, ...]
    path: str
    start: int
    said: str


def judge(work: Work) -> tuple[Finding, ...]:
    return judge_whole(Whole((Text(work.path, work.text),), work.language))


def judge_whole(whole: Whole) -> tuple[Finding, ...]:
    if primary(whole.language) != "en":
        return ()
    known: dict[tuple[str, str], Count] = {}
    found: list[Finding] = []
    for text in whole.texts:
        for count in sorted(_counts(text), key=lambda count: count.start):
            before = next(filter(None, (_same(known, count, word) for word in count.owner)), None)
            if before and before.number != count.number:
                found.append(_finding(count, before))
            for word in count.owner:
                known.setdefault((count.thing, word), count)
    return tuple(found)


def _same(known: Mapping[tuple[str, str], Count], count: Count, word: str) -> Count | None:
    """The count of the same thing, if one owner is called as the other is, or by less."""
    before = known.get((count.thing, word))
    if before and (set(before.owner) <= set(count.owner) or set(count.owner) <= set(before.owner)):
        return before
    return None


def _counts(text: Text) -> Iterator[Count]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text.text):
            counted = number(match["n"])
            thing, owner = [*_words(match["noun"])], [*_words(match["owner"])]
            if counted >= LEAST and thing and owner:
                yield Count(
                    counted,
                    " ".join(thing),
                    tuple(owner[:MOST_WORDS]),
                    text.path,
                    match.start(),
                    match[0],
                )


def _words(phrase: str) -> Iterator[str]:
    """What it is about: all words but little ones, and none after `which was`."""
    begun = False
    for word in WORD.findall(POSSESSIVE.sub("", phrase.casefold())):
        if word in _little() and begun and word not in JOINTS:
            return
        if word not in _little():
            begun = True
            yield word.removesuffix("s")


@cache
def _little() -> frozenset[str]:
    return frozenset((*common_words("en"), *ONES, *TENS, "our", "my", "its", "who", "all"))


def _finding(count: Count, before: Count) -> Finding:
    return Finding(
        code="NUM-QTY",
        severity=Severity.REVISE if count.path == before.path else Severity.ADVISE,
        path=count.path,
        message=f"Here they are {count.number}, and {before.number} elsewhere.",
        quote=excerpt(count.said),
        hint="If it is the same, give it one number.",
        conflict=Evidence(before.path, excerpt(before.said)),
    )
