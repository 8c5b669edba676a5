"""Which passages answer a question best, as if no text were there but those that may be seen."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain

from l2mac_write.ports import Passage, Sought
from l2mac_write.store.derived import Rows
from l2mac_write.store.passages import SENTENCES
from l2mac_write.store.postings import File, Postings

FOUND = """
    SELECT id, path, number, part, text FROM passage
    WHERE id IN (SELECT value FROM json_each(?))
"""
HAVING = """
    SELECT here.path, here.number, here.text, coalesce(before.text, '') FROM passage AS here
    LEFT JOIN passage AS before ON before.id = here.id - 1 AND before.path = here.path
    WHERE here.id IN (SELECT value FROM json_each(?)) ORDER BY here.id
"""
# Those of BM25. How often a short passage says a word is no matter.
SATURATION, LENGTH = 1.2, 0.6
ENOUGH = 400
"""Passages among which the best are."""
SHELVES = 4
"""That are remembered at once: who writes at the same time may see different texts."""
ANSWERS = 500
"""That a shelf remembers at once."""


class IndexedPassages:
    """Implements `ports.Passages` over the tables that follow from the texts."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._postings = Postings(rows)
        self._shelves: dict[object, Shelf] = {}

    def best(self, sought: Sought, seen: Sequence[str], most: int) -> tuple[Passage, ...]:
        shelf = self._shelf(seen)
        asked = (tuple(map(tuple, sought)), most)
        if (answer := shelf.answers.get(asked)) is None:
            answer = self._best(sought, shelf, seen, most)
            shelf.remember(asked, answer)
        return answer

    def having(self, ways: Sequence[str], seen: Sequence[str]) -> Iterator[tuple[Passage, str]]:
        """All passages of these files with any of the words and phrases, each with the text before."""
        found = self._postings.spoken(ways, self._postings.files(seen))
        ids = {id_ // SENTENCES for spoken in found for id_ in spoken.sentences}
        for path, number, text, before in self._rows(HAVING, json.dumps(sorted(ids))):
            yield Passage(path, number, text), before

    def _best(
        self, sought: Sought, shelf: Shelf, seen: Sequence[str], most: int
    ) -> tuple[Passage, ...]:
        things = [shelf.thing(tuple(ways)) for ways in sought if shelf.files]
        scores, told = _scores(things, shelf)
        whole = sum(thing.weight for thing in things)
        least = min(nlargest(most, scores.values()), default=0.0)
        near = [id_ for id_, score in scores.items() if score >= least]
        order = {path: place for place, path in enumerate(seen)}
        ranked = sorted(
            (-scores[id_], order[path], number, part, text, told[id_] / whole)
            for id_, path, number, part, text in self._rows(FOUND, json.dumps(near))
        )
        return tuple(
            Passage(seen[path], number, text, share)
            for _, path, number, _, text, share in ranked[:most]
        )

    def _shelf(self, seen: Sequence[str]) -> Shelf:
        """The same one as before, while it holds the same."""
        holding = (self._postings.state(), *seen)
        if (shelf := self._shelves.get(holding)) is None:
            if len(self._shelves) >= SHELVES:
                self._shelves.clear()
            shelf = Shelf(self._postings, self._postings.files(seen))
            self._shelves[holding] = shelf
        return shelf


@dataclass(frozen=True, slots=True)
class Thing:
    """What is sought, how much a passage is worth that speaks of it, and where it is spoken of."""

    weight: float
    sentences: Sequence[int]


@dataclass(slots=True)
class Shelf:
    """The texts that may be seen, by their first passages, and what has been asked of them."""

    postings: Postings
    files: Mapping[int, File]
    answers: dict[object, tuple[Passage, ...]] = field(default_factory=dict)
    shares: Mapping[int, float] = field(init=False)
    """What a passage's length makes of it."""
    _things: dict[Sequence[str], Thing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shares = _shares({f.first: self.postings.lengths(f) for f in self.files.values()})

    def remember(self, asked: object, answer: tuple[Passage, ...]) -> None:
        if len(self.answers) >= ANSWERS:
            self.answers.clear()
            self._things.clear()
        self.answers[asked] = answer

    def thing(self, ways: Sequence[str]) -> Thing:
        if ways not in self._things:
            found = self.postings.spoken(ways, self.files)
            passages = sum(spoken.passages for spoken in found)
            weight = math.log(1 + (len(self.shares) - passages + 0.5) / (passages + 0.5))
            sentences = chain.from_iterable(spoken.sentences for spoken in found)
            self._things[ways] = Thing(weight, array("Q", sentences))
        return self._things[ways]


def _shares(lengths: Mapping[int, Sequence[int]]) -> dict[int, float]:
    every = [*chain.from_iterable(lengths.values())]
    mean = sum(every) / max(1, len(every))
    share = {
        length: (SATURATION + 1) / (1 + SATURATION * (1 - LENGTH + LENGTH * length / mean))
        for length in {*every}
    }
    return {
        id_: share[length]
        for first, here in lengths.items()
        for id_, length in enumerate(here, start=first)
    }


def _scores(things: Sequence[Thing], shelf: Shelf) -> tuple[dict[int, float], dict[int, float]]:
    """What each passage says of all things, and its best sentence once more for itself.

    Beside it stands what a passage says whatever its length. What is spoken of least comes first,
    and once it has brought enough passages to light, the others bring no more but count for these.
    """
    told: dict[int, float] = {}
    sentences: dict[int, float] = {}
    for thing in sorted(things, key=lambda thing: -thing.weight):
        here = thing.sentences
        if len(told) >= ENOUGH:
            here = [id_ for id_ in here if id_ // SENTENCES in told]
        for id_ in here:
            sentences[id_] = sentences.get(id_, 0.0) + thing.weight
        for id_ in {id_ // SENTENCES for id_ in here}:
            told[id_] = told.get(id_, 0.0) + thing.weight
    best = _best_sentences(sentences)
    scores = {id_: said * shelf.shares[id_] + best[id_] for id_, said in told.items()}
    return scores, told


def _best_sentences(sentences: Mapping[int, float]) -> dict[int, float]:
    """Of each passage, what its best sentence says."""
    best: dict[int, float] = {}
    for id_, said in sentences.items():
        if said > best.get(id_ // SENTENCES, 0.0):
            best[id_ // SENTENCES] = said
    return best
