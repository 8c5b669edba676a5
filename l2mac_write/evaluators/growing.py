"""Do two ages of one person go together, in two years or at one time?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l2mac_write.evaluators.age_words import MOVES_ON
from l2mac_write.evaluators.aged import Said, belong, read
from l2mac_write.evaluators.passages import Passage
from l2mac_write.evaluators.persons import named

ADJACENT = 2


@dataclass(frozen=True, slots=True)
class Apart:
    """Two ages that one person cannot have; `surely` if the text gives the year of each."""

    one: Passage
    other: Passage
    message: str
    surely: bool


def apart(text: str, sentences: Sequence[Said]) -> Iterator[Apart]:
    """Neighbours among the clauses that tell of one age and of no birth."""
    clauses = [read(part) for said in sentences for part in _parts(said.passage)]
    told = [one for one in clauses if len(one.ages) == 1 and not one.born]
    for one, other in pairwise(told):
        (young,), (old,) = one.ages, other.ages
        if young.vague or old.vague or not _is_one(one, other):
            continue
        if one.years or other.years:
            yield from _in_two_years(one, other)
        elif young.said != old.said and _at_once(text, one, other):
            message = f"Somebody is {young.said} years old, and then {old.said}."
            yield Apart(one.passage, other.passage, message, surely=False)


def _in_two_years(one: Said, other: Said) -> Iterator[Apart]:
    if not (_is_dated(one) and _is_dated(other)):
        return
    (first,), (last,) = one.numbers, other.numbers
    young, old = one.ages[0].said, other.ages[0].said
    if abs((last - first) - (old - young)) > 1:
        message = f"Somebody who was {young} in {first} was not {old} in {last}."
        yield Apart(one.passage, other.passage, message, surely=True)


def _is_dated(said: Said) -> bool:
    return len(said.numbers) == 1 and belong(said.passage.text, said.ages[0], said.years[0])


def _at_once(text: str, one: Said, other: Said) -> bool:
    return not MOVES_ON.search(text, one.passage.start, other.passage.end)


def _is_one(one: Said, other: Said) -> bool:
    young, old = one.ages[0].who, other.ages[0].who
    if young.is_surely(old):
        return True
    follows = other.passage.start - one.passage.end < ADJACENT
    alone = len({*named(one.passage.text)}) <= 1 and bool(young.names or young.pronoun)
    return follows and alone and old.pronoun in ("he", "she", "i") and young.may_be(old)


def _parts(sentence: Passage) -> Iterator[Passage]:
    """The clauses that a semicolon parts."""
    start = 0
    for part in sentence.text.split(";"):
        yield Passage(sentence.start + start, sentence.start + start + len(part), part)
        start += len(part) + 1
