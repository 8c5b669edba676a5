"""`l2mac-write ledger`: what is true in a book, and the words that say so."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Show what is true in a book, with the words that say so.")
@click.argument("subject", default="")
@options.book
@click.option("--chapter", type=click.IntRange(min=1), metavar="N", help="Only of chapter N.")
@click.option("--threads", "only", flag_value="threads", help="Only what is promised and paid.")
@click.option("--refused", "only", flag_value="refused", help="Only what was refused, and why.")
@options.as_json
@ends_well
def command(
    subject: str, *, book: Path, chapter: int | None, only: str | None, as_json: bool
) -> None:
    """Show what is true in a book, or of SUBJECT: a person, place, thing or term by its name.

    Each row has the words of the book that say so, and where they stand. What the plan says is
    there from the beginning; the rest is noted after each chapter.
    """
    from l2mac_write.cli import truths
    from l2mac_write.opened import open_book

    found = open_book(book).ledger(subject, chapter=chapter or 0)
    truths.ledger(found, only or "", as_json=as_json)
