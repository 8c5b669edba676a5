"""How a chapter's number may be written."""

import pytest

from l2mac_write.text.numbers import chinese, spellings


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (32, "三十二")]
)
def test_chinese_counts_in_tens(number, written):
    assert chinese(number) == written


def test_three_is_known_in_digits_numerals_and_words():
    assert {"3", "iii", "三", "three", "trois", "drei", "tres", "третья"} <= spellings(3)


def test_what_is_beyond_the_words_has_its_figures():
    assert spellings(87) == {"87", "lxxxvii", "八十七"}
