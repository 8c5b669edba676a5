"""Dates, ages, days, counts and abbreviations go together, in whatever words a text gives them."""

import pytest

from l2mac_write.evaluators import EVALUATORS, WHOLE
from tests.evaluators.books import book
from tests.evaluators.works import PARAGRAPHS, cases, work

CASES = cases("sums.toml")


def told(kind):
    return [(name, text) for name, texts in CASES.items() for text in texts[kind]]


def judged(name, text):
    """What the evaluator has against the text in the middle of flawless prose."""
    around = "\n\n".join((*PARAGRAPHS[:2], text, *PARAGRAPHS[2:4]))
    if name in EVALUATORS:
        return EVALUATORS[name](work(around))
    return [f for f in WHOLE[name](book(around)) if not f.message.endswith("explained twice.")]


@pytest.mark.parametrize(("name", "text"), told("wrong"))
def test_what_does_not_go_together_is_found_and_quoted(name, text):
    findings = judged(name, text)

    assert findings
    assert all(finding.quote in text for finding in findings)


@pytest.mark.parametrize(("name", "text"), told("fine"))
def test_what_only_looks_like_it_is_left_alone(name, text):
    assert not judged(name, text)
