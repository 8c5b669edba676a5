"""What has no room is left out between sentences, else between words, and a sign says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.machine.clipping import beginning_within, ending_within

TEXT = "Mr. Quick ran home. He said, “Go on!” Nobody went. It was a long, tedious evening."


def test_what_has_room_is_whole():
    assert beginning_within(TEXT, len(TEXT)) == ending_within(TEXT, len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (24, "Mr. Quick ran home. …"),
        (45, "Mr. Quick ran home. He said, “Go on!” …"),
        (12, "Mr. Quick …"),
    ],
)
def test_a_beginning_ends_with_a_sentence_where_that_leaves_enough(most, kept):
    assert beginning_within(TEXT, most) == kept


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (40, "… It was a long, tedious evening."),
        (50, "… Nobody went. It was a long, tedious evening."),
        (20, "… tedious evening."),
    ],
)
def test_an_ending_begins_with_a_sentence_where_that_leaves_enough(most, kept):
    assert ending_within(TEXT, most) == kept


def test_where_no_spaces_are_set_sentences_end_all_the_same():
    text = "雨が降った。彼は帰った。そして長い夜が来た"

    assert beginning_within(text, 16) == "雨が降った。彼は帰った。 …"
    assert ending_within(text, 16) == "… そして長い夜が来た"


def test_one_endless_word_is_cut_wherever_the_room_ends():
    assert beginning_within("a" * 50, 12) == "a" * 10 + " …"
    assert ending_within("a" * 50, 12) == "… " + "a" * 10


@given(st.text("ab .!“”\n", max_size=60), st.integers(4, 50))
def test_nothing_is_longer_than_there_is_room_and_no_word_is_torn(text, most):
    words = set(text.split())

    for kept in (beginning_within(text, most), ending_within(text, most)):
        assert len(kept) <= most
        torn = {word for word in kept.strip("…").split() if word not in words}
        assert not torn or max(map(len, words)) >= most - 3
