"""A ledger of nothing, for those who have no book yet."""

from __future__ import annotations

from collections.abc import Collection

from l2mac_write.ledger.rows import Entity, Event, Fact, Row, Thread


class EmptyLedger:
    def entities(self, chapters: Collection[str]) -> tuple[Entity, ...]:
        return ()

    def facts(
        self, chapters: Collection[str], *, subjects: Collection[str] = (), key: str = ""
    ) -> tuple[Fact, ...]:
        return ()

    def events(self, chapters: Collection[str]) -> tuple[Event, ...]:
        return ()

    def threads(self, chapters: Collection[str]) -> tuple[Thread, ...]:
        return ()

    def rows(self, ids: Collection[str]) -> tuple[Row, ...]:
        return ()


EMPTY = EmptyLedger()
