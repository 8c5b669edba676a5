"""What a person may set, and which of two settings wins."""

import pytest

from l2mac_write.errors import SettingsError, UsageError
from l2mac_write.settings import (
    LONGEST_PROMPT,
    Settings,
    from_environment,
    from_toml,
    insist_on_a_prompt,
    merged,
    to_toml,
)


def test_the_later_source_wins_and_none_is_not_given():
    assert merged({"title": "A", "words": 500}, {"title": "B", "words": None}).title == "B"


def test_what_is_kept_in_a_book_is_read_back():
    settings = Settings(prompt='A "tale"\nof two lines', chapters=3, words=900)

    assert merged(from_toml(to_toml(settings), "book.toml")) == settings


def test_the_environment_speaks_under_one_prefix():
    environ = {"L2MAC_WRITE_MODEL": "rehearsal", "L2MAC_WRITE_WORDS": "900", "MODEL": "other"}

    assert merged(from_environment(environ)) == Settings(model="rehearsal", words=900)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"colour": "red"}, "unknown setting `colour`"),
        ({"api_key": "sk-ant-1"}, "unknown setting `api_key`"),
        ({"words": "many"}, "`words` must be a whole number"),
        ({"title": 7}, "`title` must be text"),
        ({"chapters": -1}, "`chapters` must be between"),
        ({"chapters": 9, "words": 100}, "too few for 9 chapters"),
        ({"language": "english please"}, "there is no language `english please`"),
        ({"title": "x" * 501}, "the title is longer"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(given, why):
    with pytest.raises(SettingsError, match=why):
        merged(given)


def test_a_broken_file_is_named():
    with pytest.raises(SettingsError, match="is not valid TOML"):
        from_toml("title =", "book.toml")


@pytest.mark.parametrize("prompt", ["", "  \n", "x" * (LONGEST_PROMPT + 1)])
def test_a_prompt_must_be_there_and_have_an_end(prompt):
    with pytest.raises(UsageError, match="the prompt"):
        insist_on_a_prompt(merged({"prompt": prompt}))
