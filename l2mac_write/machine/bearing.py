"""Does an earlier row, or a passage, speak of the same thing as a new row? Nobody need compare them else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from sys import intern

from l2mac_write.ledger.agreeing import agree, is_younger, overlap
from l2mac_write.ledger.conflicts import is_lost
from l2mac_write.ledger.keys import About, Type, keys
from l2mac_write.ledger.moments import comes_before, moment
from l2mac_write.ledger.normal import colour, folded, number
from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.ledger.sentences import SENTENCE
from l2mac_write.machine.seeking import words
from l2mac_write.ports import Passage, Sought

RIVALS, HINDERED, ALIKE, FOUND = 4, 3, 2, 1
"""How much a pair counts: of what rules each other out, of a state and what it keeps from being
done, of rows that share words, and of a passage that nobody has noted anything of."""
STEM = 4
"""Letters by which words of one family are known: `sign`ed, `sign`ature."""
COMMON = 2
"""Words that rows of two kinds have in common if they speak of the same thing."""
WORD = re.compile(r"[^\W\d_]{3,}")
COUNTED = frozenset({About.QUANTITY, About.LOCATION, About.RULE, About.RELATION})
"""Of these, one word in common will do: few things are told of anybody."""
DEFINITE = COUNTED | {About.TERM, About.KNOWLEDGE, About.CUSTODY}
NAME = re.compile(r"\b[A-Z][\w-]*")
LITTLE_ELSE = 0.5
"""So much of a sentence, names apart, is what a quote says too."""
REWORDED, AKIN = 0.5, 0.35
"""So much of a quote comes again where it is told in other words, or where more is told of those
whom it names."""
MOST_WORDS = 400
"""Of a passage, that are looked at."""
LIVING = frozenset({About.CUSTODY, About.LOCATION, About.KNOWLEDGE, About.STATE})
THERE = frozenset({About.CUSTODY, About.LOCATION})
"""What cannot be so of the dead; what cannot be so of who is held, nor of what is lost."""


def weight(new: Fact | Event, other: Fact | Event, language: str) -> int:
    """0 where both rows, which are about the same people or things, may well stand side by side."""
    if isinstance(new, Event) or isinstance(other, Event):
        if isinstance(other, Fact) and _hinders(other, new):
            return HINDERED
        return ALIKE if len(_shared(new, other, language)) > COMMON else 0
    if _is_told(new, other) or not overlap(new, other):
        return 0
    if new.key == other.key:
        return _of_one_key(new, other, language)
    if _hinders(other, new):
        return HINDERED
    return ALIKE if len(_shared(new, other, language)) >= COMMON else 0


def _is_told(new: Fact, other: Fact) -> bool:
    """Whether the text itself says that the one has become the other, as it can."""
    is_one = new.key == other.key and bool(new.old) and not is_younger(new, other)
    return is_one and folded(new.old) in (folded(other.normal), folded(other.value))


def _of_one_key(new: Fact, other: Fact, language: str) -> int:
    key = keys()[new.key]
    if new.subject != other.subject or agree(new, other):
        return 0
    if key.fleeting:
        return RIVALS if _at_once(new, other) else 0
    if key.rival:
        return RIVALS
    least = 1 if key.kind in COUNTED else COMMON
    return ALIKE if len(_shared(new, other, language)) >= least else 0


def _at_once(one: Fact, other: Fact) -> bool:
    if one.since or other.since:
        return folded(one.since) == folded(other.since)
    return one.chapter == other.chapter


def _hinders(state: Fact, row: Fact | Event) -> bool:
    """Whether it keeps its subject from what the row tells, which is not said to come before it."""
    key, when = keys()[state.key], row.when if isinstance(row, Event) else row.since
    if not key.hinders or (state.key == "condition" and not is_lost(state)):
        return False
    if comes_before(when, moment(state.since) if state.since else None):
        return False
    if isinstance(row, Event):
        return True
    return keys()[row.key].kind in (LIVING if state.key == "dead" else THERE)


def _shared(one: Fact | Event, other: Fact | Event, language: str) -> frozenset[str]:
    """The words that both say, but for the names of those whom both are about."""
    common = _told(one, language) & _told(other, language)
    return common - _stems(about(one) & about(other), language) if common else common


def about(row: Fact | Event) -> frozenset[str]:
    """Those whom it is about; who has a thing counts as well as the thing."""
    if isinstance(row, Event):
        return frozenset(row.participants)
    of_somebody = keys()[row.key].kind is About.CUSTODY
    return frozenset({row.subject, row.value} if of_somebody else {row.subject})


@lru_cache(maxsize=1 << 12)
def _told(row: Fact | Event, language: str) -> frozenset[str]:
    said = row.what if isinstance(row, Event) else row.value
    return _stems((said, row.quote), language)


def _stems(texts: Iterable[str], language: str) -> frozenset[str]:
    return frozenset().union(*(_stems_of(text, language) for text in texts))


@lru_cache(maxsize=1 << 11)
def _stems_of(text: str, language: str) -> frozenset[str]:
    """As many texts as a chapter is held against; whatever they say, there are not many stems."""
    return frozenset(intern(word[:STEM]) for (word,) in words(text, language, most=MOST_WORDS))


def own_words(new: Fact | Event, called: Collection[str], language: str) -> Sought:
    """Those of its quote, but for the names of those whom it is about: these are `called`."""
    own = _own(new, called, language)
    return tuple(ways for ways in words(new.quote, language) if ways[0][:STEM] in own)


def _own(new: Fact | Event, called: Collection[str], language: str) -> frozenset[str]:
    return _stems_of(new.quote, language) - _stems(called, language)


def tells(passage: Passage, new: Fact | Event, called: Collection[str], language: str) -> bool:
    """Whether it, which was sought by the row's own words, says so in others or more of the same."""
    common = _own(new, called, language) & _stems_of(passage.text, language)
    if len(common) < COMMON or passage.share < AKIN:
        return False
    if passage.share >= REWORDED:
        return True
    if is_definite(new):
        return names(passage.text, called)
    return any(_says_little_else(one, common, language) for one in SENTENCE.findall(passage.text))


def _says_little_else(sentence: str, common: frozenset[str], language: str) -> bool:
    """`It was Anna who lit the lamp`, where Ben lit it: but for who did it, all is the same."""
    small = sentence.casefold()
    if sum(stem in small for stem in common) < COMMON:
        return False
    said = _stems_of(NAME.sub("", sentence), language)
    names_somebody = len(said) < len(_stems_of(sentence, language))
    return names_somebody and len(said & common) >= max(COMMON, LITTLE_ELSE * len(said))


def speaks_of_such(
    passage: Passage, new: Fact | Event, called: Collection[str], language: str
) -> bool:
    """Whether a sentence of it names the one, and has words of the key beside the name."""
    return is_definite(new) and any(
        names(sentence, called) and _is_of_its_kind(sentence, new, called, language)
        for sentence in SENTENCE.findall(passage.text)
    )


def is_definite(row: Fact | Event) -> bool:
    """Whether there is little that may be told of anybody beside it, so that it is worth a search."""
    if isinstance(row, Event):
        return True
    key = keys()[row.key]
    return (key.rival and not key.fleeting) or key.kind in DEFINITE


def names(text: str, called: Iterable[str]) -> bool:
    """Whether one of these names is in it, or what of one begins with a capital: a part of its own."""
    there, words = f" {folded(text)} ", frozenset(WORD.findall(text))
    return any(
        f" {folded(name)} " in there or not words.isdisjoint(_parts(name)) for name in called
    )


def _parts(name: str) -> frozenset[str]:
    return frozenset(part for part in WORD.findall(name) if part[0].isupper())


def _is_of_its_kind(
    sentence: str, new: Fact | Event, called: Collection[str], language: str
) -> bool:
    """By the words of the key; of a colour or a number there has to be one."""
    key = keys()["dead" if isinstance(new, Event) else new.key]
    common = _own(new, called, language) & _stems_of(sentence, language)
    if key.kind is About.CUSTODY or (key.kind is About.QUANTITY and not common):
        return False
    read = {Type.COLOUR: colour, Type.NUMBER: number}.get(key.type, bool)
    return bool(read(sentence)) and not set(folded(sentence).split()).isdisjoint(key.words)
