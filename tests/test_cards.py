"""Cards: what is written of the evaluators still holds on two short books."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import pytest

from tests.benchmarks.seeded_errors import measure
from tests.benchmarks.seeds import PROSE
from tests.benchmarks.seeds.books import books
from tests.benchmarks.seeds.cards import Card, cards, written
from tests.benchmarks.seeds.copies import Wanted
from tests.benchmarks.seeds.scoring import Score, wilson

CARDS = tomllib.loads((resources.files("l2mac_write.evaluators") / "cards.toml").read_text("utf-8"))
FEW = 20
"""Findings in whole books; an evaluator that has more is heard in short ones too."""
CROWDED_OUT = ("acronym", "footnote", "note", "numbers", "section")
NAMED = [(evaluator, code) for evaluator, codes in CARDS.items() for code in codes]


@cache
def score() -> Score:
    """Two of each type is all that these books hold, and of some types only where they are alone."""
    score = Score()
    wanted = [Wanted("all", "all", 2, seed) for seed in range(3)]
    for book in books(PROSE):
        measure(score, book, [*wanted, Wanted("mechanical", "all", 2, types=CROWDED_OUT)])
    return score


@cache
def measured() -> dict[tuple[str, str], Card]:
    return {(card.evaluator, card.code): card for card in cards(score())}


@pytest.mark.parametrize(("evaluator", "code"), NAMED)
def test_an_evaluator_is_worth_what_its_card_says(evaluator, code):
    """As far as so few seeds can tell: the interval of what is measured reaches the card."""
    card, now = CARDS[evaluator][code], measured().get((evaluator, code))
    if now is None and card["n"] < FEW:
        pytest.skip("nothing of its kind finds room in two short books")

    assert now
    assert now.interval[1] >= card["interval"][0]
    assert (
        not now.asked or wilson(round(now.recall * now.asked), now.asked)[1] >= card["recall"] / 2
    )


def test_a_card_is_written_as_it_is_read():
    found = tomllib.loads(written(score(), "2026-11-26"))

    for (evaluator, code), card in measured().items():
        assert found[evaluator][code]["n"] == card.n
        assert found[evaluator][code]["recall"] == pytest.approx(card.recall, abs=0.001)
