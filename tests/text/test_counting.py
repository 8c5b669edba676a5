"""How long a text is: in words where they are set apart by spaces, else in characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.text.counting import count_words
from tests.timing import at_most


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("It rained — and rained — on 3,000 roofs.", 7),
        ("“Don’t,” she said; “it’s a twenty-two-year-old mother-in-law’s.”", 7),
        ("One—two–three -- four--five … six…seven...eight", 8),
        ("At 3.50 p.m. the U.S. paid $1,300.75.", 7),
        ("See https://example.org/a-b.html?c=d or ask.", 4),
        ("L’homme n’est pas là : c’est-à-dire « nulle part » !", 7),
        ("Aujourd'hui, y a-t-il un arc‑en‑ciel ?", 5),
        ("«¿Quién es?», preguntó él.", 4),
        ("Der Donaudampfschifffahrtskapitän sagte: „Ja.“", 4),
        ("Он сказал: «Пойдём-ка домой».", 4),
        ("हिन्दी में लिखी हुई किताब।", 5),
        ("كِتَابٌ جَمِيلٌ.", 2),
        ("나는 오늘 학교에 갔다.", 4),
        ("灯台守は毎晩、階段を数えた。", 12),
        ("コーヒーを一杯。", 7),
        ("他说：“我爱你。”", 5),
        ("他买了一台 iPhone 15 Pro，很贵。", 10),
        ("他用Python写书", 5),
        ("ｶﾀｶﾅ", 4),
    ],
)
def test_what_counts_in_each_language(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("สวัสดีครับ ผมชื่อสมชาย", 2 + 2),
        ("ສະບາຍດີ", 2),
        ("សួស្តី", 1),
        ("ខ្ញុំ\u200bស្រឡាញ់\u200bអ្នក", 1 + 2 + 1),
        ("ผมใช้ Python ทุกวัน", 1 + 1 + 1),
    ],
)
def test_where_no_spaces_are_set_six_characters_or_what_is_left_of_them_count_as_a_word(
    text, words
):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# A title", 2),
        ("One\n\n* * *\n\ntwo\n\n---\n\nthree\n\n___\n\nfour", 4),
        ("**Bold** and *soft* and _both_ and ~~gone~~", 7),
        ("- one\n* two\n+ three\n1. four\n12) five\n> 3. six", 6),
        ('Read [the whole book](https://example.org/a_(b) "A title") now.', 5),
        ('Read [the whole book][1] now.\n\n[1]: https://example.org/ "A title"', 5),
        ("The river[^1] rose.[^2]\n\n[^1]: A small one.", 6),
        ("![A map of the river](map.png)\n\nHere.", 1),
        ("| a | b |\n|---|---|\n| c | d |", 4),
        ("```python\nprint(1)\n```", 1),
        ("A line\\*s end  \nand the next", 6),
    ],
)  # fmt: skip
def test_the_marks_of_markdown_do_not_count(text, words):
    assert count_words(text) == words


@given(st.lists(st.sampled_from(["river", "l’eau", "水", "ไทย", "3.5"])))
def test_words_set_apart_add_up(words):
    assert count_words(" ".join(words)) == len(words)


@pytest.mark.parametrize("mark", ["![", "[^", "](", "](()", "[a]:", "\n1", "-", ".-", "\n> ", "("])
def test_no_text_however_hostile_takes_long_to_count(mark):
    with at_most(0.3):
        count_words(mark * (1_000_000 // len(mark)))
