"""Which pairs of passages the ledger puts before a judge: a new fact, and what it may contradict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.errors import UsageError
from l2mac_write.ledger.agreeing import BORNE_OUT, source
from l2mac_write.ledger.conflicts import CODES
from l2mac_write.ledger.keys import About, keys
from l2mac_write.ledger.rows import Event, Fact, Said
from l2mac_write.machine.candidates import Candidate, Past, candidates, named
from l2mac_write.machine.claims import GRAVEST
from l2mac_write.machine.witness import Quoted, Side, Witness
from l2mac_write.text.counting import count_words

MOST_SOUGHT, MOST_PAIRS = 12, 20
"""Rows of a chapter that the book is searched for, and pairs, however much it makes true."""
PROMINENT = 3
LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """What a judge is shown of both; `chapter` is the id of the one that the other passage is in."""

    code: str
    new: Quoted
    later: Side
    chapter: str
    earlier: Side
    weight: int


def pairs(witness: Witness) -> tuple[Pair, ...]:
    """The weightiest, by what speaks for comparing them, what kind of thing they tell, and of whom."""
    rows: tuple[Fact | Event, ...] = (*witness.facts, *witness.events)
    mine = [row for row in rows if row.chapter == witness.chapter.id and _is_heard(row)]
    told = Counter(name for row in rows for name in named(row))
    new = sorted(mine, key=lambda row: -_gravity(row) * _prominence(row, told))
    if (past := _past(witness, rows)) is None:
        return ()
    found = [
        p for row in new for p in _pairs(row, past, witness, told, seek=row in new[:MOST_SOUGHT])
    ]
    once: dict[tuple[Side, Side], Pair] = {}
    for pair in sorted(found, key=lambda pair: -pair.weight):
        once.setdefault((pair.later, pair.earlier), pair)
    return tuple(once.values())[:MOST_PAIRS]


def _is_heard(row: Fact | Event) -> bool:
    """What is thought in the book is held against nothing, nor what nobody says."""
    said, speaker = source(row)
    return said in BORNE_OUT or (said == Said.DIALOGUE and bool(speaker))


def _kind(row: Fact | Event) -> About:
    """Who does something is not dead, not elsewhere, and knows what is needed for it."""
    return About.STATE if isinstance(row, Event) else keys()[row.key].kind


def _gravity(row: Fact | Event) -> int:
    return len(GRAVEST) - GRAVEST.index(_kind(row))


def _prominence(row: Fact | Event, told: Mapping[str, int]) -> int:
    return min(PROMINENT, max((told[name] for name in named(row)), default=1))


def _past(witness: Witness, rows: Sequence[Fact | Event]) -> Past | None:
    called: defaultdict[str, list[str]] = defaultdict(list)
    for entity in witness.situation.ledger.entities(witness.chapters):
        called[entity.name] += entity.aliases
    if (passages := witness.situation.passages) is None:
        return None
    paths = {id_: chapter.path for id_, chapter in witness.chapters.items()}
    return Past(rows, passages, paths, called, witness.situation.brief.language)


def _pairs(
    row: Fact | Event, past: Past, witness: Witness, told: Mapping[str, int], *, seek: bool
) -> Iterator[Pair]:
    try:
        new = witness.find(row.chapter, row.quote)
    except UsageError:
        return
    ids = {path: id_ for id_, path in past.paths.items()}
    weight = _gravity(row) * _prominence(row, told)
    for other in candidates(row, past, seek=seek):
        shown = _shown(new, other, ids[other.path], witness)
        if shown and count_words(shown.around) >= LEAST_WORDS:
            yield Pair(
                CODES[_kind(row)],
                new,
                witness.passage(new.chapter, witness.paragraph(new)),
                ids[other.path],
                shown,
                weight * other.weight,
            )


def _shown(new: Quoted, other: Candidate, chapter: str, witness: Witness) -> Side | None:
    """Of what is noted, the paragraph, if it comes before and the two may meet."""
    if other.row is None:
        return witness.passage(chapter, other.quote)
    try:
        there = witness.find(chapter, other.quote)
    except UsageError:
        return None
    is_earlier = chapter != new.chapter or there.end <= new.start
    if not is_earlier or not new.may_meet(there):
        return None
    return witness.passage(chapter, witness.paragraph(there))
