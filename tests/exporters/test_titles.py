"""What a title says of its number, whatever the language."""

import pytest

from l2mac_write.exporters.titles import says_number, says_this_number, split_title


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Chapter Three — The Storm", "The Storm"),
        ("Chapitre trois : La mer", "La mer"),
        ("Kapitel III – Das Meer", "Das Meer"),
        ("Capítulo 3: El mar", "El mar"),
        ("Глава третья. Море", "Море"),
        ("第三章：灯塔", "灯塔"),
        ("第3章 灯塔", "灯塔"),
        ("الفصل الثالث: البحر", "البحر"),
    ],
)
def test_the_number_of_a_title_is_told_from_its_words(title, rest):
    label, words = split_title(title)

    assert says_this_number(label, 3)
    assert words == rest


@pytest.mark.parametrize("title", ["Once", "Elf", "第三者", "Chapitre à part"])
def test_a_word_that_is_a_number_elsewhere_is_none(title):
    assert not says_number(title)
