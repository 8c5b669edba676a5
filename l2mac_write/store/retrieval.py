"""Which passages answer a question best, as if no text were there but those that may be seen."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from l2mac_write.ports import Passage, Sought
from l2mac_write.store.derived import Rows
from l2mac_write.store.passages import RUN, SENTENCES, searchable

SEEN = "SELECT id, length FROM passage WHERE path IN (SELECT value FROM json_each(?))"
HITS = "SELECT rowid FROM passage_words WHERE passage_words MATCH ?"
FOUND = """
    SELECT id, path, number, part, text FROM passage
    WHERE id IN (SELECT value FROM json_each(?))
"""
HAVING = """
    SELECT here.path, here.number, here.text, coalesce(before.text, '') FROM passage AS here
    LEFT JOIN passage AS before ON before.id = here.id - 1 AND before.path = here.path
    WHERE here.id IN (SELECT value FROM json_each(?))
    AND here.path IN (SELECT value FROM json_each(?)) ORDER BY here.id
"""

# What would end a phrase, or the statement that it is part of.
NO_SIGNS = str.maketrans('"\0', "  ")
# Those of BM25. How often a short passage says a word is no matter.
SATURATION, LENGTH = 1.2, 0.6


@dataclass(frozen=True, slots=True)
class IndexedPassages:
    """Implements `ports.Passages` over the tables that follow from the texts."""

    rows: Rows

    def best(self, sought: Sought, seen: Sequence[str], most: int) -> tuple[Passage, ...]:
        scores = self._scores(sought, dict(self.rows(SEEN, json.dumps(list(seen)))))
        least = min(nlargest(most, scores.values()), default=0.0)
        near = [id_ for id_, score in scores.items() if score >= least]
        order = {path: place for place, path in enumerate(seen)}
        ranked = sorted(
            (-scores[id_], order[path], number, part, text)
            for id_, path, number, part, text in self.rows(FOUND, json.dumps(near))
        )
        return tuple(
            Passage(seen[path], number, text) for _, path, number, _, text in ranked[:most]
        )

    def having(self, ways: Sequence[str], seen: Sequence[str]) -> Iterator[tuple[Passage, str]]:
        """All passages of these files with any of the words and phrases, each with the text before."""
        ids = json.dumps(sorted({id_ // SENTENCES for (id_,) in self.rows(HITS, _match(ways))}))
        for path, number, text, before in self.rows(HAVING, ids, json.dumps(list(seen))):
            yield Passage(path, number, text), before

    def _scores(self, sought: Sought, lengths: dict[int, int]) -> dict[int, float]:
        """What each passage says of all things, and its best sentence once more for itself."""
        mean = sum(lengths.values()) / max(1, len(lengths))
        scores: dict[int, float] = {}
        sentences: dict[int, float] = {}
        for ways in sought:
            rows = [id_ for (id_,) in self.rows(HITS, _match(ways)) if id_ // SENTENCES in lengths]
            hits = dict.fromkeys(id_ // SENTENCES for id_ in rows)
            weight = math.log(1 + (len(lengths) - len(hits) + 0.5) / (len(hits) + 0.5))
            for id_ in rows:
                sentences[id_] = sentences.get(id_, 0.0) + weight
            for id_ in hits:
                relative = 1 - LENGTH + LENGTH * lengths[id_] / mean
                share = (SATURATION + 1) / (1 + SATURATION * relative)
                scores[id_] = scores.get(id_, 0.0) + weight * share
        best: dict[int, float] = {}
        for id_, score in sentences.items():
            best[id_ // SENTENCES] = max(best.get(id_ // SENTENCES, 0.0), score)
        return {id_: score + best[id_] for id_, score in scores.items()}


def _match(ways: Sequence[str]) -> str:
    """Any of the ways, each word for word; empty ones find nothing."""
    return " OR ".join(map(_phrase, ways)) or '""'


def _phrase(way: str) -> str:
    """One character of a language without spaces is the beginning of a pair."""
    words = searchable(way).translate(NO_SIGNS).split()
    if RUN.fullmatch(way.strip()):
        words = words[:-1] or words
    return f'"{" ".join(words)}"' + (" *" if RUN.fullmatch(way) and len(way) == 1 else "")
