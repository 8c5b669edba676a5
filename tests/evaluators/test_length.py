"""A text has about as many words as were asked for."""

from dataclasses import replace

import pytest

from l2mac_write.evaluators.length import judge
from l2mac_write.findings import Severity
from tests.evaluators.works import chapters, severities, work

HUNDRED = "word " * 100


@pytest.mark.parametrize(
    ("asked", "severity"),
    [
        (95, None),
        (110, None),
        (112, Severity.REVISE),
        (90, Severity.REVISE),
        (199, Severity.REVISE),
        (51, Severity.REVISE),
        (201, Severity.BLOCK),
        (49, Severity.BLOCK),
    ],
)
def test_a_tenth_is_near_enough_and_the_further_off_the_graver(asked, severity):
    text = HUNDRED * 10
    assert severities(judge(work(text, words=asked * 10))) == ([severity] if severity else [])


def test_a_text_off_by_exactly_a_tenth_is_near_enough():
    assert judge(work("word " * 900, words=1000)) == ()
    assert judge(work("word " * 1100, words=1000)) == ()


def test_a_short_text_may_miss_its_length_by_twenty_words():
    assert judge(work("word " * 140, words=120)) == ()
    assert severities(judge(work("word " * 141, words=120))) == [Severity.REVISE]


def test_the_writer_is_told_both_numbers_and_the_difference():
    (finding,) = judge(work(HUNDRED, words=1300))

    assert finding.message == (
        "The text is too short by 1,200 words: it has 100 words, and 1,300 were asked for."
    )
    assert "Add about 1,200 words" in finding.hint


def test_a_writer_who_is_to_make_up_for_others_is_told_the_length_that_he_was_asked_for():
    text = "word " * 500
    (finding,) = judge(replace(work(text, words=900), asked=843))

    assert "too short by 343 words" in finding.message
    assert "843 were asked for" in finding.message
    assert "Add about 343 words" in finding.hint


def test_an_empty_text_blocks_even_where_no_length_was_asked_for():
    assert severities(judge(work(" \n", words=0))) == [Severity.BLOCK]


def test_no_target_means_no_complaint():
    assert judge(work(HUNDRED, words=0)) == ()


def test_a_chapter_much_shorter_than_those_before_it_is_remarked_upon():
    earlier = chapters(HUNDRED * 5, HUNDRED * 4)

    (finding,) = judge(work(HUNDRED, words=0, earlier=earlier))

    assert finding.severity is Severity.ADVISE
    assert "450 on average" in finding.message


def test_a_chapter_planned_to_be_short_may_be_short():
    assert judge(work(HUNDRED, words=100, earlier=chapters(HUNDRED * 5))) == ()


def test_notes_do_not_count_as_chapters_before_it():
    earlier = tuple(
        text.__class__(f"notes/{text.path}", text.text) for text in chapters("w " * 900)
    )

    assert judge(work(HUNDRED, words=0, earlier=earlier)) == ()


def test_japanese_is_counted_in_characters():
    assert judge(work("灯台守は毎晩階段を数えた。" * 10, words=120, language="ja")) == ()
