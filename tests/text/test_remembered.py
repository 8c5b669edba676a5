"""What is asked of a text twice is found out once, though nobody keeps the text."""

import sys

import pytest

from l2mac_write.text.remembered import remembered


@pytest.fixture
def asked():
    return []


@pytest.fixture
def length(asked):
    @remembered(3)
    def length(text, unit="letters"):
        asked.append((text, unit))
        return len(text) if unit == "letters" else len(text.split())

    return length


def test_the_same_text_is_looked_at_once(length, asked):
    assert (length("It rains."), length("It rains.")) == (9, 9)
    assert asked == [("It rains.", "letters")]


def test_other_questions_are_others(length):
    assert (length("It rains."), length("It rains.", "words"), length("It.")) == (9, 2, 3)
    assert length("It rains.", unit="words") == 2


def test_nothing_is_an_answer_too(length, asked):
    assert (length(""), length("")) == (0, 0)
    assert len(asked) == 1


def test_the_text_is_not_kept(length, asked):
    text = "It rains.".lower()
    before = sys.getrefcount(text)
    length(text)
    asked.clear()

    assert sys.getrefcount(text) == before


def test_there_are_never_more_than_so_many(length, asked):
    for text in ("a", "b", "c", "d", "d", "a"):
        length(text)

    assert [text for text, _ in asked] == ["a", "b", "c", "d", "a"]


def test_it_forgets_when_it_is_told_to(length, asked):
    length("a")
    length.forget()
    length("a")

    assert len(asked) == 2
