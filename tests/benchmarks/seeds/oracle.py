"""A perfect reader in place of the model: the ledger that it would make of a seeded book.

What is left to measure is code alone: are quotes found again, and does the passage that a new fact
conflicts with come before the judge?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from l2mac_write.findings import Text
from l2mac_write.importers.manuscripts import Piece, cut
from l2mac_write.ledger.anchoring import Anchor, Anchors, paragraph
from l2mac_write.ledger.conflicts import conflicts
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.machine.candidates import Past, candidates
from l2mac_write.machine.seeking import names
from l2mac_write.ports import Passage
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from tests.benchmarks.seeds.books import Span
from tests.benchmarks.seeds.planting import Note, Place, Planted, Row, Seed
from tests.benchmarks.seeds.scoring import wilson

TOP = 8
"""Passages that are put before the judge."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a pair: what was read there, and whether its words are found there again."""

    fact: Fact | Event
    place: Span
    located: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """The end that comes later in the book is the new one."""

    row: Row
    earlier: End
    later: End


@dataclass(frozen=True, slots=True)
class Read:
    """A seeded book as texts under paths, and what a perfect reader notes of its pairs."""

    texts: tuple[Text, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether a pair's earlier passage came before the judge, and both quotes were located."""

    row: Row
    shown: bool
    located: bool
    beside: int = 0
    """Passages that came before the judge with it, or without it."""


def read(planted: Planted) -> Read:
    pieces = tuple(cut(planted.book.name, planted.text))
    paths = {piece.path: f"chapters/{n:03d}.md" for n, piece in enumerate(pieces, start=1)}
    texts = tuple(Text(paths[piece.path], piece.text) for piece in pieces)
    anchors = {piece.path: Anchors(piece.text) for piece in pieces}

    def end(note: Note, place: Place) -> End:
        piece = next(p for p in pieces if p.start <= place.start <= p.start + len(p.text))
        found = anchors[piece.path].find(note.quote)
        fact = _fact(note, paths[piece.path], piece, place)
        return End(fact, place.span, _is_there(found, piece, place))

    return Read(texts, tuple(_pair(row, end) for row in planted.rows if row.seed.notes))


def _pair(row: Row, end: Callable[[Note, Place], End]) -> Pair:
    ends = [end(note, place) for note, place in zip(row.seed.notes, row.places, strict=True)]
    return Pair(row, *sorted(ends, key=lambda end: end.place.start))


def _is_there(found: Anchor | None, piece: Piece, place: Place) -> bool:
    return found is not None and place.start <= piece.start + found.start <= place.end


def _fact(note: Note, path: str, piece: Piece, place: Place) -> Fact | Event:
    number = paragraph(piece.text, place.start - piece.start)
    at = {"quote": note.quote, "chapter": path, "paragraph": number}
    if note.key == "event":
        return Event(note.value, (note.subject,), when=note.since, **at)
    value = normal(note.value, keys()[note.key].type)
    return Fact(note.subject, note.key, note.value, value, since=note.since, said=note.said, **at)


def by_conflicts(planted: Planted) -> Iterator[Shown]:
    """What code alone holds against each other among all rows of the book."""
    known = read(planted)
    ends = [end for pair in known.pairs for end in (pair.earlier, pair.later)]
    rows = [end.fact for end in sorted(ends, key=lambda end: end.place.start)]
    held = {(id(found.earlier), id(found.later)) for found in conflicts(rows)}
    for pair in known.pairs:
        yield Shown(
            pair.row,
            (id(pair.earlier.fact), id(pair.later.fact)) in held,
            pair.earlier.located and pair.later.located,
        )


def by_retrieval(planted: Planted) -> Iterator[Shown]:
    """What the book says of the subject in the words of the key, best first."""
    known = read(planted)
    book = MemoryBook({text.path: text.text for text in known.texts})
    index = IndexedPassages(book.rows)
    for pair in known.pairs:
        paths = [t.path for t in known.texts if t.path <= pair.later.fact.chapter]
        found = index.best(_sought(pair.later.fact), paths, TOP + 1)
        yield Shown(
            pair.row,
            any(_is_of(passage, pair.earlier) for passage in _others(found, pair.later)),
            pair.earlier.located and pair.later.located,
        )


def by_candidates(planted: Planted) -> Iterator[Shown]:
    """What is put before a judge when the ledger holds every planted fact that comes before."""
    return _put_before(planted, noted=True)


def by_passages(planted: Planted) -> Iterator[Shown]:
    """The same when it holds none of them, and all has to be found in the book itself."""
    return _put_before(planted, noted=False)


def _put_before(planted: Planted, *, noted: bool) -> Iterator[Shown]:
    known = read(planted)
    book = MemoryBook({text.path: text.text for text in known.texts})
    index = IndexedPassages(book.rows)
    ends = sorted(
        (end for pair in known.pairs for end in (pair.earlier, pair.later)),
        key=lambda end: end.place.start,
    )
    for pair in known.pairs:
        before = [end.fact for end in ends if end.place.start < pair.later.place.start]
        paths = {t.path: t.path for t in known.texts if t.path <= pair.later.fact.chapter}
        found = candidates(pair.later.fact, Past(before if noted else (), index, paths))
        has_it = [pair.earlier.fact.quote.split("\n")[-1] in each.quote for each in found]
        located = pair.earlier.located and pair.later.located
        yield Shown(pair.row, any(has_it), located, len(found) - sum(has_it))


def _sought(fact: Fact | Event) -> list[Sequence[str]]:
    if isinstance(fact, Event):
        return [*names(fact.participants, "en")]
    return [*names([fact.subject], "en"), keys()[fact.key].words]


def _others(found: Sequence[Passage], later: End) -> list[Passage]:
    """The passage that the fact itself comes from is no candidate."""
    return [passage for passage in found if later.fact.quote not in passage.text][:TOP]


def _is_of(passage: Passage, end: End) -> bool:
    return end.fact.quote.split("\n")[-1] in passage.text


def figures(
    shown: Sequence[Shown], name: str, of: Callable[[Seed], str]
) -> list[dict[str, object]]:
    """By type or by distance: what came before the judge, and of what both quotes were located."""
    groups: dict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        groups[of(each.row.seed)].append(each)
    return [_row(name, value, found) for value, found in groups.items()] + [
        _row(name, "all", shown)
    ]


def _row(name: str, value: str, found: Sequence[Shown]) -> dict[str, object]:
    hits = sum(each.shown for each in found)
    n = max(1, len(found))
    return {
        name: value,
        "n": len(found),
        "shown": round(hits / n, 3),
        "interval": [round(end, 3) for end in wilson(hits, len(found))],
        "located": round(sum(each.located for each in found) / n, 3),
        "beside": round(sum(each.beside for each in found) / n, 2),
    }
