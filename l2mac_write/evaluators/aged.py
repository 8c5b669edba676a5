"""How old is somebody, and in which year was somebody born, as a sentence says?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.evaluators.age_words import MOVES_ON, age_words, grains_of_salt
from l2mac_write.evaluators.births import BIRTH, born, who
from l2mac_write.evaluators.figures import ONES, ORDINALS, ROUND, TENS, YEAR, number
from l2mac_write.evaluators.passages import Passage
from l2mac_write.evaluators.persons import ANYBODY, NAME, Person, called, described, subject

OLDEST = 120
FIRST = 1000
CENTURY, LATELY = 100, 1900
YEARS = re.compile(
    rf"(?<![\w,.])(?:(?P<full>(?i:{YEAR}))(?![\w,]*\d)(?!\w)|(?<=[ (])['’](?P<short>\d\d)(?![\w'’]))"
)
LIFE = re.compile(r"(?<!\d)([12]\d{3})(?:\s?[–-]\s?| to )([12]\d{3})(?!\d)")
UNREAL = re.compile(
    r"\b(?:as if|as though|like an?|if|wish(?:ed)?|dreamed|dreamt|dream|pretend\w*|claim\w*|(?<!was )(?<!were )told|swore|lied|insisted)\b"
)
APART = re.compile(r"[;:]|\b(?:and|then|after|before|later|until|since|while|whose|where|but)\b")
"""What comes between an age and a year that have nothing to do with each other."""
ANOTHER = re.compile(r"\b(?:met|married|saw|knew|son|daughter|wife|husband|brother|sister)\b")
MEMORY = re.compile(
    r"\b(?:remember\w*|recall\w*|told|tells?|spoke|speaks?|thought|thinks?)\b[^.;]{0,80}?\b(?:how|of (?:the|a)|when|where)\b"
)
"""`He told in 1880 how at sixteen he had seen the king`."""
ASIDE = re.compile(r",(?! in\b)")
OWN = re.compile(
    r"(?:\A|[,(—–“\"] ?)(?:(?:and|or|who|he|she|was|is|being|then|now|still|already|only|just|aged|at|of|the|a|an|age|ripe|old"
    r"|early|man|woman|boy|girl|lad|child|youth|widow|widower|bachelor|spinster|having|reached|turned|himself|herself) )*\Z",
    re.IGNORECASE,
)
"""`At forty, he left`, `Ansel, then forty, left`: the comma after the age belongs to it."""
AND_WAS = re.compile(
    r",? [“\"]?(?:and|but) (?:(?:so|then|thus|therefore|hence|now|he|she|I) )*(?:was|am|turned|reached|became|is)? ?(?:only |just |already |the age of )?\Z| after \Z"
)
SAID = re.compile(r"\A(?: years old)?,?[”\"](?= (?:he|she|I|[A-Z]\w+|wrote|said)\b)")
"""`“I am forty,” she wrote in 1880`."""
LIVED = re.compile(
    r"\b(?:lived|survived|living) (?:to |for |until )?(?:be |see )?(?:the age of )?\Z"
)
AND_DIED = re.compile(r"(?: years)?,? (?:and (?=died|was (?:buried|hanged|killed))|(?=dying))")
AT_THAT = re.compile(r"(?: years old| years of age)?,? (?:when|before|after|until|at)\b")
DAY = re.compile(r",? (?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z]\w+|[A-Z]\w+ \d{1,2},) \Z")
OPENING = re.compile(
    r"\b(?:the year (?:was|is)|(?:it|that|this) (?:was|is)(?: now| already)?(?: in)?(?: the year)?)\s\Z",
    re.IGNORECASE,
)
"""`The year was 1880, and little Hugo was eight`."""
FAR, LONGEST = 120, 2000
NUMBER = re.compile(rf"\d|\b(?:{'|'.join((*ONES[2:], *TENS, *ORDINALS[2:], *ROUND))})")


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
    if len(text) > LONGEST or not NUMBER.search(text.casefold()):
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


def ages(said: str) -> list[Aged]:
    found = sorted(_ages(said), key=lambda aged: (aged.start, aged.end))
    return [one for n, one in enumerate(found) if not n or one.start >= found[n - 1].end]


def _ages(said: str) -> Iterator[Aged]:
    for pattern in age_words():
        for match in pattern.finditer(said):
            groups = match.groupdict()
            kind = next(name for name in ("n", "nth_year", "n_th") if groups.get(name))
            age = number(match[kind]) - (kind == "nth_year")
            if 0 < age <= OLDEST:
                less, more = _leeway(said[max(0, match.start(kind) - 24) : match.start(kind)])
                of = _who(said, match, groups)
                yield Aged(*match.span(kind), age, age - less, age + more, of)


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
    by_the_way = match[0].startswith("at ") and said[:start].endswith(", ")
    return ANYBODY if by_the_way else who(said, start, match.end())


def _leeway(before: str) -> tuple[int, int]:
    """How many years less, and more, these words allow."""
    found = (leeway for words, *leeway in grains_of_salt() if words.search(before))
    less, more = next(found, (0, 0))
    return less, more


def belong(said: str, aged: Aged, when: Year) -> bool:
    """Is it the age of that year?"""
    if OPENING.search(said, 0, when.start):
        return True
    between = _until(said, aged, when) if aged.start < when.start else _since(said, when, aged)
    return between is not None and len(between) <= FAR and not APART.search(BIRTH.sub("", between))


def _until(said: str, aged: Aged, when: Year) -> str | None:
    """What stands between an age and the year after it; None if it parts them."""
    between = SAID.sub("", DAY.sub("", said[aged.end : when.start]))
    if OWN.search(said, 0, aged.start):
        between = between.removeprefix(" years old").lstrip(",)")
    if LIVED.search(said, 0, aged.start):
        between = AND_DIED.sub("", between)
    return None if ASIDE.search(between) and not BIRTH.search(between) else between


def _since(said: str, when: Year, aged: Aged) -> str | None:
    """What stands between a year and the age after it; None if it parts them."""
    between = said[when.end : aged.start].replace(":", "")
    if not MOVES_ON.search(BIRTH.sub("", between)):
        between = between.removeprefix(";")
    if MEMORY.search(said, 0, aged.start) or (
        ANOTHER.search(between) and not BIRTH.search(between)
    ):
        return None
    return between if AT_THAT.match(said, aged.end) else AND_WAS.sub("", between)
