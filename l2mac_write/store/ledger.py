"""The ledger as it is asked: rows of certain chapters, in the order of the book."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from l2mac_write.ledger.rows import Entity, Event, Fact, R, Row, Thread
from l2mac_write.store.derived import Rows
from l2mac_write.store.ledger_tables import SELECT, row_of

ORDER = " ORDER BY number, ord"
WITH_IDS = "id IN (SELECT value FROM json_each(?))"
OF_CHAPTERS = "(chapter = '' OR chapter IN (SELECT value FROM json_each(?)))"


@dataclass(frozen=True, slots=True)
class StoredLedger:
    """Implements `ports.Ledger` over the tables of a book; `ask` is its `rows`."""

    ask: Rows

    def entities(self, chapters: Collection[str]) -> tuple[Entity, ...]:
        return self._of(Entity, chapters)

    def facts(
        self, chapters: Collection[str], *, subjects: Collection[str] = (), key: str = ""
    ) -> tuple[Fact, ...]:
        where, values = "", list[str]()
        if subjects:
            where, values = " AND subject IN (SELECT value FROM json_each(?))", [_list(subjects)]
        if key:
            where, values = f"{where} AND key = ?", [*values, key]
        return self._of(Fact, chapters, where, *values)

    def events(self, chapters: Collection[str]) -> tuple[Event, ...]:
        return self._of(Event, chapters)

    def threads(self, chapters: Collection[str]) -> tuple[Thread, ...]:
        return self._of(Thread, chapters)

    def rows(self, ids: Collection[str]) -> tuple[Row, ...]:
        return (
            *self._with(Entity, ids),
            *self._with(Fact, ids),
            *self._with(Event, ids),
            *self._with(Thread, ids),
        )

    def _with(self, kind: type[R], ids: Collection[str]) -> Iterator[R]:
        return _made(kind, self.ask(SELECT[kind] + WITH_IDS + ORDER, _list(ids)))

    def _of(
        self, kind: type[R], chapters: Collection[str], where: str = "", *values: str
    ) -> tuple[R, ...]:
        statement = f"{SELECT[kind]}{OF_CHAPTERS}{where}{ORDER}"
        return tuple(_made(kind, self.ask(statement, _list(chapters), *values)))


def _made(kind: type[R], rows: Iterable[Sequence[Any]]) -> Iterator[R]:
    return (row_of(kind, row) for row in rows)


def _list(words: Collection[str]) -> str:
    return json.dumps([*words], ensure_ascii=False)
