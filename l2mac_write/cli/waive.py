"""`l2mac-write waive`: a finding is let stand, for a reason."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Let a finding stand, for a reason that is kept.")
@click.argument("key")
@click.option("--reason", default="", metavar="TEXT", help="Why it may stand; it must be said.")
@options.book
@ends_well
def command(key: str, *, reason: str, book: Path) -> None:
    """Let the finding of that KEY stand, for a reason that is kept with it.

    `check` and `status --json` show the key. A finding that is waived blocks no more and is not
    told again, however often the book is checked and whatever else in it changes, as long as the
    words that it is about stay the same.
    """
    from l2mac_write.checking import proofreading

    finding = proofreading.waive(book, key, reason)
    click.echo(f"Waived in {finding.path}: {finding.message}")
