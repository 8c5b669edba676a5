"""A quote is found however lightly it was changed, and nothing else is."""

import re

import pytest

from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.llm.rehearsal import prose
from tests.benchmarks.quote_anchoring import FALSE, NEARLY, TRUE, made, share
from tests.timing import at_most

TEXT = (
    "# The Ferry\n\nThe toll was two pence a head, and nobody paid it twice.\n\n"
    "“Don’t wait,” said Ansel — he never raised his voice — “for a man who cannot swim.”"
)
ANCHORS = Anchors(TEXT)


@pytest.mark.parametrize(
    "quote",
    [
        "The toll was two pence a head",
        "THE TOLL WAS TWO PENCE A HEAD!",
        '"Don\'t wait," said Ansel - he never raised his voice',
        "the toll … nobody paid it twice",
        "The toll was... paid it twice.",
        "  said\nAnsel  he never ",
        "Ansel he never lifted his voice for a man who cannot swim",
        "the toll was two pence head and nobody paid it twice",
    ],
)
def test_a_quote_that_was_lightly_changed_is_found(quote):
    assert ANCHORS.find(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "…",
        "two pence",
        "the toll was three shillings a cart",
        "nobody paid … the toll was",
        "waited for nobody in the rain",
        "Ansel never shouted for any man that could not dive",
        "oll was two pen",
    ],
)
def test_words_that_are_not_there_are_not_found(quote):
    assert ANCHORS.find(quote) is None


def test_what_is_kept_are_the_words_of_the_text_and_where_they_stand():
    found = ANCHORS.find("DON'T WAIT said ansel")

    assert found.quote == "Don’t wait,” said Ansel"
    assert TEXT[found.start : found.end] == found.quote
    assert found.paragraph == 2


def test_chinese_is_found_word_by_word_too():
    assert Anchors("他把账本藏在磨坊的地板下面。").find("账本藏在磨坊").quote == "账本藏在磨坊"


def test_of_true_quotes_all_are_found_and_of_false_ones_none():
    sentence = re.compile(r"(?<=[.])\s+")
    book, other = ("\n".join(sentence.split(prose(6000, seed))) for seed in ("one", "two"))
    anchors = Anchors(book)
    shares = {
        kind: share(anchors, quotes)
        for kind, quotes in made({**TRUE, **NEARLY, **FALSE}, book, other).items()
    }

    assert all(shares[kind] == 1 for kind in TRUE)
    assert all(shares[kind] >= 0.85 for kind in NEARLY)
    assert all(shares[kind] <= 0.05 for kind in FALSE)


def test_a_hostile_quote_takes_no_time():
    anchors = Anchors("the the the the " * 5_000)
    with at_most(3.5):
        for quote in ("the " * 150, "the … " * 100, "the the … " * 100 + "end", "x " * 300):
            anchors.find(quote)
