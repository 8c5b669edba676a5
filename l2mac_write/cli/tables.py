"""The ledger in a terminal, as tables, or as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from l2mac_write.ledger.rows import Entity, Event, Fact, Row, Thread
from l2mac_write.reading.truths import Truths

THREADS, REFUSED = "threads", "refused"
NOTHING = {THREADS: "No thread was noted.", REFUSED: "Nothing was refused."}
Line = Sequence[str]


def ledger(found: Truths, only: str, *, as_json: bool) -> None:
    if as_json:
        rows = {kind: some for kind, some in _document(found).items() if only in {"", kind}}
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    shown = [table for kind, table in _tables(found) if only in ("", kind) and table.row_count]
    if not shown:
        click.echo(NOTHING.get(only, "The ledger says nothing of it yet."))
    console = Console()
    for table in shown:
        console.print(table)


def _document(found: Truths) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    return {
        "entities": [_row(row, found) for row in found.entities],
        "facts": [_row(row, found) for row in found.facts],
        "events": [_row(row, found) for row in found.events],
        THREADS: [_row(row, found) for row in found.threads],
        REFUSED: [{"number": number, **asdict(row)} for number, row in found.refused],
    }


def _row(row: Row, found: Truths) -> Mapping[str, Any]:
    """`number` is that of the chapter, 0 for what the plan says."""
    return {"id": row.id, **asdict(row), "number": found.numbers.get(row.chapter, 0)}


def _tables(found: Truths) -> Iterator[tuple[str, Table]]:
    yield "entities", _table(("who or what", "is", "also called"), map(_entity, found.entities))
    facts = (_fact(fact, found) for fact in found.facts)
    yield "facts", _table(("of", "what", "is", "where", "in the words"), facts)
    events = (_event(event, found) for event in found.events)
    yield "events", _table(("what happened", "who", "when", "where", "in the words"), events)
    threads = (_thread(thread, found) for thread in found.threads)
    yield THREADS, _table(("thread", "is", "due", "where", "in the words"), threads)
    refused = ((str(n), row.why, row.row or f"{row.times} times") for n, row in found.refused)
    yield REFUSED, _table(("chapter", "why it was refused", "what was proposed"), refused)


def _table(titles: Sequence[str], lines: Iterable[Line]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    return table


def _entity(entity: Entity) -> Line:
    return entity.name, entity.kind, ", ".join(entity.aliases)


def _fact(fact: Fact, found: Truths) -> Line:
    says = "" if fact.is_so else f" ({fact.speaker or fact.said} says)"
    words = fact.quote if fact.chapter else ""
    return fact.subject, fact.key, f"{fact.value}{says}", _where(fact, found), words


def _event(event: Event, found: Truths) -> Line:
    who = ", ".join(event.participants)
    return event.what, who, event.when, _where(event, found), event.quote


def _thread(thread: Thread, found: Truths) -> Line:
    due = found.numbers.get(thread.due)
    told = f"{thread.kind}, {thread.course}"
    return thread.name, told, f"chapter {due}" if due else "", _where(thread, found), thread.quote


def _where(row: Row, found: Truths) -> str:
    number = found.numbers.get(row.chapter)
    return f"{number}, paragraph {row.paragraph}" if number else "the plan"
