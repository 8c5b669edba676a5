"""`l2mac-write why`: what the writer of a chapter saw, why, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import money, options, printing
from l2mac_write.cli.ending import ends_well

if TYPE_CHECKING:
    from l2mac_write.items import Item
    from l2mac_write.reading.seeing import View, Why

ROW = "  {:<13}{:>7}  {}"
NOBODY = (
    "Nothing is recorded of what its writer saw: it is not written yet, or by hand, or by an older"
    " version."
)
LED = (
    "Its writer, a small model, was led by the program sentence by sentence: it was shown no part of"
    " the book but what the next scene begins with and the words just before."
)
UNKNOWN = "Nothing is recorded of what `{}` was shown."
OTHERS = "What the steps below were shown tells --step with the name of one."


@click.command(short_help="Show what the writer of a chapter saw, why, and at what cost.")
@click.argument("chapter")
@click.option(
    "--step",
    default="",
    help="A step of the program, such as summary.  [default: all that write the chapter]",
)
@click.option("--full", is_flag=True, help="Show the words themselves, too.")
@options.book
@options.as_json
@ends_well
def command(chapter: str, *, step: str, full: bool, book: Path, as_json: bool) -> None:
    """Show what the writer of CHAPTER saw of the book, in order, and at what cost.

    Where each thing came from, why it was there and how many tokens it took; then what each step
    for the chapter has cost. CHAPTER is its number, its title or its file.
    """
    from l2mac_write.opened import open_book

    why = open_book(book).why(chapter, step)
    if as_json:
        printing.document(_document(why, full=full))
    else:
        printing.lines(_told(why, step, full=full))


def _told(why: Why, step: str, *, full: bool) -> Iterator[str]:
    yield f"{why.listed} ({why.path})"
    for view in why.views:
        yield from ("", f"What `{view.step}` was shown: about {view.tokens:,} tokens")
        for item in view.items:
            yield from _shown(item, full=full)
    if not why.views:
        yield from ("", *_nothing(why, step))
    if why.spends:
        yield from ("", *money.costs(why.spends))


def _nothing(why: Why, step: str) -> Iterator[str]:
    if step:
        yield UNKNOWN.format(step)
    else:
        yield LED if why.led else NOBODY
        yield from [OTHERS] * bool(why.spends and not why.led)


def _shown(item: Item, *, full: bool) -> Iterator[str]:
    facts = f"; {len(item.facts)} facts" if item.facts else ""
    yield ROW.format(item.source, f"{item.tokens:,}", f"{item.title}: {item.reason}{facts}")
    if full:
        yield from ("", indent(item.text, "      "), "")


def _document(why: Why, *, full: bool) -> dict[str, Any]:
    return {
        "chapter": why.number,
        "title": why.title,
        "path": why.path,
        "items": [_row(view, item, full=full) for view in why.views for item in view.items],
        "costs": [{"instruction": s.instruction, **money.spend_row(s)} for s in why.spends],
    }


def _row(view: View, item: Item, *, full: bool) -> dict[str, Any]:
    row = {
        "instruction": view.instruction,
        "step": view.step,
        "source": item.source,
        "title": item.title,
        "reason": item.reason,
        "tokens": item.tokens,
        "facts": [*item.facts],
    }
    return {**row, "text": item.text} if full else row
