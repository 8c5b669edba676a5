"""What the ledger holds, as a person asks for it: of the whole book, a chapter, or a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from l2mac_write.errors import UsageError
from l2mac_write.ledger import page_file
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.rows import Entity, Event, Fact, Refused, Thread
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.ledger import StoredLedger

NAMED = 20
"""Names that are offered where one is unknown."""


@dataclass(frozen=True, slots=True)
class Truths:
    """Rows in the order of the book. `numbers` are those that chapters show, by their ids."""

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    threads: tuple[Thread, ...]
    refused: tuple[tuple[int, Refused], ...]
    """Each with the number of its chapter."""
    numbers: dict[str, int]
    addresses: dict[str, str]
    """What a person calls each: its number, or its title where it has none."""


def truths(folder: BookFolder, plan: Plan | None) -> Truths:
    """All that the plan says and all that was noted since."""
    chapters = plan.chapters if plan else ()
    ledger, ids = StoredLedger(folder.rows), [chapter.id for chapter in chapters]
    return Truths(
        entities=ledger.entities(ids),
        facts=ledger.facts(ids),
        events=ledger.events(ids),
        threads=ledger.threads(ids),
        refused=tuple(_refused(folder, chapters)),
        numbers={chapter.id: chapter.shown for chapter in chapters},
        addresses={chapter.id: chapter.address for chapter in chapters},
    )


def of_chapter(found: Truths, number: int) -> Truths:
    """Only what was noted of that one. Raises `UsageError` where there is none."""
    if number not in found.numbers.values():
        raise UsageError(
            f"there is no chapter {number}: the plan has {max(found.numbers.values(), default=0)}."
        )
    name = next(id_ for id_, n in found.numbers.items() if n == number)
    return replace(
        found,
        entities=tuple(row for row in found.entities if row.chapter == name),
        facts=tuple(row for row in found.facts if row.chapter == name),
        events=tuple(row for row in found.events if row.chapter == name),
        threads=tuple(row for row in found.threads if row.chapter == name),
        refused=tuple(row for row in found.refused if row[0] == number),
    )


def about(found: Truths, name: str) -> Truths:
    """Only what concerns that one. Raises `UsageError` where nobody is called so."""
    names = Names(found.entities)
    meant = names.meant(name)
    if not meant:
        there = ", ".join(dict.fromkeys(entity.name for entity in found.entities[:NAMED]))
        raise UsageError(
            f"the ledger knows nobody called `{name}`. It knows: {there or 'nobody yet'}."
        )
    spun = {t.name for t in found.threads if meant in names.within(f"{t.name}. {t.what}")}
    return replace(
        found,
        entities=tuple(entity for entity in found.entities if entity.name == meant),
        facts=tuple(fact for fact in found.facts if meant in {fact.subject, fact.value}),
        events=tuple(e for e in found.events if meant in {*e.participants, e.place}),
        threads=tuple(thread for thread in found.threads if thread.name in spun),
        refused=(),
    )


def _refused(folder: BookFolder, chapters: Sequence[ChapterPlan]) -> list[tuple[int, Refused]]:
    there = {*folder.paths()}
    pages = ((c.shown, page_file.PAGE.format(c.number)) for c in chapters)
    return [
        (number, refused)
        for number, path in pages
        if path in there
        for refused in page_file.load(folder.read(path)).refused
    ]
