"""How much a book may hold, in a folder and in memory alike."""

import pytest

from l2mac_write.errors import TooMuch
from l2mac_write.instructions import Outcome
from l2mac_write.store.caps import insist_on_room

ONE = "chapters/01.md"
ENDED = Outcome("chapter-1")


def test_a_text_of_three_megabytes_is_too_much(desk):
    with pytest.raises(TooMuch, match=r"`chapters/01\.md` would have 3\.0 MB.*Write less"):
        desk.book.commit(ENDED, {ONE: "é" * 1_500_000})

    assert desk.book.paths() == []


def test_more_than_ten_thousand_files_are_too_many(desk):
    desk.book.commit(ENDED, {ONE: "text"})

    with pytest.raises(TooMuch, match="10,001 files"):
        desk.book.commit(ENDED, {f"notes/{n}.md": "" for n in range(10_000)})

    assert desk.book.paths() == [ONE]


def test_a_text_of_two_megabytes_is_kept(desk):
    desk.book.commit(ENDED, {ONE: "x" * 2_000_000})

    assert len(desk.book.read(ONE)) == 2_000_000


def test_half_a_gigabyte_with_all_versions_is_the_most():
    insist_on_room({ONE: "x" * 1_000}, (), kept=499_999_000)

    with pytest.raises(TooMuch, match=r"500\.0 MB; it has at most 500 MB"):
        insist_on_room({ONE: "x" * 1_001}, (), kept=499_999_000)
