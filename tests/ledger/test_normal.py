"""Two ways to say the same thing are the same, and two moments have an order where they can."""

import pytest

from l2mac_write.ledger.keys import Type, keys
from l2mac_write.ledger.moments import moment
from l2mac_write.ledger.normal import normal


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Type.NUMBER, "forty-two", "42"),
        (Type.NUMBER, "two hundred and five men", "205"),
        (Type.NUMBER, "three thousand four hundred", "3,400"),
        (Type.NUMBER, "a dozen", "twelve"),
        (Type.NUMBER, "a hundred", "100"),
        (Type.NUMBER, "2.50", "2.5"),
        (Type.DATE, "3 October 1871", "1871-10-03"),
        (Type.DATE, "October 3rd, 1871", "1871-10-03"),
        (Type.DATE, "the autumn of 1871", "1871"),
        (Type.COLOUR, "a cold gray", "grey"),
        (Type.COLOUR, "raven-black", "black"),
        (Type.TEXT, "The Mill!", "mill"),
        (Type.ENTITY, "The Toll-House", "toll house"),
        (Type.NUMBER, "as many as it takes", "as many as it takes"),
    ],
)
def test_values_that_mean_the_same_are_the_same(kind, one, other):
    assert normal(one, kind) == normal(other, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Type.NUMBER, "forty", "forty-two"),
        (Type.DATE, "May 1871", "June 1871"),
        (Type.COLOUR, "blue", "green"),
        (Type.COLOUR, "like her mother's", "like her father's"),
    ],
)
def test_values_that_differ_stay_different(kind, one, other):
    assert normal(one, kind) != normal(other, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1850", "1871-10"), ("May 1871", "June 1871"), ("day 3", "Day 12, at dusk")],
)
def test_the_earlier_of_two_moments_is_known(one, other):
    assert moment(one).is_before(moment(other))
    assert not moment(other).is_before(moment(one))


@pytest.mark.parametrize(("one", "other"), [("1871", "May 1871"), ("day 3", "1871")])
def test_of_moments_that_cannot_be_compared_none_is_earlier(one, other):
    assert not moment(one).is_before(moment(other))
    assert not moment(other).is_before(moment(one))


def test_most_words_are_no_moment():
    assert moment("long before the war") is None


def test_every_key_is_explained_and_turned_about_only_into_one_there_is():
    vocabulary = keys()

    assert all(key.means for key in vocabulary.values())
    assert all(vocabulary[key.inverse] for key in vocabulary.values() if key.inverse)
    assert not [key for key in vocabulary.values() if key.inverse and key.type != Type.ENTITY]
