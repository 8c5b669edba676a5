"""A chapter goes by its number, its file, its title, or a part of a title that no other has."""

import pytest

from l2mac_write.called import chapter_called
from l2mac_write.errors import UsageError
from l2mac_write.plan_file import load

TITLES = ("The Ferry", "The Flood", "1984", "After the Flood", "Twins", "Twins")
PLAN = load(
    'title = "Two Banks"\npremise = "A river."\n'
    + "".join(
        f'[[chapter]]\ntitle = "{title}"\ngoal = "It ends."\nwords = 300\n' for title in TITLES
    )
)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("1", 1),
        ("02", 2),
        ("the ferry", 1),
        ("The Flood", 2),
        ("After", 4),
        ("1984", 3),
        (PLAN.chapters[1].path, 2),
        (PLAN.chapters[3].path.rpartition("/")[2], 4),
    ],
)
def test_it_is_found(name, number):
    assert chapter_called(PLAN, name).number == number


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("99", "the book has no chapter `99`. Name one by its number, from 1 to 6"),
        ("The Fury", "Did you mean `The Ferry`?"),
        ("Twins", "`Twins` may be chapter 5 and 6. Name one by its number."),
        ("Flood", "`Flood` may be chapter 2 and 4"),
        ("", "the book has no chapter ``"),
    ],
)
def test_what_is_not_there_or_may_be_several_is_said_in_one_sentence(name, sentence):
    with pytest.raises(UsageError) as told:
        chapter_called(PLAN, name)

    assert sentence in str(told.value)


def test_without_a_plan_there_is_no_chapter():
    with pytest.raises(UsageError, match="no plan yet"):
        chapter_called(None, "1")


COUNTED = load(
    'title = "Two Banks"\npremise = "A river."\n'
    + "".join(
        f'[[chapter]]\ntitle = "{title}"\nwords = 300\nnumbered = {flag}\n'
        for title, flag in (
            ("Prologue", "false"),
            ("The Ferry", "true"),
            ("Interlude", "false"),
            ("The Flood", "true"),
            ("Epilogue", "false"),
        )
    )
)


@pytest.mark.parametrize(
    ("name", "place"), [("1", 2), ("2", 4), ("prologue", 1), ("Interlude", 3), ("epilogue", 5)]
)
def test_a_number_means_the_chapter_that_readers_know_by_it(name, place):
    assert chapter_called(COUNTED, name).number == place


def test_a_number_with_a_zero_may_be_that_of_a_file_and_is_not_guessed_at():
    with pytest.raises(UsageError, match="`02` may be chapter 1 and 2"):
        chapter_called(COUNTED, "02")

    assert chapter_called(COUNTED, "05").title == "Epilogue"


def test_what_has_no_number_is_called_by_its_title():
    assert [chapter.listed for chapter in COUNTED.chapters] == [
        "Prologue",
        "1. The Ferry",
        "Interlude",
        "2. The Flood",
        "Epilogue",
    ]
    with pytest.raises(UsageError, match="from 1 to 2"):
        chapter_called(COUNTED, "3")
