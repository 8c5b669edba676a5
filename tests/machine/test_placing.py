"""An edit finds its one place in a text, or is refused with the reason; around it nothing changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.findings import edited
from l2mac_write.machine.placing import Wanted, placed
from l2mac_write.machine.scopes import Span, allowed, around, body_of
from l2mac_write.orders import Order, Scope

TEXT = (
    "# The Ferry\n\n“You are late,” said Mara. She had waited at the landing since noon.  \n\n"
    "* * *\n\nIt rained. It rained again. Nobody spoke.\n\nThe end.\n"
)
WORDS = st.lists(
    st.sampled_from(["rain", "a", "b.", "She", "—", "\n\n", "\r\n", "  "]), max_size=30
)


def changed(*wanted, text=TEXT, scope=Scope.CHAPTER, span=None):
    edits = [Wanted(*pair) for pair in wanted]
    return placed(text, edits, span or body_of(text), scope)


def why(*wanted):
    (refusal,) = changed(*wanted).refused
    return refusal.why


@pytest.mark.parametrize(
    ("quote", "new", "after"),
    [
        ("since noon", "since dawn", TEXT.replace("noon", "dawn")),
        ('"You are late," said Mara', "“Late,” said Mara", TEXT.replace("You are late", "Late")),
        (
            "she had waited at the landing since noon.",
            "She had slept.",
            TEXT.replace("She had waited at the landing since noon.", "She had slept."),
        ),
    ],
)
def test_the_quote_may_be_a_little_off_and_takes_its_signs_with_it(quote, new, after):
    assert changed((quote, new)).text == after


@pytest.mark.parametrize(
    ("quote", "after"),
    [
        ("Nobody spoke.", TEXT.replace(" Nobody spoke.", "")),
        ("It rained again.", TEXT.replace("It rained again. ", "")),
        ("The end.", TEXT.replace("\n\nThe end.", "")),
        ("* * *", TEXT.replace("* * *\n\n", "")),
    ],
)
def test_what_is_taken_out_takes_the_blanks_on_one_side_along(quote, after):
    assert changed((quote, "")).text == after


def test_the_reason_of_a_refusal_says_what_to_do():
    assert why(("It rained", "x")) == ("“It rained” stands there 2 times: quote more around it.")
    assert why(("", "x")) == "It has no quote: copy the words that are to be replaced."
    assert why(("The Ferry", "x")) == "“The Ferry” is not in the text: copy the words exactly."
    assert why(("Nobody spoke.", "x"), ("spoke", "y")) == (
        "It overlaps with another edit: give both as one."
    )


def test_half_a_word_is_no_place():
    assert why(("ained again", "x"))


def test_the_scene_and_the_paragraph_around_a_place():
    at = TEXT.index("again")

    assert around(TEXT, at, Scope.PARAGRAPH).of(TEXT) == "It rained. It rained again. Nobody spoke."
    assert around(TEXT, at, Scope.SCENE).of(TEXT).startswith("It rained.")
    assert around(TEXT, at, Scope.SCENE).of(TEXT).endswith("The end.")


def test_an_order_without_a_place_leaves_it_to_the_editor():
    assert allowed(TEXT, Order(instruction="x", scope=Scope.SCENE)) is None
    assert allowed(TEXT, Order(instruction="x")) == body_of(TEXT)


@given(WORDS.map(" ".join), st.integers(0, 40), st.integers(1, 12), st.text(max_size=8))
def test_around_an_edit_every_byte_stays(text, start, size, new):
    text = f"# T\n\n{text}\n"
    result = placed(text, [Wanted(text[start : start + size], new)], body_of(text), Scope.CHAPTER)

    assert edited(text, result.edits) == result.text
    for edit in result.edits:
        assert result.text.startswith(text[: edit.start])
        assert result.text.endswith(text[edit.end :])
        assert edit.start >= len("# T\n")


def test_no_text_is_too_odd_to_have_a_body():
    for text in ("", "# T", "# T\n", "\n\n", "word"):
        span = body_of(text)
        assert isinstance(span, Span)
        assert 0 <= span.start <= span.end <= len(text)
        assert around(f"{text}x", 0, Scope.SCENE)
