"""`l2mac-write diff`: what changed between two versions of a text, word by word."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Show what changed between two versions of a text, word by word.")
@click.argument("name", default="", metavar="[PATH|CHAPTER]")
@click.argument("old", default="", metavar="[A]")
@click.argument("new", default="", metavar="[B]")
@options.book
@options.as_json
@ends_well
def command(name: str, old: str, new: str, *, book: Path, as_json: bool) -> None:
    """Show what changed between versions A and B of a text, word by word.

    The text is a PATH, or a CHAPTER by number or title; without any, the one that was changed
    last. A version is the number that `history` tells, or so many changes ago, such as HEAD~2, or
    a time, such as 2026-01-31T09:30. Without B it is the text as it stands, without A what the
    last change changed. Side by side where the terminal is wide; paragraphs that are the same are
    folded.
    """
    from l2mac_write.cli import differences
    from l2mac_write.history import changes

    found = changes.difference(book, name, old, new)
    if as_json:
        printing.document(differences.document(found))
        return
    from l2mac_write.cli import paragraphs

    paragraphs.show(found)
