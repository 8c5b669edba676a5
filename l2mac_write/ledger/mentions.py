"""Where a text says again what a row of the ledger says: whom it names, and of them the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from l2mac_write.ledger import normal
from l2mac_write.ledger.keys import Type, keys
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.rows import Being, Entity, Event, Fact
from l2mac_write.ledger.sentences import RUN, Sentence, plain, sentences
from l2mac_write.text.common_words import common_words
from l2mac_write.text.numbers import values as spelled

BREAK = re.compile(r"\n\s*\n")
MOST_OF_IT = 0.6
"""The share of the words of a value, or of what happened, by which it is known again."""
AFFIRMED = {"yes", "true"}
"""What is said of a key that says all itself, such as `dead`."""
NEAR, FAR = 1, 3
"""Sentences for which somebody who was named may be meant still: without a word, and by a pronoun."""

Says: TypeAlias = Callable[[Sentence], bool]
Ways: TypeAlias = tuple[str, ...]
"""Words and phrases, any of which will do."""


def never(_: Sentence) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Mention:
    """The sentence that says it; paragraphs of the text count from 1."""

    paragraph: int
    quote: str


@dataclass(frozen=True, slots=True)
class Sense:
    """Whom a sentence has to name, and whether it says the thing; it has one of the words `by`.

    What `tells` is so much that nobody need be named.
    """

    called: Ways
    says: Says
    by: Ways
    tells: Says = never


class Mentions:
    """Looks for what rows say. `entities` are all who may be meant, `language` is a tag."""

    def __init__(self, entities: Iterable[Entity], language: str) -> None:
        self._entities = tuple(entities)
        self._little = frozenset(common_words(language))
        self._names = Names(self._entities)

    def find(self, sense: Sense, text: str, before: str = "") -> tuple[Mention, ...]:
        """Every sentence of the text that says it; the text `before` is read for its names.

        Who was named a moment ago may be meant by a pronoun.
        """
        found, is_meant, since = list[Mention](), False, 0
        for number, sentence in _sentences(before, text):
            is_named, since = sentence.has(sense.called), since + 1
            if is_named or sentence.has(self._people):
                is_meant, since = is_named, 0
            is_there = since <= NEAR or (since <= FAR and sentence.has(normal.pronouns()))
            says = is_meant and is_there and sense.says(sentence)
            if number and (says or sense.tells(sentence)):
                found.append(Mention(number, sentence.text.strip()))
        return tuple(found)

    def sense(self, row: Fact | Event | Entity) -> Sense:
        match row:
            case Fact():
                sense = self._of_fact(row, self.called(row.subject))
                is_person = {*sense.called} <= {*self._people}
                return replace(sense, tells=never) if is_person else sense
            case Event():
                called = tuple(chain.from_iterable(map(self.called, row.participants)))
                words = self._telling(row.what, called)
                return Sense(called, _most(words), words)
            case Entity():
                called = self.called(row.name)
                return Sense(called, lambda _: True, called)

    def called(self, name: str) -> Ways:
        """All that one goes by, in small letters."""
        meant = self._names.meant(name) or name
        whole = (meant, *(a for e in self._entities if e.name == meant for a in e.aliases))
        ways = [" ".join(plain(way)) or way for way in whole]
        parts = [part for way in ways for part in way.split()]
        alone = (part for part in parts if self._names.meant(part) == meant)
        return tuple(dict.fromkeys((*ways, *alone)))

    @cached_property
    def _people(self) -> Ways:
        people = (e.name for e in self._entities if e.kind == Being.PERSON)
        return tuple(dict.fromkeys(chain.from_iterable(map(self.called, people))))

    def _of_fact(self, fact: Fact, called: Ways) -> Sense:
        """A value that any sentence may have must be one of what the fact is about, too."""
        key = keys()[fact.key]
        spoken = (" ".join(plain(word)) for word in key.words if word not in normal.counted())
        about = (*spoken, *self._about(fact, called))
        if key.type is Type.COLOUR and (colours := normal.colour(fact.value).split()):
            return Sense(called, _colours(colours, about), normal.called_so(colours))
        if key.type is Type.NUMBER and (number := normal.number(fact.value)):
            return Sense(called, _number(number, about), _written(number))
        if key.type is Type.DATE and (found := _of_date(fact.value, called)):
            return found
        if key.type is Type.ENTITY and self._names.meant(fact.value):
            other = self.called(fact.value)
            return Sense(called, lambda sentence: sentence.has(other), other)
        words = self._telling(fact.value, called)
        if words and fact.normal not in AFFIRMED:
            return Sense(called, _most(words), words)
        by = about or tuple(plain(fact.value))
        return Sense(called, _any(by), by)

    def _about(self, fact: Fact, called: Ways) -> Ways:
        """What the row's own words tell besides whom it is about, and what it says of them."""
        value = {*plain(fact.value), *normal.called_so(normal.colour(fact.value).split())}
        return tuple(word for word in self._telling(fact.quote, called) if word not in value)

    def _telling(self, text: str, called: Ways) -> Ways:
        """Each word once, but for names and the little ones that every text has."""
        if RUN.search(text):
            return (text.strip(),)
        dumb = self._little.union(part for way in called for part in way.split())
        return tuple(dict.fromkeys(w for w in plain(text) if w not in dumb and len(w) > 1))


def _sentences(before: str, text: str) -> Iterator[tuple[int, Sentence]]:
    """With the numbers of their paragraphs, 0 for what comes before."""
    for number, paragraph in enumerate((before, *BREAK.split(text.strip()))):
        yield from ((number, sentence) for sentence in sentences(paragraph))


def _any(words: Collection[str]) -> Says:
    return lambda sentence: any(map(sentence.speaks_of, words))


def _most(words: Sequence[str]) -> Says:
    """Their greater part; of numbers among them, all."""
    counted = [word for word in words if word.isdecimal() or word in normal.counted()]
    rest = [word for word in words if word not in counted]
    number = normal.number(" ".join(counted)) if counted else ""

    def says(sentence: Sentence) -> bool:
        if number and number not in sentence.numbers:
            return False
        return sum(map(sentence.speaks_of, rest)) >= MOST_OF_IT * len(rest)

    return says


def _colours(wanted: Collection[str], about: Ways) -> Says:
    topic = _any(about)

    def says(sentence: Sentence) -> bool:
        there = normal.colour(" ".join(sentence.words)).split()
        return not set(wanted).isdisjoint(there) and topic(sentence)

    return says


def _number(number: str, about: Ways) -> Says:
    topic = _any(about)

    def says(sentence: Sentence) -> bool:
        return number in sentence.bare_numbers or (number in sentence.numbers and topic(sentence))

    return says


def _of_date(value: str, called: Ways) -> Sense | None:
    """A day of the year tells enough; a year, or a month of one, only of whom it is said."""
    words, parts = plain(value), normal.date_parts(value)
    days = normal.days_of_months(words)
    by = [word for word in words if word in normal.months()] if days else []
    by += [str(parts[0])] if parts else []

    def on_that_day(sentence: Sentence) -> bool:
        return not days.isdisjoint(normal.days_of_months(sentence.words))

    def says(sentence: Sentence) -> bool:
        there = normal.date_parts(sentence.text)
        is_then = bool(there) and all(a == b for a, b in zip(there, parts, strict=False))
        return on_that_day(sentence) or (bool(parts) and is_then)

    return Sense(called, says, tuple(by), on_that_day) if by else None


def _written(number: str) -> Ways:
    """In digits, and as it is spelled where that is known."""
    words = (way for way, value in spelled().items() if str(value) == number)
    grouped = f"{int(number):,}" if number.isdecimal() else number
    return tuple(
        dict.fromkeys((number, " ".join(plain(grouped)), *(" ".join(plain(w)) for w in words)))
    )
