"""What is said to whoever asked for a text sounds otherwise than the text; lines of both teach it."""

import pytest

from l2mac_write.evaluators.sound import learned, signs, sound
from tests.benchmarks import learned_leaks

LANGUAGES = ("en", "de", "fr", "es", "zh")
SAID, TOLD = ["Here is the chapter you wanted."] * 40, ["He went home in the rain."] * 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_lines_it_was_taught_by_nearly_all_sound_so(language):
    lines = [*learned_leaks.said(language)]

    assert sum(sound(line, language) > 0 for line in lines) >= 0.95 * len(lines)


def test_what_is_told_does_not_sound_so():
    assert sound("The keeper went down to the harbour and waited for the boat.", "en") < -1


def test_a_language_that_nobody_taught_has_no_sound():
    assert learned("fi") == {}
    assert sound("Tässä on pyytämäsi luku.", "fi") < -9


def test_numbers_capitals_and_the_width_of_marks_make_no_difference():
    assert signs("About 2,000 words:") == signs("ABOUT 350 words：")


def test_it_is_learned_from_lines_of_both_sorts_and_twice_the_same():
    weights = learned_leaks.learned(SAID, TOLD)

    assert weights["chapter"] > 0 > weights["rain"]
    assert weights == learned_leaks.learned(SAID, TOLD)
