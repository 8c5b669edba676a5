"""The ledger as it is asked: rows of certain chapters, in the order of the book."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Generic

from l2mac_write.ledger.rows import Entity, Event, Fact, R, Row, Thread
from l2mac_write.store.derived import Rows
from l2mac_write.store.ledger_tables import SELECT, row_of

PAGES = "SELECT number, changes FROM ledger_page ORDER BY number"
OF_A_PAGE = "number = ? ORDER BY ord"
WITH_IDS = "id IN (SELECT value FROM json_each(?)) ORDER BY number, ord"


@dataclass(frozen=True, slots=True)
class Pages(Generic[R]):
    """The rows of one kind. What a chapter's page holds is remembered until it changes."""

    kind: type[R]
    ask: Rows
    _known: dict[int, tuple[int, tuple[R, ...]]] = field(default_factory=dict)
    """By the page's number: how often it had changed, and its rows then."""

    def of(self, chapters: Collection[str]) -> tuple[R, ...]:
        seen = {"", *chapters}
        pages = (self._page(number, changes) for number, changes in self.ask(PAGES))
        return tuple(row for page in pages for row in page if row.chapter in seen)

    def with_ids(self, ids: Collection[str]) -> tuple[R, ...]:
        return self._found(WITH_IDS, json.dumps([*ids]))

    def _page(self, number: int, changes: int) -> tuple[R, ...]:
        known = self._known.get(number)
        if known is None or known[0] != changes:
            known = self._known[number] = changes, self._found(OF_A_PAGE, number)
        return known[1]

    def _found(self, where: str, *values: object) -> tuple[R, ...]:
        rows = self.ask(SELECT[self.kind] + where, *values)
        return tuple(row_of(self.kind, row) for row in rows)


class StoredLedger:
    """Implements `ports.Ledger` over the tables of a book; `ask` is its `rows`."""

    def __init__(self, ask: Rows) -> None:
        self._entities, self._facts = Pages(Entity, ask), Pages(Fact, ask)
        self._events, self._threads = Pages(Event, ask), Pages(Thread, ask)

    def entities(self, chapters: Collection[str]) -> tuple[Entity, ...]:
        return self._entities.of(chapters)

    def facts(
        self, chapters: Collection[str], *, subjects: Collection[str] = (), key: str = ""
    ) -> tuple[Fact, ...]:
        found, asked = self._facts.of(chapters), frozenset(subjects)
        if asked:
            found = tuple(fact for fact in found if fact.subject in asked)
        return tuple(fact for fact in found if fact.key == key) if key else found

    def events(self, chapters: Collection[str]) -> tuple[Event, ...]:
        return self._events.of(chapters)

    def threads(self, chapters: Collection[str]) -> tuple[Thread, ...]:
        return self._threads.of(chapters)

    def rows(self, ids: Collection[str]) -> tuple[Row, ...]:
        return (
            *self._entities.with_ids(ids),
            *self._facts.with_ids(ids),
            *self._events.with_ids(ids),
            *self._threads.with_ids(ids),
        )
