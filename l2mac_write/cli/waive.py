"""`l2mac-write waive`: a finding is let stand, for a reason."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError


@click.command(short_help="Let a finding stand, for a reason that is kept.")
@click.argument("key")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--reason", default="", metavar="TEXT", help="Why it may stand; it must be said.")
@options.or_book
@ends_well
def command(key: str, path: Path | None, *, reason: str, book: Path | None) -> None:
    """Let the finding of that KEY stand, for a reason that is kept with it.

    `check` and `status --json` show the key. A finding that is waived blocks no more and is not
    told again, however often the text is checked and whatever else in it changes, as long as the
    words that it is about stay the same.

    PATH is a text that belongs to no book, as it was given to `check`: a file or a folder. What is
    waived there is kept beside it, in `waived.toml`.
    """
    from l2mac_write.checking import proofreading

    if path and book:
        raise UsageError("name the text or the --book, not both.")
    waived = proofreading.waive if path else proofreading.waive_in_book
    finding = waived(path or book or Path(), key, reason)
    click.echo(f"Waived in {finding.path}: {finding.message}")
