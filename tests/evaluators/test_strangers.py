"""Nobody is thanked whom the request does not name."""

import pytest

from l2mac_write.evaluators.strangers import judge
from l2mac_write.findings import Severity
from tests.evaluators.works import work

BRIEF = "A book on tides. Thank Rosa Ferrante, who lent me her boat, and the town of Tidewell."


def named(text, *, brief=BRIEF, language="en"):
    return [finding.quote for finding in judge(work(text, brief=brief, language=language))]


@pytest.mark.parametrize(
    ("text", "strangers"),
    [
        ("My thanks go to Rosa Ferrante and to all of Tidewell.", []),
        ("My thanks go to Margaret Hale, and to Rosa Ferrante.", ["Margaret", "Hale"]),
        ("For my mother, who could wait. She taught me.", []),
        ("Thanks to Margaret. And again to Margaret.", ["Margaret"]),
        ("I thank FERRANTE on Monday.", []),
    ],
)
def test_whoever_is_named_is_named_in_the_request(text, strangers):
    assert named(text) == strangers


def test_a_stranger_has_to_go_but_stops_no_book():
    (finding,) = judge(work("Thanks to Margaret.", brief=BRIEF))

    assert finding.severity is Severity.REVISE
    assert "`Margaret`" in finding.message


@pytest.mark.parametrize("language", ["de", "pl", "zh", "ar"])
def test_where_a_capital_tells_no_name_nothing_is_said(language):
    assert named("Mein Dank gilt der Stadt und Margaret.", language=language) == []


def test_without_a_request_there_is_nothing_to_hold_it_to():
    assert named("Thanks to Margaret.", brief="") == []


def test_many_strangers_are_told_of_once():
    names = " ".join(f"and Margaret{letter}" for letter in "abcdefghijklmnop")

    assert len(named(f"Thanks to Rosa {names}.")) == 6
