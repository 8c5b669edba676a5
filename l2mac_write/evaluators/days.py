"""Do the days of the story run forward: entries of a diary, and the day after another?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from l2mac_write.evaluators.dates import dates
from l2mac_write.evaluators.figures import CARDINAL, ORDINAL, number
from l2mac_write.evaluators.next_days import HALF_A_YEAR, table, wrong_steps
from l2mac_write.evaluators.passages import paragraphs
from l2mac_write.findings import Evidence, Finding, Severity, Work

HEAD = 60
"""Characters within which an entry gives its date."""
LEAD = re.compile(r"[\W_]*(?:[^\W\d_]+[\W_]+){0,6}")
AFTER = re.compile(r"\s?[.:;,—–*_\n\])-]|\Z")
ON = re.compile(r"\b(?:on|by|under)(?: the)? \Z")
ALONE = re.compile(
    r"[\W_]*(?:[Tt]he|[A-Z][a-z]+day,?(?: the)?) (?P<nth>\d{1,2}(?:st|nd|rd|th))(?=\.?\s?[.:;,—–*_\n])(?!\.? (?:of|in|and)\b)"
)
HALF_A_MONTH = 15
WENT_BACK = re.compile(r"[^!?\n]{0,120}?\b(?:had|would|will)\b")
RULE = re.compile(r"[\W_]*")
TITLE = 60
"""A longer paragraph is no title."""
ENDS = frozenset(".!?…:,;—–\"'”’)*_")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph that begins with its day; `day` counts from any one day of that `kind`.

    `told` is the day of a sentence, which may go back where an entry of a diary may not.
    """

    kind: str
    day: int
    said: str
    told: bool = False
    goes_back: bool = False

    def is_before(self, last: Entry) -> bool:
        longest = HALF_A_MONTH if self.kind == "day alone" else HALF_A_YEAR
        return not self.goes_back and self.kind == last.kind and 0 < last.day - self.day < longest


def judge(work: Work) -> tuple[Finding, ...]:
    found = (*_backwards(work), *_no_next_days(work))
    return tuple({finding.quote: finding for finding in found}.values())


def _backwards(work: Work) -> Iterator[Finding]:
    """Entries that follow each other under no new title are by one hand."""
    last: Entry | None = None
    for paragraph in paragraphs(work.text):
        entry = _entry(paragraph.text, work.language)
        if entry and last and entry.is_before(last):
            severity = Severity.ADVISE if entry.told or last.told else Severity.REVISE
            yield _finding(work, severity, entry.said, last.said)
        last = entry or (None if _is_title(paragraph.text) else last)


def _entry(paragraph: str, language: str) -> Entry | None:
    head = paragraph[:HEAD]
    numbered, elsewhere, opening = _words()
    if found := numbered.match(head):
        day = number(found["day"] or found["nth"] or found["of"])
        return Entry(
            f"numbered {found['unit'] or found['one']}".casefold(), day, found[0].strip(" *_#")
        )
    if found := ALONE.match(head):
        return Entry("day alone", number(found["nth"]), found[0].strip(" *_#"), told=True)
    when = next(iter(dates(head, language)), None)
    if not when or not when.exists or elsewhere.search(head, 0, when.start):
        return None
    ends = head[when.end - 1] == "." or AFTER.match(head, when.end) is not None
    before = head[: when.start]
    told = not ends or not LEAD.fullmatch(before) or ON.search(before) is not None
    if told and not (opening.fullmatch(before) or ON.search(before)):
        return None
    kind = f"date {bool(when.year)}"
    said = _said(head, when.start, when.end)
    return Entry(kind, when.of_any_year, said, told, told and bool(WENT_BACK.match(paragraph)))


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    units = table()["units"]
    return (
        re.compile(
            rf"[\W_]*(?:[^\W\d_]+[\W_]+){{0,3}}?(?:(?P<unit>{units}) (?:(?P<day>{CARDINAL})|the (?P<of>{ORDINAL}))"
            rf"|(?P<nth>{ORDINAL}) (?P<one>{units}))(?=\s?[.:;,—–*_\n\])-]|\Z)",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{table()['elsewhere']})\b", re.IGNORECASE),
        re.compile(rf"[\W_]*(?:(?:{table()['openings']})\b[\W_]+)*", re.IGNORECASE),
    )


def _is_title(paragraph: str) -> bool:
    """A line that ends as no sentence does, and is no mere rule."""
    return (
        len(paragraph) <= TITLE
        and (paragraph[-1] not in ENDS or paragraph[0] in "#*_")
        and not RULE.fullmatch(paragraph)
    )


def _no_next_days(work: Work) -> Iterator[Finding]:
    """`The next day, the twelfth`, after the fourteenth; `the next day, a Sunday`, after Monday."""
    for wrong in wrong_steps(work.text, work.language):
        severity = Severity.REVISE if wrong.back else Severity.ADVISE
        yield _finding(
            work, severity, _said(work.text, *wrong.day), _said(work.text, *wrong.before)
        )


def _said(text: str, start: int, end: int) -> str:
    return text[start:end].rstrip(".")


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
