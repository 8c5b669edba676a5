"""What those who judge a whole book promise: they never fail, and stay quick."""

import pytest
from hypothesis import given, settings

from l2mac_write.evaluators import WHOLE
from l2mac_write.findings import mended
from tests.evaluators.abroad import LANGUAGES, texts
from tests.evaluators.books import book
from tests.evaluators.test_every_evaluator import JUNK, MARKED, TEXT
from tests.evaluators.works import PROSE
from tests.timing import at_most

PAGE = (
    "On Tuesday, 3 March 1954, Anna (1920–1980), aged 34, read [1] in chapter 3.[^1]"
    " The seven rooms in the house, the Royal Trust (RT), and *terms* is a word. "
)


@pytest.mark.parametrize("name", WHOLE)
def test_clean_prose_passes(name):
    assert list(WHOLE[name](book(PROSE, cast=("Tomas", "Anna")))) == []


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_clean_prose_passes_in_every_language(name, language):
    assert list(WHOLE[name](book(*texts(language), language=language))) == []


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_judged_in_linear_time(junk):
    whole = book(JUNK[junk], JUNK[junk][:1000], cast=("Abcdeg",))

    with at_most(2):
        findings = [finding for judge in WHOLE.values() for finding in judge(whole)]

    assert all(finding.key and len(finding.quote) <= 90 for finding in findings)


@pytest.mark.parametrize("name", WHOLE)
def test_ten_thousand_chapters_and_a_paragraph_of_two_megabytes_take_seconds(name):
    many = book(*(f"{PAGE}Chapter {n} is Name{n} and word{n}." for n in range(10_000)))
    long = book(PAGE * (2_000_000 // len(PAGE)))

    with at_most(7):
        WHOLE[name](many)
        WHOLE[name](long)


@settings(max_examples=100, deadline=None)
@given(one=TEXT | MARKED, other=TEXT | MARKED)
def test_no_book_makes_an_evaluator_fail(one, other):
    whole = book(one, other, cast=("Tomas",))
    for judge in WHOLE.values():
        for finding in judge(whole):
            text = next(text.text for text in whole.texts if text.path == finding.path)

            assert finding.quote in text
            assert isinstance(mended(text, [finding]), str)
