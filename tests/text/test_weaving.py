"""Two changes to one text become one text, unless they changed the same sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.text.weaving import SENTENCE, woven

TEXT = "It rained. He came late.\n\nShe had gone.\n\nNobody spoke of it. The end."
texts = st.lists(st.sampled_from(["It rained. ", "He came. ", "\n\n", "Why? ", "x"])).map("".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (("rained", "snowed"), ("late", "early"), "It snowed. He came early.\n\nShe had"),
        (("gone", "left"), ("The end", "No end"), "had left.\n\nNobody spoke of it. No end."),
        (("rained.", "rained. Hard."), ("gone", "wept"), "Hard. He came late.\n\nShe had wept."),
        (
            (" He came late.", ""),
            ("spoke of", "knew"),
            "It rained.\n\nShe had gone.\n\nNobody knew",
        ),
    ],
)
def test_changes_of_other_sentences_are_both_in_it(mine, theirs, both):
    assert both in woven(TEXT, TEXT.replace(*mine), TEXT.replace(*theirs))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("It snowed.", "It hailed."),
        ("It rained. Hard.", "It rained. Softly."),
        ("", "It rained. Hard."),
    ],
)
def test_changes_of_the_same_sentence_are_none(mine, theirs):
    assert woven(TEXT, TEXT.replace("It rained.", mine), TEXT.replace("It rained.", theirs)) is None


@given(texts, texts)
def test_where_one_side_changed_nothing_the_other_is_right(base, other):
    assert (
        woven(base, other, base) == woven(base, base, other) == woven(base, other, other) == other
    )


@given(texts, texts, texts)
def test_the_order_of_the_two_does_not_matter(base, mine, theirs):
    assert woven(base, mine, theirs) == woven(base, theirs, mine)


@given(st.text())
def test_no_character_is_between_sentences(text):
    assert "".join(SENTENCE.findall(text)) == text
