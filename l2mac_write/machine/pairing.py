"""Which pairs of passages the ledger puts before a judge: a new fact, and what it may contradict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.counting import count_words
from l2mac_write.errors import UsageError
from l2mac_write.ledger.agreeing import NOBODYS, agree
from l2mac_write.ledger.conflicts import CODES
from l2mac_write.ledger.keys import About, keys
from l2mac_write.ledger.rows import Event, Fact, Said
from l2mac_write.machine.candidates import Candidate, Past, candidates
from l2mac_write.machine.claims import GRAVEST
from l2mac_write.machine.speech import narrated
from l2mac_write.machine.witness import Quoted, Witness

MOST_FACTS, MOST_PAIRS = 12, 30
"""Of a chapter, however much it makes true."""
OTHERWISE, NOTED = 3, 2
"""How much more a pair counts whose values differ, or whose other side is in the ledger too."""
PROMINENT = 3
LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """What a judge is shown of both; `chapter` is the id of the one that the other passage is in."""

    code: str
    new: Quoted
    later: str
    chapter: str
    earlier: str
    weight: int


def pairs(witness: Witness) -> tuple[Pair, ...]:
    """The weightiest, by what kind of thing they are about, whether values differ, and of whom."""
    rows: tuple[Fact | Event, ...] = (*witness.facts, *witness.events)
    mine = [row for row in rows if row.chapter == witness.chapter.id and _is_heard(row)]
    told = Counter(name for row in rows for name in _about(row))
    new = sorted(mine, key=lambda row: -_gravity(row) * _prominence(row, told))[:MOST_FACTS]
    past = _past(witness, rows)
    found = [pair for row in new for pair in _pairs(row, past, witness, told)] if past else []
    return tuple(sorted(found, key=lambda pair: -pair.weight)[:MOST_PAIRS])


def _is_heard(row: Fact | Event) -> bool:
    """What is thought or written in the book is held against nothing, nor what nobody says."""
    if isinstance(row, Event) or row.is_so:
        return True
    return row.said not in NOBODYS and bool(row.speaker)


def _about(row: Fact | Event) -> tuple[str, ...]:
    return row.participants if isinstance(row, Event) else (row.subject,)


def _kind(row: Fact | Event) -> About:
    """Who does something is not dead, not elsewhere, and knows what is needed for it."""
    return About.STATE if isinstance(row, Event) else keys()[row.key].kind


def _gravity(row: Fact | Event) -> int:
    return len(GRAVEST) - GRAVEST.index(_kind(row))


def _prominence(row: Fact | Event, told: Mapping[str, int]) -> int:
    return min(PROMINENT, max((told[name] for name in _about(row)), default=1))


def _past(witness: Witness, rows: Sequence[Fact | Event]) -> Past | None:
    called: defaultdict[str, list[str]] = defaultdict(list)
    for entity in witness.situation.ledger.entities(witness.chapters):
        called[entity.name] += entity.aliases
    if (passages := witness.situation.passages) is None:
        return None
    paths = {id_: chapter.path for id_, chapter in witness.chapters.items()}
    return Past(rows, passages, paths, called, witness.situation.brief.language)


def _pairs(
    row: Fact | Event, past: Past, witness: Witness, told: Mapping[str, int]
) -> Iterator[Pair]:
    try:
        new = witness.find(row.chapter, row.quote)
    except UsageError:
        return
    ids = {path: id_ for id_, path in past.paths.items()}
    weight = _gravity(row) * _prominence(row, told)
    for other in candidates(row, past):
        text = _shown(new, other, ids[other.path], witness)
        if count_words(text) >= LEAST_WORDS:
            times = _times(row, other)
            yield Pair(
                CODES[_kind(row)],
                new,
                witness.paragraph(new),
                ids[other.path],
                text,
                weight * times,
            )


def _times(row: Fact | Event, other: Candidate) -> int:
    match row, other.row:
        case Fact(), Fact() as noted if row.key == noted.key and not agree(row, noted):
            return OTHERWISE
        case _, None:
            return 1
    return NOTED


def _shown(new: Quoted, other: Candidate, chapter: str, witness: Witness) -> str:
    """Of a passage that nobody has noted anything of, only what the narrator says."""
    if other.row is None:
        return narrated(other.quote) if new.said == Said.NARRATION else ""
    try:
        there = witness.find(chapter, other.quote)
    except UsageError:
        return ""
    is_earlier = chapter != new.chapter or there.start < new.start
    return witness.paragraph(there) if is_earlier and new.may_meet(there) else ""
