"""What a row of the ledger says is known again in other words, and only of whom it says it."""

import pytest

from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.mentions import Mentions
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import Being, Entity, Event, Fact

MARA = Entity("Mara Voss", Being.PERSON, ("the ferrywoman",))
TOM = Entity("Tom Voss", Being.PERSON)
MILL = Entity("Penlenn", Being.PLACE)
WHO = Mentions((MARA, TOM, MILL), "en")


def fact(key, value, subject="Mara Voss", quote=""):
    return Fact(subject, key, value, normal(value, keys()[key].type), quote=quote)


def found(row, text, before="", who=WHO):
    return [
        (mention.paragraph, mention.quote) for mention in who.find(who.sense(row), text, before)
    ]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (fact("eyes", "green"), "Mara's emerald eyes were on the water."),
        (fact("eyes", "green"), "The ferrywoman, green-eyed and cross, said nothing."),
        (fact("age", "41"), "At forty-one, Mara still rowed."),
        (fact("age", "forty-one"), "Mara was 41 years old."),
        (fact("birth_date", "3 October 1871"), "Mara was born in 1871, in a hard winter."),
        (fact("occupation", "a locksmith"), "They sent for Mara, for locksmiths were few."),
        (fact("spouse", "Tom Voss"), "Mara had married Tom in the spring."),
        (fact("count_of", "seven", quote="Mara Voss had seven cows."), "Mara sold the 7 cows."),
        (fact("mark", "a scar on the left hand"), "Mara hid her left hand, and the scar on it."),
        (fact("dead", "yes"), "Nobody spoke of Mara's death."),
        (Event("Mara burnt the ledger", ("Mara Voss",)), "It was Mara who had burnt that ledger."),
        (MARA, "And the ferrywoman laughed."),
        (fact("date", "31 December 1911", "Penlenn"), "All had to be done by the thirty-first of December."),
    ],
)  # fmt: skip
def test_the_same_in_other_words(row, text):
    assert found(row, text) == [(1, text)]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (fact("eyes", "green"), "Tom's green eyes were on the water."),
        (fact("eyes", "green"), "Mara's grey eyes were on the water."),
        (fact("eyes", "green"), "Mara wore a green hat."),
        (fact("age", "41"), "Mara paid forty-one crowns."),
        (fact("birth_date", "1871"), "Mara was born in 1872."),
        (fact("spouse", "Tom Voss"), "Mara had married in the spring."),
        (fact("count_of", "seven", quote="Mara Voss had seven cows."), "Mara sold the seven sheep."),
        (fact("mark", "a scar on the left hand"), "Mara raised her right hand."),
        (Event("Mara burnt the ledger", ("Mara Voss",)), "Mara opened the ledger."),
        (fact("date", "31 December 1911", "Penlenn"), "It was the thirtieth of December."),
    ],
)  # fmt: skip
def test_something_else_or_of_somebody_else(row, text):
    assert found(row, text) == []


def test_who_was_named_a_moment_ago_may_be_meant_by_a_pronoun():
    eyes = fact("eyes", "green")

    assert found(eyes, "Mara came in. Rain ran down the glass.\n\nHer green eyes shone.") == [
        (2, "Her green eyes shone.")
    ]
    assert found(eyes, "Her green eyes shone.", before="Mara came in.")
    assert not found(eyes, "Mara came in. Tom looked up. His green eyes shone.")
    assert not found(
        eyes, "Mara left. It rained. The street was empty. A dog barked. Her eyes were green."
    )


def test_a_language_that_sets_no_spaces_is_searched_too():
    who = Mentions((Entity("美雪", Being.PERSON),), "ja")

    assert found(fact("occupation", "薬剤師", "美雪"), "美雪は薬剤師だった。", who=who)
    assert not found(fact("occupation", "薬剤師", "美雪"), "美雪は笑った。", who=who)
