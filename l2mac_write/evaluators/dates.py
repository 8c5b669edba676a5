"""Finds the dates and the weekdays that a text names, in the languages whose calendar we know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from l2mac_write.evaluators.figures import ORDINAL, YEAR, number
from l2mac_write.text.languages import primary
from l2mac_write.text.word_lists import word_list

LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEK, MONTHS = 7, 12
NEAR = 40
YEAR_BEFORE = re.compile(
    r"(?<![\w,.–-])([12]\d{3})[,.;:]? (?:[Oo]n )?(?:(?:an? |the )?[A-Z][a-z]+day,? )?(?:the )?\Z"
)
NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)"
    r"|(?P<one>\d{1,2})(?P<by>[./])(?P<other>\d{1,2})(?P=by)(?P<last>[12]\d{3}))(?![\w/-]|\.\d)"
)
"""`1912-04-10`, `10.4.1912`, `25/12/1912`; with a stroke either number may be the month."""
LEAP_YEAR = 2000
FIRST = 1000
"""What looks like an earlier year is a number of something."""
CENTURY, LEAPS = 100, 400


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a text has it; `year` is 0 where it gives none."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def exists(self) -> bool:
        if not self.year:
            return 1 <= self.day <= LAST[self.month - 1]
        try:
            return bool(date(self.year, self.month, self.day))
        except ValueError:
            return False

    @property
    def of_any_year(self) -> int:
        """Counts days from date to date, also where neither gives its year."""
        return replace(self, year=self.year or LEAP_YEAR).ordinal

    @property
    def ordinal(self) -> int:
        return date(self.year, self.month, self.day).toordinal()


@dataclass(frozen=True, slots=True)
class Weekday:
    """0 is Monday."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language writes dates."""

    weekday: re.Pattern[str]
    date: re.Pattern[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    names: Sequence[str]
    glue: frozenset[str]
    gregorian: int


def dates(text: str, language: str) -> list[Date]:
    return sorted(_dates(text, language), key=lambda when: when.start)


def _dates(text: str, language: str) -> Iterator[Date]:
    known = calendar(language)
    if not known:
        return
    for found in known.date.finditer(text):
        day = number(found["day"] or found["day_last"])
        year = number(found["year"]) if found["year"] else 0
        year = year if year >= FIRST else 0
        month = known.months[(found["month"] or found["month_first"]).rstrip(".").casefold()]
        year = year or _year_before(text, found.start())
        if 1 <= day <= max(LAST):
            yield Date(found.start(), found.end(), year, month, day)
    yield from filter(None, map(_numeric, NUMERIC.finditer(text)))


def _numeric(found: re.Match[str]) -> Date | None:
    """None where it could be two dates, or is none."""
    if found["year"]:
        year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    else:
        year, day, month = int(found["last"]), int(found["one"]), int(found["other"])
        if found["by"] == "/" and month > MONTHS >= day:
            day, month = month, day
        elif found["by"] == "/" and day <= MONTHS and day != month:
            return None
    is_one = 1 <= month <= MONTHS and 1 <= day <= max(LAST)
    return Date(*found.span(), year, month, day) if is_one else None


def _year_before(text: str, start: int) -> int:
    """`In 1954, the third of March`."""
    found = YEAR_BEFORE.search(text, max(0, start - NEAR), start)
    return number(found[1]) if found else 0


def weekdays(text: str, language: str) -> Iterator[Weekday]:
    known = calendar(language)
    if not known:
        return
    for found in known.weekday.finditer(text):
        yield Weekday(found.start(), found.end(), known.weekdays[found[0].casefold()])


def julian(when: Date) -> int:
    """The weekday of the date by the older calendar; 0 is Monday."""
    centuries = when.year - (when.month < 3)  # noqa: PLR2004 (the leap day ends February)
    behind = centuries // CENTURY - centuries // LEAPS - 2
    return (when.ordinal + behind - 1) % WEEK


@cache
def calendar(language: str) -> Calendar | None:
    """None for a language whose dates we cannot read."""
    row = _table().get(primary(language))
    if not row:
        return None
    weekdays, months = _numbered(row["weekdays"], 0), _numbered(row["months"], 1)
    return Calendar(
        weekday=re.compile(rf"(?<![^\W_])(?:{_any(weekdays)})(?![^\W_])"),
        date=_pattern(months, row["of"]),
        weekdays={name.casefold(): value for name, value in weekdays.items()},
        months={name.casefold(): value for name, value in months.items()},
        names=[names.split("|")[0] for names in row["weekdays"]],
        glue=frozenset(row["glue"].split()),
        gregorian=row["gregorian"],
    )


def _pattern(months: Mapping[str, int], of: str) -> re.Pattern[str]:
    """`3 March 1954`, `the third of March, 1954`, `March 3rd, 1954`."""
    day = rf"(?:(?i:{ORDINAL})|\d{{1,2}}(?!\d|:\d))"
    last = rf"(?:{_any(months)})(?![^\W_])\.?"
    space = r"[ \u00a0]"
    joined = rf"(?:day{space})?(?:{of}{space})?" if of else ""
    since = rf"(?:{of}{space}|in the year )?" if of else ""
    return re.compile(
        rf"(?<![^\W_])(?<![–-])(?:(?P<day>{day})\.?{space}{joined}(?P<month>{last})"
        rf"|(?P<month_first>{last})(?:,? the |{space})(?P<day_last>{day})(?![^\W_]))"
        rf"(?:,?{space}{since}(?P<year>(?i:{YEAR}))(?![^\W_]|-|,\d))?"
    )


def _numbered(names: Sequence[str], first: int) -> dict[str, int]:
    """Every name with its number, also with a capital at the beginning of a sentence."""
    plain = {name: n for n, row in enumerate(names, first) for name in row.split("|")}
    return {**plain, **{name[0].upper() + name[1:]: n for name, n in plain.items()}}


def _any(names: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return word_list(__file__, "calendar.toml")
