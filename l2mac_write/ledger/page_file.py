"""`notes/ledger/NN.toml`: what one chapter adds to the ledger, as a person can read and edit it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, asdict, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

import tomli_w

from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import ROWS, Fact, Page, Refused, Row

PAGE = "notes/ledger/{:02d}.toml"
OF_THE_PAGE = frozenset({"chapter", "normal"})
"""What is not said again in each row."""
T = TypeVar("T", bound=Row | Refused)


def dump(page: Page) -> str:
    """The file, without what is empty or usual; `load` gives the same page again."""
    head = {name: said for name in ("chapter", "when") if (said := getattr(page, name))}
    body: dict[str, list[Mapping[str, Any]]] = {}
    for row in page.rows:
        body.setdefault(row.table, []).append(_table(_untimed(row, page.when)))
    if page.refused:
        body["refused"] = [_table(row) for row in page.refused]
    return tomli_w.dumps({**head, **body}).strip()


@lru_cache(maxsize=16)
def load(text: str) -> Page:
    """The page that the file holds, without rows that are none: a person may have been at it.

    It is read again when the chapter that it is about changes.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return Page()
    chapter, when = (str(document.get(name, "")) for name in ("chapter", "when"))
    rows = (row for kind in ROWS for row in _rows(document.get(kind.table), kind, chapter))
    timed = (_compared(row, when) for row in rows if not _is_strange(row))
    refused = _rows(document.get("refused"), Refused, chapter)
    return Page(chapter, when, tuple(timed), tuple(refused))


def _is_strange(row: Row) -> bool:
    return isinstance(row, Fact) and row.key not in keys()


def _untimed(row: Row, when: str) -> Row:
    return replace(row, since="") if isinstance(row, Fact) and row.since == when else row


def _compared(row: Row, when: str) -> Row:
    """What a chapter tells holds from the time it is set in, where it says nothing else."""
    if not isinstance(row, Fact):
        return row
    value = normal(row.value, keys()[row.key].type)
    return replace(row, normal=value, since=row.since or when)


def _table(row: Row | Refused) -> Mapping[str, Any]:
    usual = {field.name: field.default for field in fields(row)}
    return {
        name: [*value] if isinstance(value, tuple) else value
        for name, value in asdict(row).items()
        if name not in OF_THE_PAGE and value != usual[name]
    }


def _rows(tables: Any, kind: type[T], chapter: str) -> Iterator[T]:
    takes = {field.name: CHECKS[str(field.type)] for field in fields(kind)}
    needs = {field.name for field in fields(kind) if field.default is MISSING}
    told = {"chapter": chapter} if "chapter" in takes else {}
    made: Callable[..., T] = kind
    for table in tables if isinstance(tables, list) else ():
        if isinstance(table, dict) and needs <= table.keys() <= takes.keys():
            row = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
            if all(takes[name](value) for name, value in row.items()):
                yield made(**{**row, **told})


CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: type(value) is int,
    "tuple[str, ...]": lambda value: (
        isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    ),
}
