"""Marks in text that stands alone; whole paragraphs are in cases/body."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l2mac_write.exporters.typography import typeset

PROSE = st.text(st.sampled_from("ab s0'\"-. ,—(“”’\n«»?!;:语。"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('"', "“"),
        ("'", "’"),
        ("the letter 'n' is", "the letter ‘n’ is"),
        ("he'd 'a' gone", "he’d ’a’ gone"),
        ('("Yes," she said)', "(“Yes,” she said)"),
        ('She said:"No."', "She said:“No.”"),
        ("'Till then,' he said.", "‘Till then,’ he said."),
        ("'Well,' he said, 'is it true?'", "‘Well,’ he said, ‘is it true?’"),
        ("--Begin", "—Begin"),
        ("<!-- it's -->", "<!-- it's -->"),
        ("see http://a.example/b--c's", "see http://a.example/b--c's"),
        ("John's", "John’s"),
    ],
)
def test_english_marks(typed, set_):
    assert typeset(typed, "en") == set_


def test_an_unknown_language_is_set_like_english():
    assert typeset('"a"', "tlh") == typeset('"a"', "en-GB") == "“a”"


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "ru", "pl", "zh", "ja", "ar", "da"])
@given(text=PROSE)
@example(text="0:»")
@settings(max_examples=50)
def test_setting_what_is_set_changes_nothing(language, text):
    once = typeset(text, language)

    assert typeset(once, language) == once


@given(PROSE)
@settings(max_examples=50)
def test_only_marks_change(text):
    def letters(words: str) -> str:
        return "".join(c for c in words if c.isalnum() or c.isspace() or c in "(,")

    assert letters(typeset(text, "de")) == letters(text).replace(". . .", "") or ". . ." in text
