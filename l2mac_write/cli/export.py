"""`l2mac-write export`: the files that a reader gets."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write import library
from l2mac_write.cli import options, report
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Make an EPUB, HTML or Markdown file of a book.")
@options.book
@click.option(
    "--format",
    "kinds",
    default="epub",
    show_default=True,
    callback=options.formats,
    help="epub, html or markdown; several are separated by commas; or all.",
)
@click.option(
    "--to", type=click.Path(path_type=Path), help="File to write, or the folder of several formats."
)
@options.as_json
@ends_well
def command(*, book: Path, kinds: tuple[str, ...], to: Path | None, as_json: bool) -> None:
    """Make files of a book, finished or not, in its folder `exports/` or where --to says."""
    there = library.open_book(book)
    report.exported(there.exports(kinds, to), as_json=as_json)
