"""The card of each evaluator and code: what its word is worth, as measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.evaluators.authority import is_necessary
from tests.benchmarks.seeds.judging import Who
from tests.benchmarks.seeds.scoring import Score, wilson

HEAD = """\
# What the word of each evaluator is worth, by the code of its findings. Written by
# `python -m tests.benchmarks.seeded_errors CORPUS --cards FILE`; never by hand.
#
# `precision` is the share of its findings (more than advice, or the advice of those that give
# nothing else) that are planted errors, with its 95 % interval, `n` their number, `recall` the
# share it found of the types of errors of which it found any, `false_alarms` are those in the
# clean books per 100,000 words. Block may what has a lower bound of .90 and at most .5 of these.

"""


@dataclass(frozen=True, slots=True)
class Card:
    """`precision` is a share of `n` findings, with its 95 % `interval`; `recall` one of `asked` seeds."""

    evaluator: str
    code: str
    precision: float
    recall: float
    false_alarms: float
    n: int
    interval: tuple[float, float]
    asked: int


def cards(score: Score) -> Iterator[Card]:
    told = {who for hit in score.hits for who in hit.by}
    told |= {alarm.said.who for alarm in score.alarms if alarm.counts}
    measured = (who for who in sorted(told) if not is_necessary(*who))
    found = (_card(score, who, only_strong=_is_strong(score, who)) for who in measured)
    yield from (card for card in found if card.n)


def _is_strong(score: Score, who: Who) -> bool:
    """Whether it ever gives more than advice: then its advice is neither right nor wrong."""
    alarms = any(alarm.said.is_strong for alarm in score.alarms if alarm.said.who == who)
    return alarms or any(who in hit.strong for hit in score.hits)


def _card(score: Score, who: Who, *, only_strong: bool) -> Card:
    found = [hit for hit in score.hits if who in (hit.strong if only_strong else hit.by)]
    alarms = {
        alarm.key: alarm
        for alarm in reversed(score.alarms)
        if alarm.said.who == who and alarm.counts and (alarm.said.is_strong or not only_strong)
    }
    n = len(found) + len(alarms)
    kinds = {hit.row.seed.type for hit in found}
    asked = sum(hit.row.seed.type in kinds for hit in score.hits)
    clean = sum(alarm.origin == "clean" for alarm in alarms.values())
    return Card(
        *who,
        precision=len(found) / n if n else 0.0,
        recall=len(found) / asked if asked else 0.0,
        false_alarms=clean / score.words * 1e5,
        n=n,
        interval=wilson(len(found), n),
        asked=asked,
    )


def written(score: Score, date: str) -> str:
    return HEAD + "\n".join(_written(card, date) for card in cards(score))


def _written(card: Card, date: str) -> str:
    low, high = card.interval
    return (
        f"[{card.evaluator}.{card.code}]\n"
        f"precision = {card.precision:.3f}\n"
        f"recall = {card.recall:.3f}\n"
        f"false_alarms = {card.false_alarms:.2f}\n"
        f"n = {card.n}\n"
        f"interval = [{low:.3f}, {high:.3f}]\n"
        f"date = {date}\n"
    )
