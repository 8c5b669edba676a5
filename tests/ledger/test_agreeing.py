"""Which rows of the ledger may be held against each other, and which go together."""

import pytest

from l2mac_write.ledger.agreeing import agree, may_meet, overlap
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import Event, Fact


def fact(key, value, **more):
    return Fact("Anna", key, value, normal(value, keys()[key].type), **more)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("eyes", "grey", "a clear grey"),
        ("eyes", "grey", "grey-green"),
        ("birth_date", "1850", "3 March 1850"),
        ("age", "thirty", "30"),
        ("occupation", "baker", "the baker of the village"),
    ],
)
def test_two_ways_to_say_the_same_agree(key, one, other):
    assert agree(fact(key, one), fact(key, other))
    assert agree(fact(key, other), fact(key, one))


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("eyes", "grey", "brown"),
        ("birth_date", "1850", "3 March 1851"),
        ("age", "thirty", "31"),
        ("occupation", "baker", "smith"),
    ],
)
def test_two_values_do_not(key, one, other):
    assert not agree(fact(key, one), fact(key, other))


def test_what_somebody_says_is_only_held_against_what_the_same_one_says():
    told = fact("eyes", "grey")
    lie = fact("eyes", "grey", said="dialogue", speaker="Tomas")

    assert may_meet(told, fact("eyes", "brown", said="plan"))
    assert may_meet(told, Event("Anna left", ("Anna",)))
    assert may_meet(lie, fact("eyes", "brown", said="dialogue", speaker="Tomas"))
    assert not may_meet(told, lie)
    assert not may_meet(lie, fact("eyes", "brown", said="dialogue", speaker="Ines"))


@pytest.mark.parametrize("said", ["thought", "document"])
def test_thoughts_and_letters_are_held_against_nothing(said):
    dreamt = fact("eyes", "grey", said=said)

    assert not may_meet(dreamt, fact("eyes", "brown", said=said))
    assert not may_meet(dreamt, fact("eyes", "brown"))


def test_what_is_over_before_the_other_begins_does_not_overlap():
    one = fact("hair", "black", since="1850", until="1855")

    assert not overlap(one, fact("hair", "red", since="1860"))
    assert not overlap(fact("hair", "red", since="1860"), one)
    assert overlap(one, fact("hair", "red", since="1853"))
    assert overlap(one, fact("hair", "red"))
