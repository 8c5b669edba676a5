"""Errors go into a text: as edits of spans, which the seeded text can be read back from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from tests.benchmarks.seeds.books import Book, Paragraph, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `new`. Where both are the same, it only marks an end of a seed."""

    start: int
    end: int
    new: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a perfect reader puts into the ledger: `key` is one of the ledger's, or `event`."""

    subject: str
    key: str
    value: str
    quote: str
    said: str = "narration"
    since: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """One error to plant: its ends in the order of the anchor and what conflicts with it.

    A `wide` one concerns a whole chapter. `codes` name it rightly. `agreed` are the same edits
    with nothing wrong in them, for the clean twin. `notes` are what a perfect reader makes of it.
    """

    type: str
    tier: str
    codes: tuple[str, ...]
    edits: tuple[Edit, ...]
    distance: str = ""
    wording: str = ""
    wide: bool = False
    decoy: bool = False
    agreed: tuple[Edit, ...] = ()
    notes: tuple[Note, ...] = ()
    agreed_notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit stands in the seeded text, and what it did."""

    start: int
    end: int
    before: str
    after: str
    origin: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Row:
    """One seed of the manifest, with its places in the seeded text."""

    id: str
    seed: Seed
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """A seeded book beside its clean twin."""

    book: Book
    text: str
    rows: tuple[Row, ...]


def marked(paragraph: Paragraph) -> Edit:
    """A paragraph that stays as it is, and is one end of a seed."""
    return Edit(paragraph.start, paragraph.end, paragraph.text)


def planted(book: Book, seeds: Sequence[Seed]) -> Planted:
    """From the bottom up, so that no edit moves the place of another one."""
    edits = sorted({edit for seed in seeds for edit in seed.edits}, key=_order)
    for one, next_one in pairwise(edits):
        if one.end > next_one.start:
            raise AssertionError(f"{one!r} and {next_one!r} overlap")
    text = book.text
    for edit in reversed(edits):
        text = text[: edit.start] + edit.new + text[edit.end :]
    places, shift = {}, 0
    for edit in edits:
        start = edit.start + shift
        before = book.text[edit.start : edit.end]
        places[edit] = Place(start, start + len(edit.new), before, edit.new, edit.start)
        shift += len(edit.new) - (edit.end - edit.start)
    rows = (
        Row(f"{book.name}-{seed.type}-{n}", seed, tuple(places[edit] for edit in seed.edits))
        for n, seed in enumerate(seeds)
    )
    return Planted(book, text, tuple(rows))


def _order(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def restored(planted: Planted) -> str:
    """The clean text, read back from the seeded one and its manifest."""
    text = planted.text
    places = {place for row in planted.rows for place in row.places}
    for place in sorted(places, key=lambda place: place.start, reverse=True):
        text = text[: place.start] + place.before + text[place.end :]
    return text


def manifest(planted: Planted) -> list[dict[str, object]]:
    return [
        {
            "id": row.id,
            "book": planted.book.sha,
            "type": row.seed.type,
            "tier": row.seed.tier,
            "distance": row.seed.distance,
            "wording": row.seed.wording,
            "decoy": row.seed.decoy,
            "places": [asdict(place) for place in row.places],
        }
        for row in planted.rows
    ]
