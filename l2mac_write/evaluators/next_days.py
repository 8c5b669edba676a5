"""Is the day after another, or so many days later, the day that the calendar has there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from l2mac_write.evaluators.dates import Date, Weekday, dates, weekdays
from l2mac_write.evaluators.figures import CARDINAL, ORDINAL, number
from l2mac_write.text.word_lists import word_list

LINK = (
    r"(?:(?:,? |—|–)(?:which was|it was|it is|(?:it )?must be|was|is|being|on|upon|as|came|being now)(?: now)?| now it was)?"
    r",? (?:that of )?(?:an? |the |it was )?(?:early |late )?(?:on )?"
)
COUNTED = re.compile(
    rf"\b(?P<vague>about|some|nearly|almost|perhaps|than|over|or)? ?\b(?P<n>{CARDINAL})"
    rf" (?:nights?|days?) (?P<way>later|after that|afterwards|earlier|before that),?{LINK}\Z",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    rf"[,—–(]? ?\b(?:(?P<n>{CARDINAL}) days|the (?:very )?day|a day) (?P<way>after|before)"
    r" (?:(?:it|he|she|they|we|i)\b[^,.;]{1,40}? on (?:the )?|on )?",
    re.IGNORECASE,
)
"""`Wednesday, two days after it was posted on Monday`."""
THEN = re.compile(
    rf"(?P<day>{ORDINAL})\b(?! (?:of|time|day|man|hour|year|century|floor|part|chapter))",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"\b(?:letter|dated|had|born|since|until|till|before|after|from|remember\w*|of|last)\b"
)
NEAR, FAR, CLOSE = 60, 100, 400
"""Characters before a day that say how it follows, at once or in its sentence, and between the two."""
HALF_A_YEAR, A_YEAR = 183, 366
WEEK, LAST_OF_SHORT = 7, 28


@dataclass(frozen=True, slots=True)
class Wrong:
    """A day that is not so many days after the one before it; `back` if it is before it."""

    day: tuple[int, int]
    before: tuple[int, int]
    back: bool


def wrong_steps(text: str, language: str) -> Iterator[Wrong]:
    yield from _dates(text, [when for when in dates(text, language) if when.exists])
    yield from _weekdays(text, [*weekdays(text, language)])


def _dates(text: str, found: Sequence[Date]) -> Iterator[Wrong]:
    for last, when in pairwise(found):
        if bool(when.year) != bool(last.year):
            continue
        step = _step(text, when.start)
        ahead = when.of_any_year - last.of_any_year
        is_back = -HALF_A_YEAR < ahead <= 0
        if is_back and ((step or 0) > 0 or _goes_on(text, when)):
            yield Wrong((when.start, when.end), (last.start, last.end), back=step is not None)
        elif step and step > 0 and when.start - last.end <= CLOSE:
            ahead = ahead if when.year else ahead % A_YEAR
            if 0 < ahead < HALF_A_YEAR and ahead != step:
                yield Wrong((when.start, when.end), (last.start, last.end), back=False)
    yield from _days_alone(text, found)


def _goes_on(text: str, when: Date) -> bool:
    """Does the sentence say elsewhere that it is of the day after?"""
    onward, afterwards = _steps_around()
    before = text[max(0, when.start - FAR) : when.start]
    found = onward.search(before)
    return bool(found and not AWAY.search(found["between"])) or bool(
        afterwards.match(text, when.end)
    )


def _days_alone(text: str, found: Sequence[Date]) -> Iterator[Wrong]:
    """`The next day, the seventeenth`, after the tenth of June."""
    for last in found:
        for then in THEN.finditer(text, last.end, last.end + CLOSE):
            if _step(text, then.start()) == 1:
                day = number(then["day"])
                if day != last.day + 1 and not (day == 1 and last.day >= LAST_OF_SHORT):
                    yield Wrong(then.span(), (last.start, last.end), back=False)
                break


def _weekdays(text: str, found: Sequence[Weekday]) -> Iterator[Wrong]:
    for last, day in pairwise(found):
        step = _steps_ahead(text, last, day) if day.start - last.end <= CLOSE else None
        if step is not None and step % WEEK != (day.number - last.number) % WEEK:
            yield Wrong((day.start, day.end), (last.start, last.end), back=False)


def _steps_ahead(text: str, last: Weekday, day: Weekday) -> int | None:
    """How many days after the one the other must be, as any of the ways of saying it has it."""
    between = text[last.end : day.start]
    said = (
        _reversed(between),
        _from_now(text, last, day),
        _step(text, day.start),
        _back_from(text, last, between),
    )
    return next((step for step in said if step is not None), None)


def _reversed(between: str) -> int | None:
    found = BETWEEN.fullmatch(between.removeprefix("'s"))
    if not found:
        return None
    days = number(found["n"]) if found["n"] else 1
    return -days if found["way"] == "after" else days


def _back_from(text: str, last: Weekday, between: str) -> int | None:
    """`The day before, Sunday, all was well; now it was Monday`."""
    back = None if "." in between else _step(text, last.start)
    return -back if back == -1 and re.search(r"\bnow\b", between) else None


def _from_now(text: str, last: Weekday, day: Weekday) -> int | None:
    """`Yesterday was Friday, so today is Saturday`."""
    first, then = _now(text, last.start), _now(text, day.start)
    return None if first is None or then is None or first == then else then - first


def _now(text: str, start: int) -> int | None:
    before = text[max(0, start - NEAR) : start]
    return next((days for words, days in _steps("now") if words.search(before)), None)


def _step(text: str, start: int) -> int | None:
    """By how many days the words before this day say that it follows."""
    before = text[max(0, start - NEAR) : start]
    for words, days in _steps("step"):
        if words.search(before):
            return days
    if (found := COUNTED.search(before)) and not found["vague"]:
        days = number(found["n"])
        return days if found["way"].casefold() in ("later", "after that", "afterwards") else -days
    return None


@cache
def _steps_around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """`The next day the calendar showed` a day, and a day, `the day after`."""
    ahead = "|".join(row["words"] for row in table()["step"] if row["days"] > 0)
    begins = r"(?:\A|[.!?;,—–“\"\n] ?)(?:(?:then|and|on|by|when|until|but|so) )?"
    leads = r"(?:,|—|–|\b(?:on|by|was|is|being|said|read|off|under|[a-z]+ed|wrote))(?: it was)?(?: the)? \Z"
    return (
        re.compile(rf"{begins}(?:{ahead})\b(?P<between>[^.!?;:\n]{{1,50}}?){leads}", re.IGNORECASE),
        re.compile(rf",? (?:which was |being )?(?:{ahead})\b", re.IGNORECASE),
    )


@cache
def _steps(kind: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(
        (re.compile(rf"\b(?:{row['words']}){LINK}\Z", re.IGNORECASE), row["days"])
        for row in table()[kind]
    )


@cache
def table() -> Mapping[str, Any]:
    return word_list(__file__, "days.toml")
