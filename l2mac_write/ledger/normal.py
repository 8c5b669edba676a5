"""Two ways to say the same value come to one: numbers, dates, colours and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from l2mac_write.ledger.keys import Type
from l2mac_write.text.word_lists import word_list

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
APOSTROPHE = re.compile("['’ʼ]")
ARTICLES = ("the ", "a ", "an ")
DIGITS = re.compile(r"\d+(?:[,\u00a0\u202f]\d{3})*(?:\.\d+)?")
GROUPED = re.compile(r"[,\u00a0\u202f]")
ISO = re.compile(r"\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\b")
YEAR = re.compile(r"\b(1\d{3}|20\d{2})\b")
MOST_DAYS = 31


@lru_cache(maxsize=1 << 12)
def folded(text: str) -> str:
    """Its words alone: without case, punctuation and an article at the front."""
    plain = unicodedata.normalize("NFKC", text)
    words = " ".join(APOSTROPHE.sub("", word).casefold() for word in WORD.findall(plain))
    return next((words[len(a) :] for a in ARTICLES if words.startswith(a)), words)


def normal(value: str, kind: Type) -> str:
    """The value in the form in which it is compared; what cannot be read is its own words."""
    return READERS.get(kind, folded)(value) or folded(value)


def number(text: str) -> str:
    """The first number in it, in digits or English words; empty where there is none."""
    if found := DIGITS.search(text):
        plain = GROUPED.sub("", found[0])
        return plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0") or "0"
    counted = _counted(folded(text).split())
    return "" if counted is None else str(counted)


def date(text: str) -> str:
    """Year, month and day as far as they are told: `1871-10-03`, `1871-10`, `1871`."""
    return "-".join(f"{part:02d}" for part in date_parts(text))


def date_parts(text: str) -> tuple[int, ...]:
    if iso := ISO.search(text):
        return tuple(int(part) for part in iso.groups() if part)
    if not (year := YEAR.search(text)):
        return ()
    rest = folded(text.replace(year[0], " ", 1)).split()
    months = _table("months")
    month = next((months[word] for word in rest if word in months), 0)
    days = (int(d[0]) for word in rest if (d := re.match(r"\d{1,2}", word)))
    day = next((d for d in days if 0 < d <= MOST_DAYS), 0)
    return tuple(part for part in (int(year[0]), month, day if month else 0) if part)


def colour(text: str) -> str:
    """The colours named in it, each by one name, in one order."""
    colours = _table("colours")
    return " ".join(sorted({colours[word] for word in folded(text).split() if word in colours}))


def days_of_months(words: Sequence[str]) -> frozenset[tuple[int, int]]:
    """Every `31 December`, `December 31st` and `the thirty-first of December`, as (12, 31)."""
    found = set[tuple[int, int]]()
    for at, word in enumerate(words):
        if month := _table("months").get(word, 0):
            before = [w for w in words[max(0, at - 4) : at] if w not in {"of", "the"}]
            day = _day(before[-2:]) or _day(before[-1:]) or _day([*words[at + 1 : at + 2]])
            found |= {(month, day)} if day else set()
    return frozenset(found)


def _day(words: Sequence[str]) -> int:
    """Of one word or two, `thirty first`; 0 where they are no day."""
    ordinals, small = _table("ordinals"), _table("numbers")
    tens = small.get(words[0], 0) if len(words) > 1 else 0
    last = words[-1] if words else ""
    if len(words) > 1 and tens not in {20, 30}:
        return 0
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", last) if not tens else None
    day = tens + (int(digits[1]) if digits else ordinals.get(last, 0))
    return day if day > tens and day <= MOST_DAYS else 0


def called_so(colours: Collection[str]) -> tuple[str, ...]:
    """All words for these colours."""
    return tuple(word for word, colour in _table("colours").items() if colour in colours)


@cache
def counted() -> frozenset[str]:
    """The words that numbers are spelled with."""
    return frozenset((*_table("numbers"), *_table("scales")))


@cache
def months() -> frozenset[str]:
    return frozenset(_table("months"))


@cache
def pronouns() -> tuple[str, ...]:
    """By which somebody is meant who was named before."""
    return tuple(word for words in _table("pronouns").values() for word in words.split())


def _counted(words: list[str]) -> int | None:
    """The number that the first row of number words in a text spells."""
    small, scales = _table("numbers"), _table("scales")
    total, part, begun = 0, 0, False
    for word in words:
        if word in small:
            part += small[word]
        elif word in scales and (begun or word != "million"):
            part = max(1, part) * scales[word]
            total, part = (total + part, 0) if scales[word] > scales["hundred"] else (total, part)
        elif word != "and" and begun:
            break
        begun = begun or word in small or word in scales
    return total + part if begun else None


@cache
def _table(name: str) -> Mapping[str, Any]:
    table: Mapping[str, Mapping[str, Any]] = word_list(__file__, "values.toml")
    return table[name]


READERS: Mapping[Type, Callable[[str], str]] = {
    Type.NUMBER: number,
    Type.DATE: date,
    Type.COLOUR: colour,
}
