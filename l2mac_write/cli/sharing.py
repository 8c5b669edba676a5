"""The orders of a pass over the whole book, as a person sees them before they are paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from l2mac_write.changing import passes
from l2mac_write.changing.passes import Shared
from l2mac_write.cli.deciding import How
from l2mac_write.cli.printing import safe, wrapped
from l2mac_write.opened import open_book

YES, NO, LATER = "y", "n", "l"
BELOW = " " * 5
STILL_TO_COME = (
    "Chapters still to come go by `style` in plan.toml and by the notes: if the wish is for them,"
    " too, change these."
)
QUESTION = "Have them carried out? [y]es, [n]o, [l]ater"


def told(root: Path, found: Shared) -> Iterator[str]:
    """Each order below its chapter, what they come to, and what it may cost."""
    book = open_book(root)
    written = {s.number: s for s in book.chapters if s.words}
    planned = {chapter.id: chapter for chapter in book.plan.chapters} if book.plan else {}
    for order in found.orders:
        chapter = planned[order.chapter]
        state = written[chapter.number]
        length = f" ({state.words:,} → about {order.words:,} words)" if order.words else ""
        yield f"{safe(chapter.listed)}{length}"
        yield wrapped(order.instruction, indent=BELOW)
    many = len(found.orders)
    yield f"{many} order{'s' * (many != 1)} for {len(written)} chapters{_cost(found)}."
    if found.orders and any(order.words for order in found.orders):
        now = sum(state.words for state in written.values())
        more = sum(
            o.words - written[planned[o.chapter].number].words for o in found.orders if o.words
        )
        yield f"All that is written: {now:,} → about {now + more:,} words ({more / now:+.1%})."
    if found.orders and len(written) < len(book.chapters):
        yield STILL_TO_COME


def document(found: Shared) -> dict[str, Any]:
    return {
        "orders": [{"id": order.id, **asdict(order)} for order in found.orders],
        "likely_usd": found.foretold.likely,
        "at_most_usd": found.foretold.at_most,
    }


def wanted(root: Path, found: Shared, how: How) -> bool:
    """Whether they are to be carried out now. What is turned down is gone, all else waits."""
    if how.yes or not found.orders:
        return how.yes and bool(found.orders)
    answer = LATER
    if how.asks:
        answers = click.Choice([YES, NO, LATER], case_sensitive=False)
        answer = click.prompt(QUESTION, type=answers, show_choices=False, default=LATER)
    if answer == NO:
        passes.drop(root, found.orders)
        click.echo("They are gone; nothing was changed.")
    elif answer == LATER:
        click.echo(f"They wait. To carry them out: l2mac-write revise --open --book {root}")
    return answer == YES


def _cost(found: Shared) -> str:
    return "" if found.foretold.at_most is None else f", about {found.foretold.cost}"
