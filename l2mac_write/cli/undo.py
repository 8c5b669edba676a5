"""`l2mac-write undo`: a change is taken back, as a new version of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Take back a change, the last or an old one; what came after it stays.")
@click.argument("name", default="", metavar="[PATH|CHAPTER]")
@click.option("--to", default="", metavar="VERSION", help="Take back all that came after it.")
@click.option(
    "--revision",
    type=click.IntRange(min=1),
    metavar="N",
    help="Take back what version N changed.  [default: the last change]",
)
@options.force
@options.book
@options.as_json
@ends_well
def command(name: str, *, book: Path, as_json: bool, **how: Any) -> None:
    """Take back a change of a text: a PATH, or a CHAPTER by number or title.

    Without a name it is the last change in the book; typed again, the one before. `history` tells
    the numbers of all versions. What was changed since stays, and where it is in the way, nothing
    is done. The text becomes a new version; nothing is ever lost, and `redo` takes an undo back.
    """
    from l2mac_write.cli import differences
    from l2mac_write.history import changes

    differences.tell_turn(changes.undo(book, name, **how), as_json=as_json)
