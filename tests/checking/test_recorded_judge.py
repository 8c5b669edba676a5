"""The judge that ships is worth what its card says, by the recorded answers of a capable model."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import pytest

from l2mac_write.evaluators.authority import gravest
from l2mac_write.findings import Severity
from tests.benchmarks.seeds import PROSE, product
from tests.benchmarks.seeds.books import books
from tests.benchmarks.seeds.copies import Wanted, copies
from tests.benchmarks.seeds.recorded import ANSWERS, Recorded

JUDGES = tomllib.loads(
    (resources.files("l2mac_write.evaluators") / "judges.toml").read_text("utf-8")
)
WANTED = Wanted("facts", "hidden", 1)
LLM = Recorded(ANSWERS)
CARD = JUDGES["continuity"][LLM.model]


@cache
def found():
    return product.rulings((copy for book in books(PROSE) for copy in copies(book, WANTED)), LLM)


@pytest.mark.parametrize("figure", [name for name in CARD if name != "date"])
def test_the_judge_is_worth_what_its_card_says(figure):
    assert product.card(found())[figure] == CARD[figure]


def test_few_of_its_passages_are_new_to_the_recorded_judge():
    found()

    assert len(LLM.missing) <= len(LLM.known) / 10


def test_second_judges_let_some_of_what_is_claimed_pass():
    claimed = sum(each.claims for each in found())

    assert claimed > sum(len(each.rulings) + each.crossed for each in found())


def test_in_so_few_words_nobody_has_earned_to_stop_a_book():
    assert gravest(f"continuity@{LLM.model}", "CHR-ATTR") is Severity.REVISE
