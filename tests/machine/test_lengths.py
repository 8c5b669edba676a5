"""A book lands at its length: a chapter makes up for what those that it builds on have missed."""

import pytest

from l2mac_write.instructions import Status
from l2mac_write.llm.scripted import says
from tests.machine.machines import chapter, machine, plan, prose

BIBLE, SUMMARY, COVER = prose(60, about="bible"), says("Ansel counts."), prose(120, about="cover")
AGREED = says('{"contradictions": []}')
SECOND = 4
"""The call for the second chapter, counted from 0."""


def after_a_first_chapter_of(words, **second):
    """A book of two chapters of 300 words each, the first of which has `words`."""
    chapters = [chapter("The Ferry", words=300), chapter("The Flood", words=300, **second)]
    run = machine(
        plan(chapters=chapters),
        BIBLE,
        prose(words, about="ferry"),
        SUMMARY,
        prose(300, about="flood"),
        SUMMARY,
        *((AGREED,) if "after" in second else ()),
        COVER,
    )
    run.registry = run.run()
    return run


@pytest.mark.parametrize(
    ("first", "asked"),
    [(300, 300), (290, 310), (275, 321), (310, 290), (325, 279)],
)
def test_a_chapter_is_asked_for_what_is_owed_up_to_seven_in_a_hundred(first, asked):
    run = after_a_first_chapter_of(first)

    assert run.llm.heard[SECOND].shape.words == asked
    assert f"about {asked} words" in run.told(SECOND + 1).text


def test_a_chapter_that_builds_on_no_other_owes_nothing():
    run = after_a_first_chapter_of(275, after=[])

    assert run.llm.heard[SECOND].shape.words == 300


def test_a_chapter_is_judged_by_its_own_length_whatever_it_was_asked_for():
    run = after_a_first_chapter_of(275)

    assert run.unit.plan().chapter(2).words == 300
    assert run.registry.status("chapter/the-flood") is Status.DONE
    assert run.registry.outcomes["chapter/the-flood"].rounds == 0


def test_what_stands_around_a_short_book_is_short():
    chapters = [chapter("The Ferry", words=300), chapter("The Flood", words=300)]
    story = [prose(300, about="ferry"), SUMMARY, prose(300, about="flood"), SUMMARY]
    preface = prose(120, about="preface")
    run = machine(plan(chapters=chapters, matter=["preface"]), BIBLE, *story, COVER, preface)

    assert run.run().is_done
    assert run.llm.heard[-1].shape.words == 120


def test_the_summary_and_the_cover_owe_nothing():
    run = after_a_first_chapter_of(275)

    assert [request.shape.words for request in run.llm.heard[SECOND + 1 :]] == [170, 120]
