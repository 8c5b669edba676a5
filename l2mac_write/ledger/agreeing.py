"""Whether two rows of the ledger may be held against each other, and whether they go together."""

from __future__ import annotations

from typing import TypeAlias

from l2mac_write.ledger.keys import Type, keys
from l2mac_write.ledger.moments import moment
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Event, Fact, Said

Source: TypeAlias = tuple[str, str]
NOBODYS = frozenset({Said.THOUGHT, Said.DOCUMENT})


BORNE_OUT = frozenset({Said.NARRATION, Said.DOCUMENT})
"""What the book itself vouches for until it says otherwise: what it tells, and what it shows in writing."""


def may_meet(one: Fact | Event, other: Fact | Event) -> bool:
    """The narrator against the narrator, a speaker against the same speaker; nobody else."""
    said = (source(one), source(other))
    return said[0] == said[1] and said[0][0] not in NOBODYS


def may_be_judged(one: Source, other: Source) -> bool:
    """Whether one may be held against the other by somebody who asks what excuses it.

    People lie and err, so that what they say is held only against what they say themselves, and
    what they think against nothing. A letter is no excuse in itself.
    """
    if one[0] in BORNE_OUT or other[0] in BORNE_OUT:
        return one[0] in BORNE_OUT and other[0] in BORNE_OUT
    return one == other and one[0] == Said.DIALOGUE and bool(one[1])


def source(row: Fact | Event) -> Source:
    """Who says so: the kind and, of what somebody in the book says, the name. Events are the narrator's."""
    if isinstance(row, Event) or row.is_so:
        return (Said.NARRATION, "")
    return (row.said, row.speaker)


def agree(one: Fact, other: Fact) -> bool:
    """Whether two values of one key say the same, as far as both say it."""
    kind, values = keys()[one.key].type, (one.normal or one.value, other.normal or other.value)
    if values[0] == values[1]:
        return True
    if kind is Type.DATE:
        short, long = sorted(values, key=len)
        return long.startswith(f"{short}-")
    if kind is Type.NUMBER:
        return False
    words = [set(folded(value).split()) for value in values]
    if kind is Type.COLOUR:
        return bool(words[0] & words[1])
    return words[0] <= words[1] or words[1] <= words[0]


def is_younger(fact: Fact, before: Fact) -> bool:
    """Whether somebody has lost years since, as nobody does: told of a later time, or of none."""
    ages = (fact.normal, before.normal)
    if {fact.key, before.key} != {"age"} or not all(age.isdecimal() for age in ages):
        return False
    when, then = moment(fact.since), moment(before.since)
    is_later = bool(when and then and when.scale == then.scale and not when.is_before(then))
    return int(fact.normal) < int(before.normal) and (is_later or (bool(fact.old) and not when))


def overlap(one: Fact, other: Fact) -> bool:
    """Whether both may hold at one time of the story; what tells no time may always hold."""
    return not (_is_over(one, other) or _is_over(other, one))


def _is_over(one: Fact, other: Fact) -> bool:
    end = moment(one.until) if one.until else None
    begin = moment(other.since) if other.since else None
    return bool(end and begin and end.is_before(begin))
