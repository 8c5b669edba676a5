"""`l2mac-write status`: how far a book is, what it cost, what is still wrong."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Show how far a book is, what it cost and what is still wrong.")
@options.book
@options.as_json
@ends_well
def command(*, book: Path, as_json: bool) -> None:
    """Show how far a book is, what it cost and what is still wrong. Works during a run too."""
    from l2mac_write.cli import report
    from l2mac_write.opened import open_book

    report.status(open_book(book), as_json=as_json)
