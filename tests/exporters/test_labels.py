"""What stands around the text, in the language of the book."""

import tomllib

import pytest

from l2mac_write.exporters.labels import direction, labels
from l2mac_write.templating import text

KNOWN = tomllib.loads(text("labels.toml"))


@pytest.mark.parametrize("language", KNOWN)
def test_every_language_says_all_that_english_says_with_the_same_gaps(language):
    for name, words in KNOWN["en"].items():
        gaps = [
            gap for gap in ("{number}", "{author}", "{model}", "{date}", "{words}") if gap in words
        ]

        assert [gap for gap in gaps if gap in KNOWN[language][name]] == gaps


@pytest.mark.parametrize(
    ("language", "contents"),
    [
        ("fr-BE", "Table des matières"),
        ("pt", "Índice"),
        ("pt-BR", "Sumário"),
        ("zh-Hans-CN", "目录"),
        ("zh-TW", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("ja", "目次"),
        ("ar", "المحتويات"),
    ],
)
def test_the_nearest_variety_speaks(language, contents):
    assert labels(language)["contents"] == contents


def test_where_there_are_no_words_of_our_own_a_chapter_is_called_by_its_number():
    assert labels("ka")["chapter"].format(number=3) == "3"


@pytest.mark.parametrize(
    ("language", "towards"), [("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("zh", "ltr")]
)
def test_the_script_says_where_a_line_begins(language, towards):
    assert direction(language) == towards
