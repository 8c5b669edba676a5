"""How many years does a text say lie between two years?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.evaluators.figures import CARDINAL, YEAR, number

FIRST, LAST = rf"(?P<first>{YEAR})\b", rf"(?P<last>{YEAR})\b"
PASSED = rf"\b(?P<years>{CARDINAL}) years\b"
SOME, FEW = r"[^.;:\d]{0,50}?", r"(?:\w+ ){0,3}?"
TO = r"(?:to|until|till|and|through)"
SPANS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:from|between) {SOME}{FIRST},? {TO} {SOME}{LAST},? {SOME}\b(?:for|of|these|those|in all|l[aiy]es?|lay|lived|reigned|ruled|served|passed|were|went|elapsed) {PASSED}",
        rf"\bsince {SOME}{FIRST},? {SOME}{PASSED} (?:had|have) (?:passed|gone by|elapsed) (?:by|in) {FEW}{LAST}",
        rf"\b(?:from|between) {SOME}{FIRST}{SOME},? {TO} {SOME}{LAST}(?:,| —|—| \() ?{PASSED}(?= in all| altogether| (?:had |have )?(?:passed|gone by|elapsed)|\)|[.,;])",
        rf"{PASSED},? {FEW}(?:from|between) {FEW}{FIRST} {TO} {FEW}{LAST}",
        rf"{PASSED} (?:separated?|part(?:ed)?|divided?|l[aiy]e between|lay between|passed between|elapsed between) {SOME}{FIRST},? {SOME}(?:from|and) {SOME}{LAST}",
        rf"{PASSED} (?:after|from) {SOME}{FIRST},? {FEW}in {FEW}{LAST}",
        rf"\bin {FEW}{FIRST}(?P<between>[^.;:\d]{{1,90}}?|[.;:] (?:\w+ )?){PASSED} (?:later|afterwards?|after that|on),? [^.;:,\d]{{0,40}}?,? ?in {FEW}{LAST}",
    )
)
VAGUE = re.compile(
    r"\b(?:about|around|almost|nearly|some|over|under|barely|hardly|not|more than|less than|at least|at most|perhaps"
    r"|maybe|probably|scarcely|past|if|other|another)\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """From one year to another it is so many years, as these words have it."""

    first: int
    last: int
    passed: int
    said: str

    @property
    def adds_up(self) -> bool:
        return abs(self.last - self.first - self.passed) <= 1


def spans(text: str) -> Iterator[Span]:
    for pattern in SPANS if "years" in text else ():
        for found in pattern.finditer(text):
            first, last, passed = (number(found[name]) for name in ("first", "last", "years"))
            if not VAGUE.search(text, max(0, found.start("years") - 24), found.start("years")):
                yield Span(first, last, passed, found[0])
