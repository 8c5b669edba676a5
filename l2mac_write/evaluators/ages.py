"""Do ages and spans of years add up with the years that the text gives for them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l2mac_write.evaluators.figures import CARDINAL, ORDINAL, YEAR, number
from l2mac_write.evaluators.passages import Passage, excerpt, paragraphs, sentences
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.languages import primary

OLDEST = 120
FIRST = 1000
YEAR_IN = re.compile(rf"(?<![\w,.-])(?i:{YEAR})(?![\w,]*\d)(?!\w)")
BIRTH = re.compile(
    r"\b(?:born|births?|birthdate|christen(?:ed|ing)|bapti[sz](?:ed|m)|b\.|cradle"
    r"|(?:into|entered) (?:the|this) world|saw the light)(?!\w)",
    re.IGNORECASE,
)
LIFE = re.compile(r"(?<!\d)([12]\d{3})\s?[–-]\s?([12]\d{3})(?!\d)")
AGE = re.compile(
    rf"\b(?:(?:aged?|age of|turned|reached|attained|at) (?P<after>{CARDINAL})(?![\w:%-])"
    rf"(?! (?:o|a|p)['’.]| per|[ -](?!years?\b|in\b|when\b|and\b|or\b|on\b|at\b|that\b|by\b)[a-z])"
    rf"|(?P<years>{CARDINAL})[- ](?:years? (?:old|of age)|year-old|years?['’] old)"
    rf"|(?:was|were|being|been|is) (?:then |now |only |just |already )?(?P<was>{CARDINAL})"
    rf"(?=[,.;)]|$|\s(?:years of age|years old|in|when|at|on|that|the|by)\b)"
    rf"|(?:an?|the) (?:\w+ )?(?:man|woman|boy|girl|lad|child|person) of (?P<of>{CARDINAL})\b"
    rf"|(?:lived|completed|counted|numbered|seen) (?P<lived>{CARDINAL}) (?:years|summers|winters)\b"
    rf"|(?P<since>{CARDINAL}) years (?:after|from|since) (?:his|her|their|my|the|that) birth"
    rf"|age (?:was |is |being |as |at |given as |of )*(?P<given>{CARDINAL})(?![\w:%])"
    rf"|(?:became|becoming|be) (?P<became>{CARDINAL})(?=[,.;)]|$| in| when| on)"
    rf"|in the (?P<nth_year>{ORDINAL}) year of (?:his|her|their|my) (?:life|age)"
    rf"|(?:in|entered|completed) (?:his|her|their|my) (?P<nth>{ORDINAL}) year"
    rf"|(?:his|her|their|my|['’]s|the) (?P<birthday>{ORDINAL}) birthday)",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:about|around|almost|nearly|some|over|under|barely|hardly|not yet|not|more than|less than"
    r"|at least|at most|perhaps|maybe|probably|circa|c\.|ca\.|scarcely|past|upwards of|if)\s*\Z",
    re.IGNORECASE,
)
"""What stands before an age that is not to be taken at its word."""
APART = re.compile(r"[;:]|\b(?:and|then|after|before|later|until|since|while|whose|but)\b")
"""What comes between an age and a year that have nothing to do with each other."""
ANOTHER = re.compile(r"\b(?:met|married|saw|knew|son|daughter|wife|husband|brother|sister)\b")
ASIDE = re.compile(r",(?! in\b)")
FAR = 120
PAIR = 2
NAMED_BEFORE = re.compile(r"\b[A-Z][^\W\d_]+, aged? \Z")
NAME = re.compile(r"\b[A-Z][^\W\d_]+")
SPAN = re.compile(
    rf"\b(?:from|between) (?:\w+ ){{0,2}}(?P<first>{YEAR}) (?:to|until|till|and|through)"
    rf" (?:\w+ ){{0,2}}(?P<last>{YEAR}),? [^.;:\d]{{0,40}}?\b(?:for|of|these|those|in all) "
    rf"(?P<years>{CARDINAL}) years\b",
    re.IGNORECASE,
)
LATER = re.compile(
    rf"\bin (?:\w+ (?:of )?)?(?P<first>{YEAR})\b(?P<between>[^.;:\d]{{1,90}}?)\b"
    rf"(?P<years>{CARDINAL}) years (?:later|afterwards?|after that),?"
    rf" (?:\w+ ){{0,3}}?in (?:\w+ (?:of )?)?(?P<last>{YEAR})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Aged:
    """Somebody is so old, in words that stand there."""

    start: int
    end: int
    age: int
    vague: bool


def judge(work: Work) -> tuple[Finding, ...]:
    if primary(work.language) != "en":
        return ()
    return tuple(
        finding
        for paragraph in paragraphs(work.text)
        if _years(paragraph.text)
        for said in _told(work.text, list(sentences(paragraph)))
        for finding in (*_lives(work, said), *_spans(work, said))
    )


def _told(text: str, said: Sequence[Passage]) -> Iterator[str]:
    """Each sentence; where one tells of a birth alone, with the next one about the same person."""
    yield from (sentence.text for sentence in said)
    for one, other in pairwise(said):
        is_birth = BIRTH.search(one.text) and len(_years(one.text)) == 1
        if is_birth and not BIRTH.search(other.text) and _is_about(one.text, other.text):
            yield text[one.start : other.end]


def _is_about(one: str, other: str) -> bool:
    """Does the sentence speak of him, or of somebody whom the one before names?"""
    named = {*NAME.findall(other)}
    return bool(named & {"He", "She", *NAME.findall(one)}) or " he " in other or " she " in other


def _lives(work: Work, said: str) -> Iterator[Finding]:
    """A sentence with a year of birth, one other year, and one age."""
    life = LIFE.search(said)
    if not life and not BIRTH.search(said):
        return
    years = _years(said)
    ages = [aged for aged in _ages(said) if not any(_overlap(aged, year) for year in years)]
    numbers = sorted({number(year[0]) for year in years})
    if len(numbers) != PAIR or len(ages) != 1 or ages[0].vague:
        return
    born, then = numbers
    when = next(year for year in years if number(year[0]) == then)
    if not life and (_is_anothers(said, ages[0]) or not _belong(said, ages[0], when)):
        return
    if ages[0].age not in (then - born, then - born - 1):
        yield _finding(work, said, f"Somebody born in {born} was not {ages[0].age} in {then}.")


def _years(said: str) -> list[re.Match[str]]:
    """`Twenty-five` is none."""
    return [found for found in YEAR_IN.finditer(said) if number(found[0]) >= FIRST]


def _ages(said: str) -> Iterator[Aged]:
    for found in AGE.finditer(said):
        kind = found.lastgroup or ""
        age = number(found[kind]) - (kind in ("nth", "nth_year"))
        if age <= OLDEST:
            yield Aged(*found.span(kind), age, bool(VAGUE.search(said[: found.start(kind)])))


def _overlap(aged: Aged, year: re.Match[str]) -> bool:
    return aged.start < year.end() and year.start() < aged.end


def _is_anothers(said: str, aged: Aged) -> bool:
    """`Born in 1850, he met Anna, aged 22`."""
    named = NAMED_BEFORE.search(said, 0, aged.start)
    return named is not None and BIRTH.search(said, 0, named.start()) is not None


def _belong(said: str, aged: Aged, when: re.Match[str]) -> bool:
    """Is it the age of that year?"""
    if aged.start < when.start():
        between = said[aged.end : when.start()]
        apart = bool(ASIDE.search(between)) and not BIRTH.search(between)
    else:
        between = said[when.end() : aged.start]
        by_the_way = said[: aged.start].endswith("at ") and "," in between
        apart = (by_the_way or bool(ANOTHER.search(between))) and not BIRTH.search(between)
    return len(between) <= FAR and not apart and not APART.search(between)


def _spans(work: Work, said: str) -> Iterator[Finding]:
    for found in (*SPAN.finditer(said), *LATER.finditer(said)):
        first, last, years = (number(found[name]) for name in ("first", "last", "years"))
        if _years(found.groupdict().get("between") or "") or VAGUE.search(
            said[: found.start("years")]
        ):
            continue
        if abs(last - first - years) > 1:
            yield _finding(work, said, f"From {first} to {last} it is not {years} years.")


def _finding(work: Work, said: str, message: str) -> Finding:
    return Finding(
        code="TIM-DUR",
        severity=Severity.REVISE,
        path=work.path,
        message=message,
        quote=excerpt(said),
        hint="Put right the one of the numbers that is wrong.",
    )
