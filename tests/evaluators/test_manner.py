"""A chapter that is told in another manner than its book is mentioned, and no more."""

import pytest

from l2mac_write.evaluators.manner import judge
from l2mac_write.findings import Severity
from tests.evaluators.wholes import whole

PAST = "She was at the door and he had gone; nobody said a word in the gray color of the hall. "
PRESENT = "She is at the door and he has gone; nobody says a word in the gray color of the hall. "
TOLD = "I was at my door and he had gone; he said not a word to me in my gray hall. "
BRITISH = "She was at the door and he had gone; nobody said a word in the grey colour of the hall. "
SPOKEN = "“Yes,” said she, and he was silent, for he had gone. "
STRAIGHT = '"Yes," said she, and he was silent, for he had gone. '


def found(book, odd):
    return judge(whole(*[book * 40] * 5, odd * 40))


@pytest.mark.parametrize(
    ("book", "odd", "code"),
    [
        (PAST, TOLD, "NAR-POV"),
        (TOLD, PAST, "NAR-POV"),
        (PAST, PRESENT, "NAR-TENSE"),
        (PRESENT, PAST, "NAR-TENSE"),
        (PAST, BRITISH, "NAR-STYLE"),
        (SPOKEN * 2, STRAIGHT * 2, "NAR-STYLE"),
    ],
)
def test_a_chapter_told_in_another_manner_is_mentioned(book, odd, code):
    findings = [finding for finding in found(book, odd) if finding.code == code]

    assert [finding.path for finding in findings] == ["chapters/06.md"]
    assert {finding.severity for finding in findings} == {Severity.ADVISE}


@pytest.mark.parametrize("book", [PAST, PRESENT, TOLD, BRITISH, SPOKEN * 2, STRAIGHT * 2])
def test_a_book_that_keeps_its_manner_is_clean(book):
    assert found(book, book) == ()


def test_what_people_say_is_not_how_the_book_is_told():
    spoken = f"{PAST} “I am here, and I say what is so, my dear,” she said. "

    assert found(PAST, spoken) == ()


def test_languages_whose_verbs_we_do_not_know_are_not_judged():
    assert judge(whole(*[PAST * 40] * 5, PRESENT * 40, language="de")) == ()
