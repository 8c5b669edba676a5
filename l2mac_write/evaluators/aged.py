"""How old is somebody, and in which year was somebody born, as a sentence says?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from l2mac_write.evaluators.figures import (
    CARDINAL,
    ONES,
    ORDINAL,
    ORDINALS,
    ROUND,
    TENS,
    YEAR,
    number,
)
from l2mac_write.evaluators.passages import Passage
from l2mac_write.evaluators.persons import (
    ANYBODY,
    NAME,
    Person,
    called,
    described,
    following,
    subject,
    subject_of_verb,
)

OLDEST = 120
FIRST = 1000
CENTURY, LATELY = 100, 1900
YEARS = re.compile(
    rf"(?<![\w,.])(?:(?P<full>(?i:{YEAR}))(?![\w,]*\d)(?!\w)|(?<=[ (])['’](?P<short>\d\d)(?![\w'’]))"
)
LIFE = re.compile(r"(?<!\d)([12]\d{3})\s?[–-]\s?([12]\d{3})(?!\d)")
BIRTH = re.compile(
    r"\b(?:(?:had been|have been|has been|is|was|were|being)? ?\b(?:born|christened|bapti[sz]ed)|births?|birthdate"
    r"|christening|bapti[sz]m|b\.|cradle|(?:came |come |coming )?(?:into|entered) (?:the|this) world"
    r"|(?:first )?(?:saw|seen) the light)(?!\w)",
    re.IGNORECASE,
)
ENDS = (
    r"(?=\s?[.,:;!?)\]—–\"”*]|$|\s(?:and|or|but|in|when|at|on|that|by|with|who|to|as|for|before|because|now|then|though"
    r"|while|this|if|i|he|she|they|we|you|years? old|years of age|years? of life)\b)"
)
BE = r"(?:(?<=\w)['’](?:s|m|re)|\b(?:was|were|is|am|are|be|been|being|becomes?|became|becoming|turn(?:s|ed|ing)?|reach(?:ed|es)|attained|hit))"
VERB = re.compile(BE, re.IGNORECASE)
WHOSE = r"\b(?P<whose>his|her|their|my|your|our|the|[A-Z]\w+['’]s?)"


def _patterns(adverbs: str) -> tuple[re.Pattern[str], ...]:
    number_of = rf"(?P<n>{CARDINAL})"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{BE} (?:(?:{adverbs}) ){{0,2}}(?:the age of )?{number_of}{ENDS}",
            rf"\b{number_of}(?:[- ]years?[- ](?:old|of age)\b|[ -]year-old\b|[ ]years?['’] old\b)(?: (?P<noun>[^\W\d_]+))?",
            rf"\b(?:aged?|ages?(?: of| given| put| stated| as| at| was| is| being| in (?:the year )?\d{{4}}| on \w+){{0,3}}:?) {number_of}(?![\w:%-])",
            rf"\bat (?:(?:{adverbs}) )?{number_of}{ENDS}(?! (?:o|a|p)['’.]| (?:in|on) the (?:morning|afternoon|evening))",
            rf"\b(?P<noun>[^\W\d_]+) of {number_of}{ENDS}",
            rf"\b(?:lived|completed|counted|numbered|seen|weathered) {number_of} (?:years|summers|winters)\b",
            rf"\b{number_of} years (?:after|from|since) {WHOSE} (?:own )?birth",
            rf"\bin the (?P<nth_year>{ORDINAL}) year of {WHOSE} (?:life|age)",
            rf"\b(?:in|entered|completed) {WHOSE} (?P<nth_year>{ORDINAL}) year\b(?! (?:as|at|of (?!life|age)|in (?!\d|the year))\b)",
            rf"{WHOSE} (?:\w+ )?(?P<n_th>{ORDINAL}) birthday",
            rf"\b(?:gives?|gave|lists?|listed|recorded|records?|puts?|enter(?:s|ed)|describe[sd]|shows?|has) [^.;:]{{1,40}}? as {number_of}{ENDS}",
            rf", (?:(?:{adverbs}) ){{1,2}}{number_of}(?=[,;.)])",
            rf"[^\W\d_], {number_of}(?=[,)])",
        )
    )


UNREAL = re.compile(
    r"\b(?:as if|as though|like an?|if|wish(?:ed)?|dreamed|dreamt|dream|pretend\w*|claim\w*|told|swore|lied|insisted)\b"
)
APART = re.compile(r"[;:]|\b(?:and|then|after|before|later|until|since|while|whose|but)\b")
"""What comes between an age and a year that have nothing to do with each other."""
ANOTHER = re.compile(r"\b(?:met|married|saw|knew|son|daughter|wife|husband|brother|sister)\b")
ASIDE = re.compile(r",(?! in\b)")
DAY = re.compile(r",? (?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z]\w+|[A-Z]\w+ \d{1,2},) \Z")
OPENING = re.compile(r"\b(?:the year (?:was|is)|it (?:was|is)(?: the year)?)\s\Z", re.IGNORECASE)
"""`The year was 1880, and little Hugo was eight`."""
FAR, LONGEST = 120, 2000
NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join((*ONES[2:], *TENS, *ORDINALS[2:], *ROUND))})", re.IGNORECASE
)
BEGINNING = re.compile(r"\W*(?:(?:In|By|At|On|During) [^,]{0,60},? ?)?(?:(?:at|of) (?:the )?)?")


@dataclass(frozen=True, slots=True)
class Year:
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Aged:
    """Somebody is so many years old: at least `low`, at most `high`, `said` in round figures."""

    start: int
    end: int
    said: int
    low: int
    high: int
    who: Person

    @property
    def vague(self) -> bool:
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Said:
    """A passage and what it says of years and ages."""

    passage: Passage
    years: Sequence[Year]
    ages: Sequence[Aged]
    born: Person | None

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(year.number for year in self.years)


def read(passage: Passage) -> Said:
    text = passage.text
    if len(text) > LONGEST or not NUMBER.search(text):
        return Said(passage, (), (), None)
    found = years(text)
    old = [
        aged
        for aged in ages(text)
        if not any(aged.start < year.end and year.start < aged.end for year in found)
        and not UNREAL.search(text[max(0, aged.start - FAR) : aged.start])
    ]
    return Said(passage, found, old, born(text) if found or old else None)


def years(said: str) -> list[Year]:
    """`Twenty-five` is none; `'32` is of the century of the years around it."""
    found = list(YEARS.finditer(said))
    full = [n for match in found if match["full"] and (n := number(match["full"])) >= FIRST]
    century = full[0] // CENTURY * CENTURY if full else LATELY
    return [
        Year(
            *match.span(), number(match["full"]) if match["full"] else century + int(match["short"])
        )
        for match in found
        if match["short"] or number(match["full"]) >= FIRST
    ]


def born(said: str) -> Person | None:
    """Whoever is born in this sentence."""
    found = BIRTH.search(said)
    if not found:
        return None
    start = found.start()
    who = subject_of_verb(said, start) if VERB.match(said, start) else subject(said, start)
    return following(said, found.end()) if who is ANYBODY and _begins(said, start) else who


def _begins(said: str, end: int) -> bool:
    """Is nobody named before?"""
    return BEGINNING.fullmatch(said, 0, end) is not None


def ages(said: str) -> list[Aged]:
    found = sorted(_ages(said), key=lambda aged: (aged.start, aged.end))
    return [one for n, one in enumerate(found) if not n or one.start >= found[n - 1].end]


def _ages(said: str) -> Iterator[Aged]:
    for pattern in _known():
        for match in pattern.finditer(said):
            groups = match.groupdict()
            kind = next(name for name in ("n", "nth_year", "n_th") if groups.get(name))
            age = number(match[kind]) - (kind == "nth_year")
            if 0 < age <= OLDEST:
                less, more = _leeway(said[max(0, match.start(kind) - 24) : match.start(kind)])
                who = _who(said, match, groups)
                yield Aged(*match.span(kind), age, age - less, age + more, who)


def _who(said: str, match: re.Match[str], groups: Mapping[str, str | None]) -> Person:
    if whose := groups.get("whose"):
        return subject(said, match.end("whose") - 2) if "'" in whose or "’" in whose else ANYBODY
    noun = groups.get("noun")
    if noun and NAME.fullmatch(noun):
        name = NAME.match(said, match.start("noun"))
        return called(name[0] if name else noun)
    if noun and noun not in ("and", "or", "in", "when", "at", "on", "who", "that", "with"):
        return described(noun, "the")
    start = match.start() + (match[0][1:3] == ", ")
    is_verb = VERB.match(said, start) is not None
    who = subject_of_verb(said, start) if is_verb else subject(said, start)
    return following(said, match.end()) if who is ANYBODY and _begins(said, start) else who


def _leeway(before: str) -> tuple[int, int]:
    """How many years less, and more, these words allow."""
    return next(((less, more) for words, less, more in _vague() if words.search(before)), (0, 0))


def belong(said: str, aged: Aged, when: Year) -> bool:
    """Is it the age of that year?"""
    if aged.start < when.start:
        between = DAY.sub("", said[aged.end : when.start])
        apart = bool(ASIDE.search(between)) and not BIRTH.search(between)
    else:
        between = said[when.end : aged.start].removesuffix(": ")
        if OPENING.search(said, 0, when.start):
            return True
        by_the_way = said[: aged.start].endswith("at ") and "," in between
        apart = (by_the_way or bool(ANOTHER.search(between))) and not BIRTH.search(between)
    return len(between) <= FAR and not apart and not APART.search(BIRTH.sub("", between))


@cache
def _known() -> tuple[re.Pattern[str], ...]:
    return _patterns(_table()["adverbs"])


@cache
def _vague() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    return tuple(
        (re.compile(rf"\b(?:{row['words']})\s\Z", re.IGNORECASE), row["less"], row["more"])
        for row in _table()["vague"]
    )


@cache
def _table() -> Mapping[str, Any]:
    file = resources.files(__package__) / "ages.toml"
    return tomllib.loads(file.read_text("utf-8"))
