"""Nothing stands twice in a book, unless it is meant to come back."""

import random

import pytest

from l2mac_write.evaluators.repeats import judge
from l2mac_write.findings import Severity
from tests.evaluators.test_duplicates import LONG, OTHER, edited
from tests.evaluators.wholes import whole
from tests.evaluators.works import PARAGRAPHS, PROSE, severities

ENDING = "And that was all, at least for the time being, he said."


def test_a_book_that_says_everything_once_is_clean():
    assert judge(whole(PROSE, OTHER)) == ()


@pytest.mark.parametrize("paragraph", LONG)
def test_a_paragraph_of_an_earlier_chapter_is_found_with_its_twin(paragraph):
    findings = judge(whole(PROSE, "Nothing came of it.", f"{OTHER}\n\n{paragraph}\n\n{ENDING}"))

    assert [f.path for f in findings] == ["chapters/03.md"]
    assert findings[0].conflict.path == "chapters/01.md"
    assert findings[0].quote == findings[0].conflict.quote
    assert findings[0].severity is Severity.BLOCK


@pytest.mark.parametrize("paragraph", LONG)
def test_a_paragraph_with_every_seventh_word_changed_is_still_the_same(paragraph):
    rng = random.Random(paragraph)
    books = [whole(PROSE, f"{OTHER}\n\n{edited(paragraph, 0.15, rng)}") for _ in range(50)]

    assert sum(bool(judge(book)) for book in books) >= 49


def test_a_paragraph_repeated_in_its_own_chapter_is_found():
    (finding,) = judge(whole(f"{PROSE}\n\n{LONG[0]}\n\n{ENDING}"))

    assert "earlier in this text" in finding.message


@pytest.mark.parametrize(
    "passage",
    [
        "“My dear sister,” the letter began, “the house is sold, and we leave it on Friday.”",
        "*The house is sold, and we leave it on Friday with all that we can carry, my dear.*",
        "> The house is sold, and we leave it on Friday with all that we can carry, my dear.",
    ],
)
def test_a_letter_that_is_quoted_twice_is_only_mentioned(passage):
    findings = judge(whole(f"{PROSE}\n\n{passage}\n\n{ENDING}", f"{OTHER}\n\n{passage}\n\nSo."))

    assert set(severities(findings)) == {Severity.ADVISE}


def test_two_chapters_that_begin_with_the_same_sentence_are_found():
    first = "The rain had stopped by noon, and nobody was glad."

    (finding,) = judge(whole(f"{first} {OTHER}", PROSE, f"{first} Then it was quiet."))

    assert (finding.path, finding.conflict.path) == ("chapters/03.md", "chapters/01.md")
    assert finding.severity is Severity.REVISE


def test_two_chapters_that_end_with_the_same_few_words_are_only_mentioned():
    (finding,) = judge(
        whole(f"{OTHER}\n\nAnd so to bed at last.", f"{PROSE}\n\nAnd so to bed at last.")
    )

    assert finding.severity is Severity.REVISE
    assert severities(judge(whole(f"{OTHER}\n\nAnd so to bed.", f"{PROSE}\n\nAnd so to bed."))) == [
        Severity.ADVISE
    ]


def test_chinese_paragraphs_are_compared_by_character():
    paragraph = "灯塔看守人又数了一遍楼梯，虽然十一年来他每天晚上都数。一共有二百零四级。今晚却有二百零五级。"
    book = whole(paragraph, f"他下楼去了。\n\n{paragraph}", language="zh")

    assert "NAR-DUP" in {finding.code for finding in judge(book)}


def test_prose_of_which_no_paragraph_is_alike_is_not_confused():
    assert judge(whole(*PARAGRAPHS)) == ()
