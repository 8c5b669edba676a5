"""The card of each evaluator and code: what its word is worth, as measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.seeds.report import false_alarms
from tests.benchmarks.seeds.scoring import Score, wilson

HEAD = """\
# What the word of each evaluator is worth, by the code of its findings. Written by
# `python -m tests.benchmarks.seeded_errors CORPUS --cards FILE`; never by hand.
#
# `precision` is the share of its findings (more than advice, or the advice of those that give
# nothing else) that are planted errors, `recall` the share it found of the types of errors of
# which it found any, `false_alarms` are those in the clean books per 100,000 words.

"""


@dataclass(frozen=True, slots=True)
class Card:
    """`n` are the findings that `precision` is a share of; `interval` is its 95 % interval."""

    evaluator: str
    code: str
    precision: float
    recall: float
    false_alarms: float
    n: int
    interval: tuple[float, float]


def cards(score: Score) -> Iterator[Card]:
    right = Counter(who for hit in score.hits for who in hit.by)
    wrong = Counter((a.said.finding.by, a.said.finding.code) for a in false_alarms(score))
    clean = Counter(
        (alarm.said.finding.by, alarm.said.finding.code)
        for alarm in score.alarms
        if alarm.origin == "clean" and alarm.said.is_strong
    )
    for who in sorted({*right, *wrong}):
        n = right[who] + wrong[who]
        yield Card(
            *who,
            precision=right[who] / n,
            recall=_recall(score, who),
            false_alarms=clean[who] / score.words * 1e5,
            n=n,
            interval=wilson(right[who], n),
        )


def _recall(score: Score, who: tuple[str, str]) -> float:
    kinds = {hit.row.seed.type for hit in score.hits if who in hit.by}
    asked = [hit for hit in score.hits if hit.row.seed.type in kinds]
    return sum(who in hit.by for hit in asked) / len(asked) if asked else 0.0


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
