"""The ledger in a terminal, name by name, or as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click

from l2mac_write.cli.printing import lines, safe, wrapped
from l2mac_write.ledger.rows import Event, Fact, Row, Thread
from l2mac_write.ledger.states import current
from l2mac_write.reading.truths import Truths

THREADS, REFUSED = "threads", "refused"
NOTHING = {THREADS: "No thread was noted.", REFUSED: "Nothing was refused."}
Told = Callable[[Truths], Iterator[str]]


def ledger(found: Truths, only: str, *, as_json: bool) -> None:
    if as_json:
        rows = {kind: some for kind, some in _document(found).items() if only in {"", kind}}
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    told = [line for kind, tell in TOLD.items() if only in ("", kind) for line in tell(found)]
    lines(told or [NOTHING.get(only, "The ledger says nothing of it yet.")])


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


def _facts(found: Truths) -> Iterator[str]:
    """Each name with all that is said of it, and of that what is so no more where the book ends."""
    beings = {entity.name: entity for entity in reversed(found.entities)}
    facts: dict[str, list[Fact]] = {entity.name: [] for entity in found.entities}
    for fact in found.facts:
        facts.setdefault(fact.subject, []).append(fact)
    so = {fact.id for fact in current(found.facts)}
    for name, rows in facts.items():
        being = beings.get(name)
        called = f", also {', '.join(being.aliases)}" if being and being.aliases else ""
        yield _head(name, f"({being.kind}{called})" if being else "")
        for fact in rows:
            yield from _said(_fact(fact, gone=fact.id not in so), fact, found)
        yield ""


def _fact(fact: Fact, *, gone: bool) -> str:
    says = "" if fact.is_so else f" ({fact.speaker or fact.said} says)"
    since = f", since {fact.since}" if fact.since else ""
    over = ", no longer" if gone else ""
    return f"{fact.key.replace('_', ' ')}: {fact.value}{says}{since}{over}"


def _events(found: Truths) -> Iterator[str]:
    if found.events:
        yield _head("What happened")
    for event in found.events:
        yield from _said(_event(event), event, found)
    yield from [""] * bool(found.events)


def _event(event: Event) -> str:
    when = f"{event.when}: " if event.when else ""
    where = ", ".join(filter(None, (*event.participants, event.place)))
    return f"{when}{event.what}{f' ({where})' if where else ''}"


def _threads(found: Truths) -> Iterator[str]:
    rows: dict[str, list[Thread]] = {}
    for row in found.threads:
        rows.setdefault(row.name, []).append(row)
    for name, told in rows.items():
        due = next((n for row in reversed(told) if (n := found.addresses.get(row.due))), "")
        yield _head(name, f"({told[0].kind}{f', due in chapter {due}' if due else ''})")
        for row in told:
            what = f": {row.what}" if row.what else ""
            yield from _said(f"{row.course}{what}", row, found)
        yield ""


def _refused(found: Truths) -> Iterator[str]:
    for (number, why), rows in groupby(found.refused, lambda pair: (pair[0], pair[1].why)):
        yield _head(f"Refused in chapter {number}:" if number else "Refused:", why)
        yield from (wrapped(row.row or f"{row.times:,} more", "- ", "") for _, row in rows)
        yield ""


def _head(name: str, more: str = "") -> str:
    return click.style(safe(name), bold=True) + (f" {safe(more)}" if more else "")


def _said(what: str, row: Row, found: Truths) -> Iterator[str]:
    """What it is, then where it stands and in what words."""
    where = found.addresses.get(row.chapter)
    yield wrapped(what, "- ", "")
    if where:
        yield wrapped(f"{where}, paragraph {row.paragraph}: “{row.quote}”", "    ", "")


TOLD: Mapping[str, Told] = {
    "facts": _facts,
    "events": _events,
    THREADS: _threads,
    REFUSED: _refused,
}
