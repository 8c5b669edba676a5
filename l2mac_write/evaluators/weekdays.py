"""Does the weekday that goes with a date fall on that date?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from l2mac_write.evaluators import chinese_days
from l2mac_write.evaluators.dates import Date, calendar, dates, julian
from l2mac_write.evaluators.same_day import Same, same_days
from l2mac_write.findings import Evidence, Finding, Severity, Text, Work
from l2mac_write.text.languages import primary

SPAN = 90
OLD_STYLE = re.compile(r"\b(?:Old Style|O\.\s?S\.|Julian|Russians?|Moscow|Petersburg)\b")
LAST_JULIAN = 1923
WEEK = 7
LEAP_YEAR = 2000
APART = 45
"""Days; dates without a year that lie further apart may be of two years."""


def judge(work: Work) -> tuple[Finding, ...]:
    text = Text(work.path, work.text)
    if primary(work.language) == "zh":
        return tuple(_in_chinese(text))
    return tuple(_findings(text, work.language))


def _in_chinese(text: Text) -> Iterator[Finding]:
    for pair in chinese_days.same_days(text.text):
        if not _agree(pair, 0):
            yield _wrong(text, pair, chinese_days.NAMES)
    yield from (
        _impossible(text, when) for when in chinese_days.dates(text.text) if not when.exists
    )


def _findings(text: Text, language: str) -> Iterator[Finding]:
    if not (known := calendar(language)):
        return
    named = dates(text.text, language)
    pairs = list(same_days(text.text, named, language))
    last_julian = LAST_JULIAN if pairs and OLD_STYLE.search(text.text) else known.gregorian
    for pair in pairs:
        if pair.when.year and pair.when.exists and not _agree(pair, last_julian):
            yield _wrong(text, pair, known.names)
    yield from (_impossible(text, when) for when in named if not when.exists)
    yield from _apart(text, [pair for pair in pairs if pair.when.exists])


def _agree(pair: Same, last_julian: int) -> bool:
    """By the calendar of today, or until that year by the older one."""
    when, day = pair.when, pair.day
    is_today = (when.ordinal - 1) % WEEK == day.number
    return is_today or (when.year <= last_julian and julian(when) == day.number)


def _wrong(text: Text, pair: Same, names: Sequence[str]) -> Finding:
    when, right = pair.when, names[(pair.when.ordinal - 1) % WEEK]
    around = text.text[max(0, pair.start - SPAN) : pair.end + SPAN]
    solved = re.search(rf"(?<!\w){right}(?!\w)", around, re.IGNORECASE)
    written = text.text[when.start : when.end]
    return Finding(
        code="TIM-ABS",
        severity=Severity.BLOCK if pair.surely and not solved else Severity.REVISE,
        path=text.path,
        message=f"{written} was a {right}, not a {names[pair.day.number]}.",
        quote=_said(text, pair),
        hint=f"Write `{right}`, or another date.",
    )


def _impossible(text: Text, when: Date) -> Finding:
    written = text.text[when.start : when.end]
    return Finding(
        code="TIM-ABS",
        severity=Severity.REVISE if when.year else Severity.ADVISE,
        path=text.path,
        message=f"There is no {written}.",
        quote=written[:SPAN],
        hint="Give a day that the month has.",
    )


def _apart(text: Text, pairs: Sequence[Same]) -> Iterator[Finding]:
    """Dates of one year without its number, of which one must have another weekday."""
    for one, then in pairwise(pairs):
        when, later = one.when, then.when
        days = replace(later, year=LEAP_YEAR).ordinal - replace(when, year=LEAP_YEAR).ordinal
        in_leap_month = when.month <= 2 < later.month  # noqa: PLR2004 (February)
        between = {days % WEEK, (days - 1) % WEEK} if in_leap_month else {days % WEEK}
        ahead = (then.day.number - one.day.number) % WEEK
        if not (when.year and later.year) and 0 <= days <= APART and ahead not in between:
            yield Finding(
                code="TIM-ABS",
                severity=Severity.ADVISE,
                path=text.path,
                message="These two dates cannot both have the weekday that they are given.",
                quote=_said(text, then),
                hint="Count the days from one to the other, and change one weekday.",
                conflict=Evidence(text.path, _said(text, one)),
            )


def _said(text: Text, pair: Same) -> str:
    return text.text[pair.start : pair.end][:SPAN]
