"""A small model that talks in circles is cut short; what it says once stays."""

from l2mac_write.evaluators.babble import judge
from l2mac_write.findings import Work, mended


def cured(text):
    work = Work("chapters/01.md", text, 50)
    return mended(text, judge(work)).strip()


def test_the_third_sentence_in_a_row_that_begins_alike_is_left_out():
    text = "He opened the door. He opened his own chair. He looked up. He looked down. Night came."

    assert cured(text) == "He opened the door. He opened his own chair. Night came."


def test_three_in_a_row_are_style():
    text = "She came home. She saw the lamp. She sat down. Night came."

    assert cured(text) == text


def test_a_person_does_not_talk_to_themselves_under_the_same_name():
    assert (
        cured("Emil sat down. Grimbold told Grimbold about it. Night came.")
        == "Emil sat down. Night came."
    )


def test_a_sentence_whose_second_half_is_its_first_says_nothing():
    text = "Emil sat down. The sailor saw the ship and the ship saw the sailor. Night came."

    assert cured(text) == "Emil sat down. Night came."


def test_plain_prose_is_left_alone():
    text = (
        "The road began well, with sun on the hedges and nobody about. On the second day Emil met "
        "a smith. At first neither of them trusted the other, but bread is bread."
    )

    assert cured(text) == text
