"""Do ages and spans of years add up with the years that the text gives for them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from l2mac_write.evaluators.age_words import MOVES_ON
from l2mac_write.evaluators.aged import LIFE, Aged, Said, belong, read
from l2mac_write.evaluators.births import BIRTH
from l2mac_write.evaluators.growing import apart
from l2mac_write.evaluators.passages import Passage, excerpt, paragraphs, sentences
from l2mac_write.evaluators.persons import named
from l2mac_write.evaluators.spans import spans
from l2mac_write.findings import Evidence, Finding, Severity, Work
from l2mac_write.text.languages import primary

DEATH = re.compile(
    r"\b(?:die[sd]|dead|death|kill|fell|hang|drown|perish|lived|succumb|pass|bur(?:y|ied)|lies|(?:head|grave|tomb)?stone|dates|slain|left"
    r"|executed|beheaded|grave|tomb|obituary)",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    r"[\s,(—–]*(?:died |d\. )?(?:at )?(?:the )?(?:age of|aged?)\s\Z", re.IGNORECASE
)
PRONOUN = re.compile(r"\b(?:he|she|I)\b")
BRACKETS = re.compile(r"[(\[]([^()\[\]]{20,})[)\]]")
BRIEF = 60
PAIR = 2


def judge(work: Work) -> tuple[Finding, ...]:
    if primary(work.language) != "en":
        return ()
    return tuple(finding for each in paragraphs(work.text) for finding in _paragraph(work, each))


def _paragraph(work: Work, paragraph: Passage) -> Iterator[Finding]:
    said = [read(passage) for passage in sentences(paragraph)]
    if not any(one.ages or one.years for one in said):
        return
    together = (*_joined(work.text, said), *_in_three(work.text, said), *_in_brackets(said))
    found = (finding for one in (*said, *together) for finding in _lives(work, one))
    lives = {finding.message: finding for finding in found}
    yield from lives.values()
    for span in spans(paragraph.text):
        if not span.adds_up:
            message = f"From {span.first} to {span.last} it is not {span.passed} years."
            yield _finding(work, span.said, message)
    if not lives:
        for wrong in apart(work.text, said):
            yield _finding(
                work,
                wrong.other.text,
                wrong.message,
                advise=not wrong.surely,
                before=wrong.one.text,
            )


def _joined(text: str, said: Sequence[Said]) -> Iterator[Said]:
    """Two sentences of which one alone does not tell the birth, the year and the age."""
    for one, other in pairwise(said):
        if len(one.ages) + len(other.ages) != 1 or (one.born and other.born):
            continue
        if len(one.numbers) < PAIR and len(other.numbers) < PAIR:
            yield read(_between(text, one, other))
        elif one.ages or other.years or not DEATH.search(one.passage.text):
            continue
        elif len(other.passage.text) <= BRIEF and not MOVES_ON.search(other.passage.text):
            yield read(_between(text, one, other))


def _in_three(text: str, said: Sequence[Said]) -> Iterator[Said]:
    """`She was born in 1850. She married in 1880. She was forty.`"""
    for one, other, third in zip(said, said[1:], said[2:], strict=False):
        dated = bool(one.born) and len(one.numbers) == len(other.numbers) == 1 and not other.born
        aged = len(third.ages) == 1 and not (third.years or one.ages or other.ages)
        brief = len(third.passage.text) <= BRIEF and not MOVES_ON.search(third.passage.text)
        if dated and aged and brief:
            yield read(_between(text, one, third))


def _in_brackets(said: Sequence[Said]) -> Iterator[Said]:
    """`(Clara, born in 1850, was forty in 1880)` is said of nobody outside."""
    for one in said:
        for found in BRACKETS.finditer(one.passage.text) if len(one.numbers) >= PAIR else ():
            start = one.passage.start + found.start(1)
            yield read(Passage(start, start + len(found[1]), found[1]))


def _between(text: str, one: Said, other: Said) -> Passage:
    start, end = one.passage.start, other.passage.end
    return Passage(start, end, text[start:end])


def _lives(work: Work, said: Said) -> Iterator[Finding]:
    """A year of birth, one other year, and one age."""
    text = said.passage.text
    life = LIFE.search(text)
    if (not life and not said.born) or len(said.numbers) != PAIR or len(said.ages) != 1:
        return
    (aged,), (birth, then) = said.ages, sorted(said.numbers)
    when = next(year for year in said.years if year.number == then)
    if life:
        is_his = bool(DEATH.search(text)) or bool(AT_ONCE.search(text, life.end(), aged.start))
    else:
        is_his = _is_of(said, aged) and belong(text, aged, when)
    if is_his and not _fits(aged, then - birth):
        message = f"Somebody born in {birth} was not {aged.said} in {then}."
        yield _finding(work, text, message, advise=aged.vague)


def _fits(aged: Aged, passed: int) -> bool:
    return any(aged.low <= age <= aged.high for age in (passed, passed - 1))


def _is_of(said: Said, aged: Aged) -> bool:
    """Is it the age of whoever is born here?"""
    if not said.born or not said.born.may_be(aged.who):
        return False
    if not aged.who.names or said.born.is_surely(aged.who):
        return True
    text, birth = said.passage.text, BIRTH.search(said.passage.text)
    start = birth.start() if birth else 0
    between = text[birth.end() if birth else 0 : aged.start]
    nearby = named(text[min(start, aged.start) : max(start, aged.start)])
    return not PRONOUN.search(between) and all(person.may_be(aged.who) for person in nearby)


def _finding(
    work: Work, said: str, message: str, *, advise: bool = False, before: str = ""
) -> Finding:
    return Finding(
        code="TIM-DUR",
        severity=Severity.ADVISE if advise else Severity.REVISE,
        path=work.path,
        message=message,
        quote=excerpt(said),
        hint="Put right the one of the numbers that is wrong.",
        conflict=Evidence(work.path, excerpt(before)) if before else None,
    )
