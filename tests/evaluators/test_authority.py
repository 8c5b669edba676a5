"""Only an evaluator whose card earns it may block; the cards are written by a benchmark."""

import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from l2mac_write.checking import by_code
from l2mac_write.checking.codes import meanings
from l2mac_write.evaluators import EVALUATORS, WHOLE, panel
from l2mac_write.evaluators.authority import capped, gravest
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.importers.manuscripts import cut
from tests.benchmarks.seeds import PROSE
from tests.benchmarks.seeds.books import books
from tests.benchmarks.seeds.copies import Wanted, copies

BLOCK, REVISE, ADVISE = Severity


def table(name):
    return tomllib.loads((resources.files("l2mac_write.evaluators") / name).read_text("utf-8"))


CARDS, NECESSARY = table("cards.toml"), table("necessary.toml")
NAMED = [(evaluator, code) for evaluator, codes in CARDS.items() for code in codes]


def may_block(evaluator, code):
    card = CARDS.get(evaluator, {}).get(code)
    earned = card and card["interval"][0] >= 0.9 and card["false_alarms"] <= 0.5
    return bool(earned) or code in NECESSARY.get(evaluator, {})


@pytest.mark.parametrize(
    ("evaluator", "code"), [*NAMED, ("language", "DOC-LANG"), ("cast", "CHR-NAME")]
)
def test_it_may_block_if_its_card_earns_it_and_not_otherwise(evaluator, code):
    assert (gravest(evaluator, code) is BLOCK) == may_block(evaluator, code)


@pytest.mark.parametrize("evaluator", [*CARDS, *NECESSARY])
def test_every_card_is_that_of_an_evaluator_that_is_there(evaluator):
    assert evaluator in {*EVALUATORS, *WHOLE}
    assert {*CARDS.get(evaluator, ()), *NECESSARY.get(evaluator, ())} <= meanings().keys()


def test_what_blocks_unmeasured_says_why_and_has_no_card():
    reasons = [why["why"] for codes in NECESSARY.values() for why in codes.values()]
    both = [c for name, codes in NECESSARY.items() for c in codes if c in CARDS.get(name, ())]

    assert all(len(reason) > 80 for reason in reasons)
    assert both == []


def test_a_finding_is_no_graver_than_its_card_allows_and_otherwise_as_it_was():
    grave = Finding("XX-NEW", BLOCK, "1.md", "It is new.", by="cast")

    assert capped(grave) == replace(grave, severity=REVISE)
    assert capped(replace(grave, severity=ADVISE)).severity is ADVISE


def test_whatever_is_found_in_a_seeded_book_blocks_only_where_its_card_allows_it():
    book = next(iter(books(PROSE)))
    found = [
        finding
        for seeded in copies(book, Wanted("mechanical", count=1))
        for finding in by_code.judged(
            [Work(p.path, p.text, 0, p.title) for p in cut("a.md", seeded.text)]
        )
    ]
    blocking = {(f.by, f.code) for f in found if f.severity is BLOCK}

    assert blocking
    assert all(may_block(*who) for who in blocking)


def test_an_evaluator_that_is_measured_is_heard_as_it_speaks():
    evaluators, whole = panel.outspoken()
    text = "It rained on the ford and on the two men who had come to count its stones. " * 40
    severities = {f.severity for f in evaluators["duplicates"](Work("1.md", text, 0))}

    assert BLOCK in severities
    assert whole.keys() == WHOLE.keys()


def test_a_model_that_judges_has_no_authority_but_that_of_its_own_card():
    doubt = Finding("CHR-ATTR", Severity.BLOCK, "chapters/01.md", "Eyes.")

    assert capped(doubt.signed("continuity@nobody")).severity is Severity.REVISE
