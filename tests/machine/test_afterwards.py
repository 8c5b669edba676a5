"""Who changes a chapter sees what comes after it and rests on it; who writes one never does."""

from dataclasses import replace

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.machine.afterwards import following, relied_on
from l2mac_write.machine.program_file import load
from l2mac_write.machine.sources import SOURCES
from l2mac_write.programs.words import ProgramWords
from tests.machine.judges import GREY, JUDGE, Judges, book, unit

ROOM = 1_000


def situation(number, room=ROOM):
    there = unit(Judges(), book()).situation(JUDGE)
    return replace(there, chapter=there.plan.chapter(number))


def test_what_later_chapters_speak_of_is_told_with_its_words_and_where_it_comes_back():
    item = relied_on(situation(1), ROOM)

    assert item.text == f"- Ansel Rook, eyes: grey (“{GREY}”); Ansel Rook comes back in chapter 2"
    assert len(item.facts) == 1


def test_nothing_rests_on_the_last_chapter():
    assert relied_on(situation(2), ROOM).text == ""
    assert following(situation(2), ROOM).text == ""


def test_no_more_is_told_than_there_is_room_for():
    assert relied_on(situation(1), 10).text == ""


def test_the_next_chapter_is_shown_as_it_begins():
    assert following(situation(1), ROOM).text.startswith("The flood came at night")


@pytest.mark.parametrize("source", ["following", "relied_on"])
def test_a_program_that_writes_a_book_may_read_neither(source):
    steps = ProgramWords("book").steps.replace('"previous"', f'"previous", "{source}"', 1)

    assert source in SOURCES
    with pytest.raises(UsageError, match="whether later chapters are there yet is chance"):
        load(steps)
