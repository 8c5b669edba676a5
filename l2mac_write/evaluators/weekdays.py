"""Does the weekday that goes with a date fall on that date?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from l2mac_write.evaluators.dates import Calendar, Date, Weekday, calendar, dates, julian, weekdays
from l2mac_write.findings import Evidence, Finding, Severity, Text, Work

NEAR = 48
"""Characters between a weekday and its date."""
WORD = re.compile(r"[^\W\d_]+")
OTHER = re.compile(r"[\w\s,(—–:;'’*_-]*")
NOT = re.compile(r"(?:\bnot|\bnever|n['’]t|\b[Ii]f|\b[Ii]f only|\bor)(?: an?| on| the)?\s\Z")
PLACED = re.compile(
    r"(?: \w+)? (?:in|at|near|of|off|aboard|outside|by) [\w'’ ]{1,30}(?=, (?:the )?\Z)"
)
"""`A Tuesday in London, the tenth of December`."""
TAG = re.compile(r"[\"”’][^\"“”‘’.!?]{1,30}[.,] [\"“‘]")
"""`“A Tuesday,” she said. “The tenth of December.”`"""
ALIKE = re.compile(r"\bas on\b|/")
ALONE = re.compile(r"(?:\A|[\n\"“‘*_]|[.!?]\s)(?:[OI]n )?(?:[Tt]he )?\Z")
DAWNED = re.compile(r"[^.!?\n\"“”]{0,40}\. (?:It|That) (?:was|is|fell on|had been) an? ")
"""`June 2, 1953, dawned wet. It was a Tuesday`."""
REPLY = re.compile(r"[.,?!]?[\"”’] [\"“‘](?:An? |It was an? )?")
THAT_WAS = re.compile(r"; (?:that|it|this|which) (?:was|is) (?:the )?")
STOPS = frozenset(".,:;—–")
ENDS = re.compile(r"[.;]\s")
SPAN = 90
ABBREVIATED = 5
OLD_STYLE = re.compile(r"\b(?:Old Style|O\.\s?S\.|Julian|Russians?|Moscow|Petersburg)\b")
LAST_JULIAN = 1923
WEEK = 7
LEAP_YEAR = 2000
APART = 45
"""Days; dates without a year that lie further apart may be of two years."""


def judge(work: Work) -> tuple[Finding, ...]:
    return tuple(_findings(Text(work.path, work.text), work.language))


def _findings(text: Text, language: str) -> Iterator[Finding]:
    if not (known := calendar(language)):
        return
    named = list(dates(text.text, language))
    pairs = list(_pairs(text.text, [*named, *weekdays(text.text, language)], known))
    last_julian = LAST_JULIAN if pairs and OLD_STYLE.search(text.text) else known.gregorian
    for when, day in pairs:
        if when.year and when.exists and not _agree(when, day, last_julian):
            yield _wrong(text, when, day, known)
    yield from (_impossible(text, when) for when in named if not when.exists)
    yield from _apart(text, [pair for pair in pairs if pair[0].exists])


def _pairs(
    text: str, named: Sequence[Date | Weekday], known: Calendar
) -> Iterator[tuple[Date, Weekday]]:
    """Each date with the weekday that belongs to it: the one before it, or else the one after."""
    ordered = sorted(named, key=lambda found: found.start)
    taken: Date | Weekday | None = None
    for one, other, third in zip(ordered, ordered[1:], [*ordered[2:], None], strict=False):
        if isinstance(one, Weekday) and isinstance(other, Date) and one is not taken:
            if _is_glue(text, one, other, known):
                taken = other
                yield other, one
        elif isinstance(one, Date) and isinstance(other, Weekday) and one is not taken:
            ahead = isinstance(third, Date) and _is_glue(text, other, third, known)
            if not ahead and _is_glue(text, one, other, known):
                taken = other
                yield one, other


def _is_glue(text: str, one: Date | Weekday, other: Date | Weekday, known: Calendar) -> bool:
    """Do only little words stand between them, and no full stop but before `It was a Tuesday`?"""
    gap = text[one.end : other.start]
    if len(gap) > NEAR or "\n\n" in gap or _is_parted(text, one, other):
        return False
    return _is_answer(text, one, other) or _is_joined(gap, one, known)


def _is_parted(text: str, one: Date | Weekday, other: Date | Weekday) -> bool:
    """`Not on Monday`, `a Sunday or a Monday`, `as on`, `from Monday to`, and a year of two styles."""
    denied = NOT.search(text, max(0, one.start - 12), one.start) is not None
    gap = text[one.end : other.start]
    return denied or gap == " to " or bool(ALIKE.search(gap)) or text.startswith("/", other.end)


def _is_answer(text: str, one: Date | Weekday, other: Date | Weekday) -> bool:
    """`Tuesday. Sixth of May`, each a sentence, and `“The sixth of May.” “A Tuesday.”`"""
    gap = text[one.end : other.start]
    begins = ALONE.search(text[max(0, one.start - 7) : one.start]) is not None
    if isinstance(one, Date) and begins and DAWNED.fullmatch(gap):
        return True
    alone = begins and (isinstance(one, Weekday) or text[other.end : other.end + 1] in STOPS)
    return (alone and gap == ". ") or REPLY.fullmatch(gap) is not None


def _is_joined(gap: str, one: Date | Weekday, known: Calendar) -> bool:
    gap = TAG.sub(" ", PLACED.sub("", gap), count=1)
    words = [word.casefold() for word in WORD.findall(gap)]
    is_short = isinstance(one, Weekday) and one.end - one.start <= ABBREVIATED
    bare = gap[1:] if is_short and gap.startswith(".") else gap
    goes_on = len(words) > 1 and (isinstance(one, Date) or not {"date", "day"}.isdisjoint(words))
    stopped = bool(ENDS.search(bare)) and not goes_on and not THAT_WAS.fullmatch(bare)
    return (
        not stopped
        and known.glue.issuperset(words)
        and bool(OTHER.fullmatch(bare.replace(".", ",")))
    )


def _agree(when: Date, day: Weekday, last_julian: int) -> bool:
    """By the calendar of today, or until that year by the older one."""
    is_today = (when.ordinal - 1) % WEEK == day.number
    return is_today or (when.year <= last_julian and julian(when) == day.number)


def _wrong(text: Text, when: Date, day: Weekday, known: Calendar) -> Finding:
    right = known.names[(when.ordinal - 1) % WEEK]
    start, end = min(when.start, day.start), max(when.end, day.end)
    around = text.text[max(0, start - SPAN) : end + SPAN]
    solved = re.search(rf"(?<!\w){right}(?!\w)", around, re.IGNORECASE)
    written = text.text[when.start : when.end]
    return Finding(
        code="TIM-ABS",
        severity=Severity.REVISE if solved else Severity.BLOCK,
        path=text.path,
        message=f"{written} was a {right}, not a {known.names[day.number]}.",
        quote=text.text[start:end][:SPAN],
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


def _apart(text: Text, pairs: Sequence[tuple[Date, Weekday]]) -> Iterator[Finding]:
    """Dates of one year without its number, of which one must have another weekday."""
    for (when, day), (later, then) in pairwise(pairs):
        days = replace(later, year=LEAP_YEAR).ordinal - replace(when, year=LEAP_YEAR).ordinal
        in_leap_month = when.month <= 2 < later.month  # noqa: PLR2004 (February)
        between = {days % WEEK, (days - 1) % WEEK} if in_leap_month else {days % WEEK}
        one_year = not (when.year and later.year)
        if one_year and 0 <= days <= APART and (then.number - day.number) % WEEK not in between:
            yield Finding(
                code="TIM-ABS",
                severity=Severity.ADVISE,
                path=text.path,
                message="These two dates cannot both have the weekday that they are given.",
                quote=_said(text, later, then),
                hint="Count the days from one to the other, and change one weekday.",
                conflict=Evidence(text.path, _said(text, when, day)),
            )


def _said(text: Text, when: Date, day: Weekday) -> str:
    return text.text[min(when.start, day.start) : max(when.end, day.end)][:SPAN]
