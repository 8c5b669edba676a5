"""A name that the book knows well is not spelled otherwise."""

import pytest

from l2mac_write.evaluators.variants import judge
from l2mac_write.findings import Severity, mended
from tests.evaluators.books import book

PAGE = (
    "So Elizabeth Marlowe met Jonas at the ferry, and Lindqvist was with them. Later Elizabeth"
    " and Jonas spoke of the Thames, and Lindqvist laughed. Nobody knew Martian, or the Thames. "
) * 6


def found(tail, **known):
    return judge(book(PAGE, f"At last {tail} came back.", **known))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Elizabeth", "Elizabteh"),
        ("Elizabeth", "Elizabth"),
        ("Lindqvist", "Lindqvvist"),
        ("Lindqvist", "Lindqist"),
        ("Jonas", "Jnoas"),
        ("Thames", "Thamess"),
    ],
)
def test_a_slip_is_found_without_a_plan_and_put_right(right, wrong):
    (finding,) = found(wrong)

    assert finding.severity is Severity.REVISE
    assert finding.quote == wrong
    assert finding.conflict.quote == right
    assert mended(f"At last {wrong} came back.", [finding]) == f"At last {right} came back."


def test_a_slip_is_found_in_each_chapter_that_has_it():
    findings = judge(book(PAGE, "Then Elizabteh left.", "Now Elizabteh came."))

    assert [finding.path for finding in findings] == ["chapters/02-x.md", "chapters/03-x.md"]


@pytest.mark.parametrize(
    "other", ["Elizabeth’s", "Marlowes", "Lindqvists", "Marcus", "June", "Sunday"]
)
def test_possessives_plurals_and_other_names_are_left_alone(other):
    assert found(other) == ()


def test_a_spelling_that_the_text_shows_in_italics_is_no_slip():
    assert judge(book(PAGE, "In the oldest register it was *Elizabth*.")) == ()


@pytest.mark.parametrize("name", ["Martin", "Jones"])
def test_what_may_be_another_name_is_only_remarked_upon(name):
    assert [finding.severity for finding in found(name)] == [Severity.ADVISE]


def test_a_word_that_the_book_has_in_small_letters_is_no_slip():
    assert judge(book(PAGE, "Thamis was a word, and thamis stayed one.")) == ()


def test_a_name_of_the_plan_is_no_slip_of_another():
    assert found("Martin", cast=("Martin Vale",)) == ()


def test_where_names_are_declined_nothing_is_said():
    assert (
        judge(book("Тогда Ирина ушла. И Ирина, и Ирина знали. " * 6, "У Ирены.", language="ru"))
        == ()
    )
