"""Are the chapters numbered in turn, each under a title of its own? Parts may begin anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l2mac_write.findings import Finding, Severity, Text, Whole
from l2mac_write.text.numbers import CHAPTER, values

NUMBERED = re.compile(
    rf"(?i)(?P<word>(?:{CHAPTER}|book|letter|canto|act|scene|part|no\.?)\s+)?"
    r"(?P<number>\d{1,4}|[ivxlcdm]+|[^\W\d_]+(?:[- ][^\W\d_]+)?)(?P<title>(?:\s*[:.–—-].*)?)"
)
FEWEST = 3
MOSTLY = 0.6
"""Of the chapters; where fewer are numbered, the numbers are titles."""
MARKS = " \t:.–—-*_#"


@dataclass(frozen=True, slots=True)
class Numbered:
    text: Text
    number: int


def judge(whole: Whole) -> tuple[Finding, ...]:
    heads = [(text, _parsed(text.title)) for text in whole.texts if text.title.strip()]
    numbered = [Numbered(text, number) for text, (number, _) in heads if number]
    counted = len(numbered) >= max(FEWEST, MOSTLY * len(heads)) and _is_a_row(numbered)
    return (*(_out_of_turn(numbered) if counted else ()), *_named_twice(heads, counted=counted))


def _parsed(title: str) -> tuple[int, str]:
    """Its number, 0 if it has none, and the title without it."""
    match = NUMBERED.fullmatch(title.strip(MARKS))
    number = _value(match["number"]) if match else 0
    return (number, match["title"].strip(MARKS)) if match and number else (0, title.strip(MARKS))


def _value(written: str) -> int:
    return int(written) if written.isdigit() else values().get(written.casefold(), 0)


def _is_a_row(numbered: Sequence[Numbered]) -> bool:
    """Whether most of them follow the one before, or the one before that: years are titles."""
    numbers = [chapter.number for chapter in numbered]
    after_one = sum(later - number == 1 for number, later in pairwise(numbers))
    after_two = sum(
        later == number + 2 for number, later in zip(numbers, numbers[2:], strict=False)
    )
    return 2 * (after_one + after_two) >= len(numbers) - 1 and after_one > 0


def _out_of_turn(numbered: Sequence[Numbered]) -> Iterator[Finding]:
    expected = numbered[0].number
    for place, chapter in enumerate(numbered):
        following = numbered[place + 1].number if place + 1 < len(numbered) else 0
        if chapter.number not in (expected, 1):
            yield _misnumbered(chapter, expected)
            is_slip = following in (expected + 1, 0) or following == expected
            expected = expected if is_slip else chapter.number
        else:
            expected = chapter.number
        expected += 1


def _misnumbered(chapter: Numbered, expected: int) -> Finding:
    return Finding(
        code="DOC-STRUCT",
        severity=Severity.REVISE,
        path=chapter.text.path,
        message=f"The chapter is numbered {chapter.number}, and number {expected} is due.",
        hint="Number the chapters in turn, or begin again at 1 with a new part.",
    )


def _named_twice(
    heads: Sequence[tuple[Text, tuple[int, str]]], *, counted: bool
) -> Iterator[Finding]:
    titles = Counter(title.casefold() for _, (_, title) in heads)
    several = sum(count > 1 for count in titles.values()) > 1
    seen: dict[str, Text] = {}
    for text, (number, title) in heads:
        said = title.casefold()
        if said in seen and said and not (counted and number and not title):
            yield Finding(
                code="DOC-STRUCT",
                severity=Severity.ADVISE if several else Severity.REVISE,
                path=text.path,
                message=f"The chapter has the title of `{seen[said].path}`: {title}.",
                hint="Give it a title of its own.",
            )
        seen.setdefault(said, text)
