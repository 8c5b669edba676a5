"""Two versions of a text are told apart word by word; paragraphs that are the same stay together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.history.comparing import Kind, compared, pieces, words
from tests.timing import at_most

TEXT = "# The Ferry\n\nIt rained on the river.\n\nThe old man sat by the water and wept.\n\nNobody came.\n"
texts = st.lists(
    st.sampled_from(["It rained.", "a", "\n\n", "\r\n\r\n", "* * *", " ", "日本"])
).map("".join)


def told(old, new):
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "He ran to the old house.",
            "He ran to the new house.",
            "He ran to the [-old-]{+new+} house.",
        ),
        ("He said so.", "He said so, twice.", "He said so{+, twice+}."),
        ("a big dog ran", "the small dog slept", "[-a big dog ran-]{+the small dog slept+}"),
        (
            "He came in from the road and said nothing of it.",
            "Nobody who knew him from the road would have asked.",
            "[-He came in from the road and said nothing of it-]{+Nobody who knew him from the road would have asked+}.",
        ),
        (
            "He came in from the long road and wept.",
            "He went away from the long road and slept.",
            "He [-came in-]{+went away+} from the long road and [-wept-]{+slept+}.",
        ),
        (
            "He came in at last. Nobody in the house spoke. He wept and slept there.",
            "She left soon after. Nobody in the house spoke. Then it had to rain.",
            "[-He came in at last-]{+She left soon after+}. Nobody in the house spoke. [-He wept and slept there-]{+Then it had to rain+}.",
        ),
        ("它下雨了", "它下雪了", "它下[-雨-]{+雪+}了"),
        ("It’s late", "It’s not late", "It’s {+not +}late"),
    ],
)
def test_words_are_compared_and_not_letters_or_lines(old, new, said):
    assert told(old, new) == said


def test_paragraphs_that_are_the_same_are_one_passage_and_the_others_know_their_place():
    after = TEXT.replace("old", "young").replace("Nobody came.", "Nobody came.\n\nIt was over.")

    found = [(p.paragraph, p.paragraphs, p.is_changed) for p in compared(TEXT, after)]

    assert found == [(1, 2, False), (3, 1, True), (4, 1, False), (5, 1, True)]


def test_it_is_counted_how_many_words_came_and_went():
    found = compared(TEXT, TEXT.replace("sat by the water and wept", "slept"))

    assert (words(found, Kind.REMOVED), words(found, Kind.ADDED)) == (6, 1)


def test_of_equal_texts_nothing_has_changed():
    assert not any(passage.is_changed for passage in compared(TEXT, TEXT))


@given(texts, texts)
def test_the_passages_hold_both_texts_to_the_letter(old, new):
    found = compared(old, new)

    assert "".join(passage.text(Kind.ADDED) for passage in found) == old
    assert "".join(passage.text(Kind.REMOVED) for passage in found) == new


def test_two_long_texts_without_a_common_paragraph_are_compared_at_once():
    old, new = (f"{word} and so on " * 40_000 for word in ("this", "that"))

    with at_most(0.3):
        found = compared(old, new)

    assert [piece.kind for piece in found[0].pieces] == [Kind.REMOVED, Kind.ADDED]
