"""The orders of a pass over the whole book, as a person sees them before they are paid for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from l2mac_write.beforehand.amounts import dollars
from l2mac_write.changing import passes
from l2mac_write.changing.passes import Shared
from l2mac_write.cli.deciding import How
from l2mac_write.opened import open_book
from l2mac_write.text.characters import in_one_line

YES, NO, LATER = "y", "n", "l"
QUESTION = "Have them carried out? [y]es, [n]o, [l]ater"


def told(root: Path, found: Shared) -> Iterator[str]:
    """One line a chapter, and what it may cost."""
    book = open_book(root)
    plan, chapters = book.plan, {state.number: state for state in book.chapters}
    numbers = {chapter.id: chapter.number for chapter in plan.chapters} if plan else {}
    for order in found.orders:
        state = chapters[numbers[order.chapter]]
        length = f" ({state.words:,} → about {order.words:,} words)" if order.words else ""
        yield f"{state.number:>3}. {state.title}{length}: {in_one_line(order.instruction)}"
    many = len(found.orders)
    yield f"{many} order{'s' * (many != 1)} for {len(chapters)} chapters{_cost(found)}."


def document(found: Shared) -> dict[str, Any]:
    return {
        "orders": [{"id": order.id, **asdict(order)} for order in found.orders],
        "likely_usd": found.likely,
        "at_most_usd": found.at_most,
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
    if found.likely is None or found.at_most is None:
        return ""
    return f", about {dollars(found.likely)} (at most {dollars(found.at_most)})"
