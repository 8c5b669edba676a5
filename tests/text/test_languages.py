"""Which language a person means, and what it is called."""

import pytest

from l2mac_write.errors import SettingsError
from l2mac_write.settings import merged
from l2mac_write.text.languages import language


@pytest.mark.parametrize(
    ("said", "tag", "name"),
    [
        ("en", "en", "English"),
        ("FR", "fr", "French (français)"),
        ("pt_br", "pt-BR", "Brazilian Portuguese (português do Brasil)"),
        ("zh", "zh", "Chinese in simplified characters (简体中文)"),
        ("zh-hant", "zh-Hant", "Chinese in traditional characters (繁體中文)"),
        ("sr-latn-rs", "sr-Latn-RS", "Serbian in Latin script, as written in Serbia (srpski)"),
        ("fr-be", "fr-BE", "French, as written in Belgium (français)"),
    ],
)
def test_a_tag_is_spelled_as_usual_and_has_a_name_that_every_model_knows(said, tag, name):
    assert (language(said).tag, language(said).name) == (tag, name)


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("French", "fr"),
        ("français", "fr"),
        ("ESPANOL", "es"),
        ("Deutsch", "de"),
        ("中文", "zh"),
        ("русский", "ru"),
        ("Brazilian  Portuguese", "pt-BR"),
        ("Simplified Chinese", "zh-Hans"),
        ("ger", "de"),
    ],
)
def test_a_name_in_english_or_in_the_language_itself_will_do(said, tag):
    assert language(said).tag == tag


@pytest.mark.parametrize("said", ["klingon", "xx", "en-XX", "en-Abcd", "", "en-", "english please"])
def test_what_nobody_writes_books_in_is_refused(said):
    with pytest.raises(SettingsError, match=f"there is no language `{said}`. Give a tag"):
        language(said)


@pytest.mark.parametrize(("said", "meant"), [("Frensh", "`fr`"), ("spanisch", "`es`")])
def test_a_slip_is_answered_with_what_was_probably_meant(said, meant):
    with pytest.raises(SettingsError, match=f"Did you mean .* Its tag is {meant}"):
        language(said)


def test_a_book_keeps_the_tag_whatever_was_typed():
    assert merged({"language": "Français"}).language == "fr"


@pytest.mark.parametrize(
    ("tag", "unit", "length"), [("fr", "words", 170), ("ja", "characters", 340)]
)
def test_lengths_without_spaces_are_counted_in_characters(tag, unit, length):
    assert (language(tag).unit, language(tag).scaled(170)) == (unit, length)
