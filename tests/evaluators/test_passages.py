"""Where sentences end, in one language or another."""

import pytest

from l2mac_write.evaluators.passages import Passage, sentences, words


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Mr. Reed came. He sat.", ["Mr. Reed came.", "He sat."]),
        ("„Komm!“ Er kam. »Gut.« Sie ging.", ["„Komm!“", "Er kam.", "»Gut.«", "Sie ging."]),
        ("Hr. Reuter kam, z. B. heute.", ["Hr. Reuter kam, z. B. heute."]),
        ("« Viens ! » Il vint. Mme Roy partit.", ["« Viens ! »", "Il vint.", "Mme Roy partit."]),
        ("« Viens ! » dit-il. Elle vint.", ["« Viens ! » dit-il.", "Elle vint."]),
        ("—¿Qué? —dijo la Sra. Ruiz. ¡Nada!", ["—¿Qué?", "—dijo la Sra. Ruiz.", "¡Nada!"]),
        ("“走！”他说。雨停了……他走了。", ["“走！”", "他说。", "雨停了……他走了。"]),
    ],
)
def test_a_paragraph_is_cut_into_its_sentences(text, pieces):
    assert [piece.text for piece in sentences(Passage(0, len(text), text))] == pieces


def test_latin_words_among_characters_are_words():
    assert words("用 dpkg 安装 4 个", "zh") == ["用", "dpkg", "安", "装", "4", "个"]
