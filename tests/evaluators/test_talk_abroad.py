"""Whoever talks about the text in French, German, Spanish or Chinese is heard by how he speaks."""

import pytest

from tests.evaluators.abroad import LANGUAGES
from tests.evaluators.talk import share_heard


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_all_wordings_one_in_twenty_is_missed_at_most(language):
    assert share_heard("talk_seen.toml", language) >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_wordings_that_nothing_was_made_with_most_are_heard(language):
    assert share_heard("talk_unseen.toml", language) >= 0.95
    assert share_heard("said_unseen.toml", language) >= 0.6


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_what_is_left_behind_in_english_too_four_in_five_are_heard(language):
    assert share_heard("left_abroad.toml", language) >= 0.8
