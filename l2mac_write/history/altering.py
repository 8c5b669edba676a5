"""Which rows of the ledger a change of a chapter's text has altered: of two versions, code can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from l2mac_write.history.comparing import Kind, Passage, compared
from l2mac_write.history.lineage import Line, Lines
from l2mac_write.ledger import normal, page_file
from l2mac_write.ledger.agreeing import agree
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.mentions import Mentions
from l2mac_write.ledger.page_file import PAGE
from l2mac_write.ledger.rows import Entity, Event, Fact, Page, Row, Thread, hashed
from l2mac_write.ledger.sentences import SENTENCE, plain
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Version

OTHER = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
"""What the text with pieces of a kind is without."""
NUMBER = rf"(?:\d+|{'|'.join(sorted(normal.counted(), key=len, reverse=True))})"
COUNTED = re.compile(
    rf"(?i)\b{NUMBER}(?:[-\s,]{{1,2}}(?:and\s)?{NUMBER})*\s+(?!(?:and|{NUMBER})\b)[^\W\d_]{{3,}}"
)
"""A number and what it counts."""
LONGEST = 300
"""Characters of what is shown of a text."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that the text had and the ledger had not, with what it counts: `nineteen years`."""

    table: ClassVar[str] = "counted"
    words: str
    quote: str

    @property
    def id(self) -> str:
        return hashed(self.table, self.words, self.quote)


@dataclass(frozen=True, slots=True)
class Altered:
    """What the text bears out no more; `new` is what was read in its place.

    `now` are the words that stand there now, empty where it is gone without any.
    """

    row: Row | Counted
    new: Row | None = None
    now: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """What was noted of a chapter by the time of one version of it; `is_read`, of that very text."""

    rows: tuple[Row, ...]
    is_read: bool


def pages(folder: BookFolder, lines: Lines, line: Line, number: int, version: Version) -> Pages:
    """The rows that the text of that version bears out."""
    path, text = PAGE.format(number), folder.text(version)
    noted = lines.line(path).versions if path in lines.paths else ()
    later = (change.id for change in line.changes if change.id > version.id > 0)
    end = next(later, None)
    there = [v for v in noted if v.sha and (end is None or v.id < end)]
    page = page_file.load(folder.text(there[-1])) if there else Page()
    rows = tuple(row for row in page.rows if row.quote and row.quote in text)
    return Pages(rows, bool(there) and there[-1].id > version.id > 0)


def altered(
    before: Sequence[Row], old: str, after: Pages, new: str, mentions: Mentions
) -> tuple[Altered, ...]:
    """The rows before that the new text does not bear out, in other words either, and bare numbers."""
    passages = [passage for passage in compared(old, new) if passage.is_changed]
    gone = [row for row in before if row.quote not in new and not _is_noted(row, after)]
    rows = [
        Altered(row, _instead(row, after.rows, before), _touched(there, Kind.ADDED))
        for row in gone
        if not _is_reworded(row, there := _about(row, passages), mentions)
    ]
    quotes = [change.row.quote for change in rows]
    loose = ((c, p) for p in passages for c in _counted(p))
    rest = [(c, p) for c, p in loose if not any(c.words in quote for quote in quotes)]
    return (*rows, *(Altered(counted, now=_touched([p], Kind.ADDED)) for counted, p in rest))


def _about(row: Row, passages: Sequence[Passage]) -> Sequence[Passage]:
    """The changed paragraphs in which the row's quote stood."""
    return [passage for passage in passages if row.quote in passage.text(Kind.ADDED)]


def _is_noted(row: Row, after: Pages) -> bool:
    return any(_same(row, other) for other in after.rows)


def _is_reworded(row: Row, there: Sequence[Passage], mentions: Mentions) -> bool:
    text = "\n\n".join(passage.text(Kind.REMOVED).strip() for passage in there)
    return not isinstance(row, Thread) and bool(mentions.find(mentions.sense(row), text))


def _same(row: Row, other: Row) -> bool:
    match row, other:
        case Fact(), Fact():
            return (row.subject, row.key) == (other.subject, other.key) and agree(row, other)
        case Thread(), Thread():
            return (row.name, row.course) == (other.name, other.course)
        case Entity(), Entity():
            return row.name == other.name
        case Event(), Event():
            return row.what == other.what
    return False


def _instead(row: Row, after: Sequence[Row], before: Sequence[Row]) -> Fact | None:
    """The new value of the same thing."""
    if not isinstance(row, Fact):
        return None
    facts = (other for other in after if isinstance(other, Fact) and other not in before)
    return next((o for o in facts if (o.subject, o.key) == (row.subject, row.key)), None)


def _touched(passages: Sequence[Passage], kind: Kind) -> str:
    """The sentences in which words of that kind are, one after the other."""
    return " … ".join(s for passage in passages for s in _sentences(passage, kind))[:LONGEST]


def _sentences(passage: Passage, kind: Kind) -> Iterator[str]:
    spans = [*_spans(passage, kind)]
    for found in SENTENCE.finditer(passage.text(OTHER[kind])):
        if _meets(found, spans):
            yield found[0].strip()


def _spans(passage: Passage, kind: Kind) -> Iterator[tuple[int, int]]:
    """Where the pieces of that kind are, in the text that has them."""
    at = 0
    for piece in passage.pieces:
        if piece.kind is kind:
            yield at, at + len(piece.text)
        at += len(piece.text) if piece.kind is not OTHER[kind] else 0


def _meets(found: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < found.end() and end > found.start() for start, end in spans)


def _counted(passage: Passage) -> Iterator[Counted]:
    """Each number that is gone, with the word after it, unless the new text has it there, too."""
    old, new = passage.text(Kind.ADDED), f" {' '.join(plain(passage.text(Kind.REMOVED)))} "
    spans = [*_spans(passage, Kind.REMOVED)]
    for found in COUNTED.finditer(old):
        said = " ".join(plain(found[0]))
        if _meets(found, spans) and f" {said} " not in new:
            quotes = (s[0] for s in SENTENCE.finditer(old) if s.end() > found.start())
            yield Counted(said, next(quotes).strip())


def what(row: Row | Counted) -> str:
    """A row of the ledger in a few words."""
    match row:
        case Counted():
            return f"A number that no fact holds: `{row.words}`"
        case Fact():
            return f"{row.subject}, {keys()[row.key].means}: `{row.value}`"
        case Event():
            return f"What happened: {row.what}"
        case Entity():
            return f"Who or what there is: {row.name}"
    return f"What the reader waits for: {row.what or row.name}"
