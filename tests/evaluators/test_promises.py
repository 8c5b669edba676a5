"""The sections that a text promises are there."""

import pytest

from l2mac_write.evaluators.promises import judge
from tests.evaluators.books import book

PROMISES = [
    "The section “Choosing a boat”, further on, sets out the reasons.",
    "See the section “Choosing a boat” below.",
    "In the section entitled “Choosing a boat” we shall return to this.",
    "This is treated under the heading *Choosing a boat*.",
    "The reasons are given under “Choosing a boat”, below.",
    "More of it in the “Choosing a boat” section.",
]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_section_that_is_missing_is_found(promise):
    (finding,) = judge(book(f"## Ropes\n\n{promise}"))

    assert finding.code == "NF-PROMISE"
    assert "Choosing a boat" in finding.message
    assert judge(book(promise, "## Choosing a Boat\n\nText.")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "She read the section. “I see.”",
        "the section “Boats” of the catalogue",
        "Under that heading “Stop!” was written.",
    ],
)
def test_speech_and_other_books_are_left_alone(text):
    assert judge(book(text)) == ()
