"""`l2mac-write resume`: a book goes on where it stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well, resumable


@click.command(short_help="Go on with a book exactly where it stopped.")
@options.book
@click.option("--model", help="Go on with another model than the one it was begun with.")
@options.run
@options.exports
@options.as_json
@ends_well
def command(*, book: Path, kinds: tuple[str, ...], as_json: bool, **wanted: Any) -> None:
    """Go on with a book exactly where it stopped; what is finished is never written again."""
    from l2mac_write import library
    from l2mac_write.cli import progress, report

    with resumable(book), progress.shown(book, as_json=as_json) as tell:
        there = library.resume(book, tell=tell, **wanted)
    report.conclude(there, kinds, as_json=as_json)
