"""Reads numbers, years and ordinals, in digits and in English words."""

from __future__ import annotations

import re

UP_TO_NINETEEN = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
"""
ONES, ORDINALS = (tuple(row.split()) for row in UP_TO_NINETEEN.strip().splitlines())
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ROUND = (*(f"{ten[:-1]}ieth" for ten in TENS), "hundredth")
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
PLAIN = {
    **{word: number for number, word in enumerate(ONES)},
    **{word: number for number, word in enumerate(ORDINALS)},
    **{word: 10 * number for number, word in enumerate(TENS, start=2)},
    **{word: 10 * number for number, word in enumerate(ROUND, start=2)},
    "oh": 0,
}

_TEN = "|".join(TENS)
_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_NTH = "|".join(sorted((*ORDINALS, *ROUND), key=len, reverse=True))
_SMALL = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE}))?|(?:{'|'.join(ONES[1:10])})-and-(?:{_TEN})|{_ONE})"
CARDINAL = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}"
    rf"|{_SMALL}(?:[- ](?:hundred|thousand|million)(?:[- ](?:and[- ])?{_SMALL})?){{0,3}})"
)
"""A pattern for a number as a text has it, in small letters or to be matched without case."""
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:(?:{_TEN})[- ])?(?:{_NTH}))"
_TEENS = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty"
YEAR = (
    rf"(?:[12]\d{{3}}|two[- ]thousand(?:[- ]and)?(?:[- ]{_SMALL})?"
    rf"|(?:{_TEENS})[- ](?:hundred(?:[- ]and)?(?:[- ]{_SMALL})?|oh[- ](?:{_ONE})|{_SMALL}))"
)
WORD = re.compile(r"[a-z]+")
DIGITS = re.compile(r"\d[\d,]*")
CENTURY = 100


def number(said: str) -> int:
    """What a match of `CARDINAL`, `ORDINAL` or `YEAR` says; `nineteen fifty-four` is 1954."""
    if digits := DIGITS.match(said):
        return int(digits[0].replace(",", ""))
    whole = part = 0
    for word in WORD.findall(said.casefold()):
        if scale := SCALES.get(word):
            part = max(part, 1) * scale
            whole, part = (whole + part, 0) if scale > CENTURY else (whole, part)
        elif word in PLAIN:
            part = _joined(part, PLAIN[word])
    return whole + part


def _joined(before: int, more: int) -> int:
    """`twenty` and `three` add up; `nineteen` and `fifty`, or `oh`, are a century and its years."""
    is_century = 10 <= before < CENTURY and (more >= 10 or more == 0 or before % 10)  # noqa: PLR2004 (below are the ones)
    return before * CENTURY + more if is_century else before + more
