"""A small model is led: it tells single paragraphs anew, and what it has lost is not taken."""

import pytest

from l2mac_write.messages import Prose
from l2mac_write.orders import Scope
from l2mac_write.ports import Abilities
from tests.revisions import PATHS, Editor, book, order, proposed

SMALL = Abilities(window=4096, tools=False, guided=True)
COUNTED = (
    "In the evening Ansel Rook counted the coins of the day by the light of the lamp, one by one."
)
TEXT = f"Ansel Rook had grey eyes, like his father before him, and he never spoke of the war.\n\n{COUNTED}\n\nNobody came."
COINS = "Let him count the coins more slowly."


@pytest.fixture
def root(tmp_path):
    return book(tmp_path / "book", {"ferry": TEXT, "flood": "It rose.", "toll": "She paid."})


WANDERED = (
    "Then Ansel Rook sat for a while, and thought of the river, and of all who had ever gone over"
    " it with him, in the rain and in the sun, with cows and carts and coffins."
)


def told(root, *tellings, **more):
    """What becomes of the chapter, and all that the model was asked to tell."""
    left = [*tellings]
    editor = Editor(prose=lambda _: left.pop(0) if len(left) > 1 else left[0], abilities=SMALL)
    (proposal,) = proposed(root, editor, order(**{"instruction": COINS, **more}))
    asked = [r for r in editor.heard if isinstance(r.shape, Prose)]
    return proposal, [request.conversation[-1].text for request in asked]


SLOWLY = (
    "That evening Ansel Rook counted the coins of the day very slowly, by the light of the lamp."
)


def test_only_the_paragraphs_that_speak_of_it_are_told_anew(root):
    proposal, asked = told(root, SLOWLY)

    assert len(asked) == 1
    assert f"a story:\n\n{COUNTED}\n\nWrite the same paragraph again." in asked[0]
    assert f"different now: {COINS} All else stays the same." in asked[0]
    assert proposal.after == f"# Ferry\n\n{TEXT}\n".replace(COUNTED, SLOWLY)
    assert proposal.said.note == "1 of 1 paragraphs came out sound."


def test_where_none_speaks_of_it_all_that_are_no_line_of_talk_are(root):
    _, asked = told(root, SLOWLY, instruction="Be brief.")

    assert {text.partition("\n\n")[2][:10] for text in asked} == {"In the eve", "Ansel Rook"}


@pytest.mark.parametrize(
    "lost",
    [
        SLOWLY.replace("Ansel Rook", "he"),
        "Ansel Rook counted.",
        f"{SLOWLY} {WANDERED}",
        "Ansel Rook went over to the other bank and slept there, under a tree, until the morning.",
        COUNTED,
    ],
)
def test_what_lost_its_people_its_length_or_its_matter_is_tried_again_and_then_left(root, lost):
    proposal, asked = told(root, lost)

    assert len(asked) == 2
    assert proposal.is_empty
    assert proposal.said.note == "0 of 1 paragraphs came out sound."


def test_a_second_try_may_be_sound(root):
    proposal, asked = told(root, "No.", SLOWLY)

    assert len(asked) == 2
    assert SLOWLY in proposal.after


def test_a_telling_that_takes_up_a_word_of_the_order_is_waited_for(root):
    other = SLOWLY.replace("very slowly", "with both hands")
    proposal, _ = told(root, other, SLOWLY, instruction="Let him count the coins slowly.")

    assert "very slowly" in proposal.after


def test_with_more_candidates_it_is_tried_more_often(root):
    _, asked = told(root, "No.", candidates=3)

    assert len(asked) == 6


def test_of_several_paragraphs_only_the_first_is_taken(root):
    proposal, _ = told(root, f"{SLOWLY}\n\nThen he told himself a story.")

    assert "told himself" not in proposal.after


def test_a_paragraph_alone_is_the_one_that_speaks_most_of_it(root):
    proposal, asked = told(
        root, SLOWLY, scope=Scope.PARAGRAPH, instruction="Rook should count the coins slowly."
    )

    assert len(asked) == 1
    assert proposal.after == f"# Ferry\n\n{TEXT}\n".replace(COUNTED, SLOWLY)


def test_the_words_of_the_book_are_as_they_were(root):
    told(root, SLOWLY)

    assert (root / PATHS["ferry"]).read_text() == f"# Ferry\n\n{TEXT}\n"
