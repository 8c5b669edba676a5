"""What an editor has remarked on a book, for a person to read and for a program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Any

import click

from l2mac_write.changing.reviewing import Read, Reviewed
from l2mac_write.checking.proofs import Place
from l2mac_write.cli.printing import safe, wrapped
from l2mac_write.machine.critiques import Critique, Weight

COLOURS = {Weight.SERIOUS: "red", Weight.MODERATE: "yellow", Weight.SLIGHT: "cyan"}


def told(found: Reviewed, root: Path) -> Iterator[str]:
    """The chapters that need it most first, in each the gravest remark first, and what to type then."""
    for read in found.chapters:
        if read.review.critiques:
            yield from (*_chapter(read, found), "")
    yield _summary(found)
    yield from _dropped(found)
    for read in found.unread:
        yield f"Not all of {read.chapter.named} could be read: {safe(read.review.unread[0])}"
    yield from _next(found, root)


def document(found: Reviewed) -> dict[str, Any]:
    """One row for each remark, in the same order, and one for each order that is kept."""
    orders = ((read, read.order) for read in found.chapters if read.order)
    return {
        "model": found.model,
        "chapters": len(found.chapters),
        "findings": [
            _row(c, read, found) for read in found.chapters for c in read.review.critiques
        ],
        "dropped": [line for read in found.chapters for line in read.review.dropped],
        "unread": [{"chapter": r.chapter.shown, "why": [*r.review.unread]} for r in found.unread],
        "orders": [
            {"order": o.id, "chapter": read.chapter.shown, "instruction": o.instruction}
            for read, o in orders
        ],
        "likely_usd": found.orders.likely,
        "at_most_usd": found.orders.at_most,
    }


def _chapter(read: Read, found: Reviewed) -> Iterator[str]:
    chapter = read.chapter
    counts = ", ".join(f"{count} {weight}" for weight, count in read.counts.items())
    yield _styled(safe(f"{chapter.listed} ({chapter.path}): {counts}"), bold=True)
    for critique in read.review.critiques:
        yield from _critique(critique, read, found)


def _critique(critique: Critique, read: Read, found: Reviewed) -> Iterator[str]:
    at = _at(found.place(read.chapter.id, critique.quote))
    weight = _styled(f"{critique.weight:<8}", fg=COLOURS[critique.weight], bold=True)
    yield f"{at:>8}  {weight}  {safe(critique.kind)}"
    yield wrapped(critique.why)
    yield wrapped(f"[{critique.quote}]", mark="| ")
    if critique.other:
        other = found.place(critique.other_chapter, critique.other)
        where = f"{other.file}:{_at(other)}: " if other else ""
        yield wrapped(f"[{critique.other}]", mark=f"| {where}")
    yield wrapped(critique.ask, mark="→ ")


def _at(place: Place | None) -> str:
    return f"{place.line}:{place.column}" if place else ""


def _summary(found: Reviewed) -> str:
    counts = [read.counts for read in found.chapters]
    many = sum(sum(count.values()) for count in counts)
    remarked, all_ = sum(map(bool, counts)), len(counts)
    said = ", ".join(f"{n} {w}" for w in Weight if (n := sum(c.get(w, 0) for c in counts)))
    chapters = f"{all_} chapter{'s' * (all_ != 1)}"
    if not many:
        return f"{chapters}: nothing to remark."
    return f"{many} remark{'s' * (many != 1)} on {remarked} of {chapters}: {said}."


def _dropped(found: Reviewed) -> Iterator[str]:
    if dropped := sum(len(read.review.dropped) for read in found.chapters):
        yield f"Dropped: {dropped}, whose words could not be found in the text; --json tells why."


def _next(found: Reviewed, root: Path) -> Iterator[str]:
    ordered = [read.chapter for read in found.chapters if read.order]
    if ordered:
        them = "One order is" if len(ordered) == 1 else f"{len(ordered)} orders are"
        line = f"l2mac-write revise --open --book {root}"
        yield f"{them} kept. To have it done, for {found.orders.cost}: {line}"
    if len(ordered) > 1:
        one = quote(min(ordered, key=lambda chapter: chapter.number).address)
        yield f"For one chapter alone: l2mac-write revise --open {one} --book {root}"


def _row(critique: Critique, read: Read, found: Reviewed) -> dict[str, Any]:
    place = found.place(read.chapter.id, critique.quote)
    other = found.place(critique.other_chapter, critique.other) if critique.other else None
    return {
        "chapter": read.chapter.shown,
        "title": read.chapter.title,
        "path": read.chapter.path,
        **_place_row(place),
        "kind": critique.kind,
        "weight": critique.weight,
        "quote": critique.quote,
        "message": critique.why,
        "hint": critique.ask,
        "conflict": {"path": other.file, **_place_row(other), "quote": critique.other}
        if other
        else None,
    }


def _place_row(place: Place | None) -> dict[str, Any]:
    return {"line": place.line, "column": place.column} if place else {}


def _styled(text: str, **style: Any) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)
