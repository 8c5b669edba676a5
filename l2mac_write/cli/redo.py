"""`l2mac-write redo`: what was undone last is done again, as a new version of the text."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Do again what was undone last.")
@click.argument("name", default="", metavar="[PATH|CHAPTER]")
@options.force
@options.book
@options.as_json
@ends_well
def command(name: str, *, force: bool, book: Path, as_json: bool) -> None:
    """Do again what was undone last, in the book or in one text.

    The text is a PATH, or a CHAPTER by number or title. What was changed since stays.
    """
    from l2mac_write.cli import differences
    from l2mac_write.history import changes

    differences.tell_turn(changes.redo(book, name, force=force), as_json=as_json)
