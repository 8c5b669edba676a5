"""Do the days of the story run forward: entries of a diary, and the day after another?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from l2mac_write.evaluators.dates import Date, Weekday, dates, weekdays
from l2mac_write.evaluators.figures import CARDINAL, number
from l2mac_write.evaluators.passages import paragraphs
from l2mac_write.findings import Evidence, Finding, Severity, Work

HEAD = 60
"""Characters within which an entry gives its date."""
LEAD = re.compile(r"[\W_]*(?:[^\W\d_]+[\W_]+){0,3}")
AFTER = re.compile(r"\s?[.:,—–*_\n-]|\Z")
NUMBERED = re.compile(rf"[\W_]*Day (?P<day>{CARDINAL})(?=\s?[.:—–*_\n-]|\Z)", re.IGNORECASE)
RULE = re.compile(r"[\W_]*")
TITLE = 60
"""A longer paragraph is no title."""
ENDS = frozenset(".!?…:,;—–\"'”’)*_")
NEXT = re.compile(
    r"\b(?:(?:next|following) (?:day|morning|evening|afternoon|night)|on the morrow"
    r"|the (?:day|morning|evening|night) after(?: that)?)\b"
    r"(?:,? (?:which was|it was|was|on|being))?,? (?:an? |the )?\Z",
    re.IGNORECASE,
)
LATER = re.compile(r"\bdays? later,? (?:on )?(?:the )?\Z", re.IGNORECASE)
NEAR = 40
CLOSE = 400
"""Characters between two weekdays of which one may be the day after the other."""
LEAP_YEAR = 2000
HALF_A_YEAR = 183
WEEK = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph that begins with its day; `day` counts from any one day of that `kind`."""

    kind: str
    day: int
    said: str


def judge(work: Work) -> tuple[Finding, ...]:
    return (*_backwards(work), *_no_next_days(work))


def _backwards(work: Work) -> Iterator[Finding]:
    """Entries that follow each other under no new title are by one hand."""
    last: Entry | None = None
    for paragraph in paragraphs(work.text):
        entry = _entry(paragraph.text, work.language)
        if entry and last and entry.kind == last.kind and 0 < last.day - entry.day < HALF_A_YEAR:
            yield _finding(work, Severity.REVISE, entry.said, last.said)
        last = entry or (None if _is_title(paragraph.text) else last)


def _entry(paragraph: str, language: str) -> Entry | None:
    head = paragraph[:HEAD]
    if found := NUMBERED.match(head):
        return Entry("numbered", number(found["day"]), found[0].strip(" *_#"))
    when = next(dates(head, language), None)
    if not when or not when.exists or not LEAD.fullmatch(head, 0, when.start):
        return None
    if head[when.end - 1] != "." and not AFTER.match(head, when.end):
        return None
    return Entry(f"date {bool(when.year)}", _day(when), _said(head, when))


def _day(when: Date) -> int:
    return replace(when, year=when.year or LEAP_YEAR).ordinal


def _is_title(paragraph: str) -> bool:
    """A line that ends as no sentence does, and is no mere rule."""
    return (
        len(paragraph) <= TITLE
        and (paragraph[-1] not in ENDS or paragraph[0] in "#*_")
        and not RULE.fullmatch(paragraph)
    )


def _no_next_days(work: Work) -> Iterator[Finding]:
    """`The next day, the twelfth`, after the fourteenth; `the next day, a Sunday`, after Monday."""
    text = work.text
    for last, when in pairwise(when for when in dates(text, work.language) if when.exists):
        ahead = _day(when) - _day(last)
        is_back = bool(when.year) == bool(last.year) and -HALF_A_YEAR < ahead <= 0
        if is_back and (_follows(text, when.start) or _follows(text, when.start, LATER)):
            yield _finding(work, Severity.REVISE, _said(text, when), _said(text, last))
    for before, day in pairwise(weekdays(text, work.language)):
        is_next = (day.number - before.number) % WEEK == 1
        near = day.start - before.end <= CLOSE
        if near and not is_next and _follows(text, day.start):
            yield _finding(work, Severity.ADVISE, _said(text, day), _said(text, before))


def _follows(text: str, start: int, said: re.Pattern[str] = NEXT) -> bool:
    return said.search(text[max(0, start - NEAR) : start]) is not None


def _said(text: str, found: Date | Weekday) -> str:
    return text[found.start : found.end].rstrip(".")


def _finding(work: Work, severity: Severity, said: str, before: str) -> Finding:
    return Finding(
        code="TIM-ORD",
        severity=severity,
        path=work.path,
        message=f"{said} comes after {before} here.",
        quote=said,
        hint="Put the days in their order, or say that the story goes back.",
        conflict=Evidence(work.path, before),
    )
