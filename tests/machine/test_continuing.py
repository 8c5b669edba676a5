"""What is kept of a reply that broke off, and how two pieces of a text become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.machine.continuing import LEAST, joined, whole_sentences, worth_keeping
from tests.machine.machines import prose

TEXT = prose(300).text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("It rained. He wai", "It rained. "),
        ("It rained.\n\nHe wai", "It rained.\n\n"),
        ("“Come in!” she said. “I ca", "“Come in!” she said. "),
        ("“Come in.” “I ca", "“Come in.” "),
        ("He paid 3.50 and le", ""),
        ("It rained.", ""),
        ("It rained. ", ""),
        ("It rained.\n", ""),
        ("One\n\n* * *\n\nTwo", "One\n\n* * *\n\n"),
        ("下雨了。他等", "下雨了。"),
        ("「下雨了。」他等", "「下雨了。」"),
        ("“真的？！”他等", "“真的？！”"),
        ("他等。“走！", "他等。"),
        ("他想走……可是", ""),
        ("Er wartete … und gi", "Er wartete … "),
        ("„Komm!“ Er wartete. „Ich ka", "„Komm!“ Er wartete. "),
        ("„Komm.“ „Ich ka", "„Komm.“ "),
        ("»Komm.« Er war", "»Komm.« "),
        ("Er kam. »Kom", "Er kam. "),
        ("« Viens\u202f!\u00a0» Il attendit. « Je ne", "« Viens\u202f!\u00a0» Il attendit. "),
        ("Il dit : « Viens ! » Elle vi", "Il dit : « Viens ! » "),
        ("Il dit : « Viens ! »", ""),
        ("—¿Qué? —dijo. —No lo s", "—¿Qué? —dijo. "),
        ("¡Ven! ¿Dónde es", "¡Ven! "),
        ("قال: تعال! ماذا تريد؟ لا أ", "قال: تعال! ماذا تريد؟ "),
        ("", ""),
    ],
)
def test_it_is_kept_up_to_where_its_last_sentence_begins(said, kept):
    assert whole_sentences(said) == kept


def test_a_few_words_are_not_worth_going_on_from():
    assert worth_keeping(TEXT[: LEAST // 2]) == ""
    assert worth_keeping(TEXT[: 2 * LEAST]) != ""


@given(st.integers(0, len(TEXT)))
def test_a_text_cut_anywhere_is_whole_again_once_it_is_gone_on_with(place):
    kept = whole_sentences(TEXT[:place])

    assert joined(kept, TEXT[len(kept) :]) == TEXT


@given(st.integers(400, len(TEXT) - 1), st.integers(20, 400))
def test_what_the_model_says_twice_stands_there_once(place, repeated):
    kept = whole_sentences(TEXT[:place])
    start = max(0, len(kept) - repeated)

    assert joined(kept, TEXT[start:].lstrip()) == TEXT


def test_a_model_that_begins_anew_adds_only_what_is_new():
    kept = whole_sentences(TEXT[:900])

    assert joined(kept, TEXT) == TEXT


@pytest.mark.parametrize("blank", ["", " ", "\n", "\n\n"])
def test_the_white_space_between_the_pieces_is_that_which_arrived(blank):
    assert joined("It rained.\n\n", f"{blank}He waited.") == "It rained.\n\nHe waited."


def test_a_word_that_was_cut_at_the_limit_is_not_torn_apart():
    assert joined("The ferrym", "an waited.") == "The ferryman waited."
    assert joined("The ferryman", " waited.") == "The ferryman waited."


def test_a_short_echo_may_be_meant():
    assert (
        joined("He ran. ", "He ran. And then he stopped.") == "He ran. He ran. And then he stopped."
    )
