"""`l2mac-write history`: every version of a book's files, and who made it."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write import library
from l2mac_write.cli import options, report
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Show every version of a book's files, who made it, what a plan changed.")
@click.argument("path", default="")
@options.book
@options.as_json
@ends_well
def command(path: str, *, book: Path, as_json: bool) -> None:
    """Show every version of a book's files, or of the file at PATH, such as plan.toml.

    Each has the time, who made it (a step of the program, or you), and its words; of plan.toml it
    says which chapters were changed, added, moved or taken out.
    """
    report.history(library.open_book(book).history(path), as_json=as_json)
