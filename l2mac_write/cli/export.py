"""`l2mac-write export`: the files that a reader gets."""

from __future__ import annotations

import os
from pathlib import Path

import click

from l2mac_write import library
from l2mac_write.cli import options, report
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError
from l2mac_write.exporting import Exported, export
from l2mac_write.gathering import EXPORTS, Said, gathered
from l2mac_write.store.places import PRIVATE


@click.command(short_help="Make an EPUB, HTML, Markdown, PDF or Word file of a book.")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--book",
    type=click.Path(path_type=Path),
    help="Folder of the book.  [default: the current folder]",
)
@click.option(
    "--format",
    "kinds",
    default="epub",
    show_default=True,
    callback=options.formats,
    help="epub, html, markdown, folder (of Markdown), pdf, docx or manuscript (a docx as editors ask"
    " for it); several are separated by commas; or all.",
)
@click.option(
    "--to", type=click.Path(path_type=Path), help="File to write, or the folder of several formats."
)
@click.option("--title", default="", help="Of a text that is no book: its title.")
@click.option("--author", default="", help="Who wrote it.")
@click.option("--language", default="", help="Its language; default: the one it is in.")
@options.as_json
@ends_well
def command(
    path: Path | None,
    *,
    book: Path | None,
    kinds: tuple[str, ...],
    to: Path | None,
    as_json: bool,
    **said: str,
) -> None:
    """Make files of a book, finished or not, in its folder `exports/` or where --to says.

    PATH may be any Markdown, a file or a folder of them: it need not come from this program, and
    no key or network is asked. A file is cut at its chapters' headings; of a folder each file is a
    chapter, in the order of their names or of a `SUMMARY.md`.

    What a reader will miss, such as an image that is not there, is said in a line each.
    """
    if path and book:
        raise UsageError("name the text or the --book, not both.")
    made = (
        _of_texts(path, kinds, to, Said(**said))
        if path and not _is_book(path)
        else (library.open_book(path or book or Path()).exports(kinds, to))
    )
    report.exported(made, as_json=as_json)


def _is_book(path: Path) -> bool:
    return (path / PRIVATE).is_dir()


def _of_texts(path: Path, kinds: tuple[str, ...], to: Path | None, said: Said) -> Exported:
    """In `exports/`, in the folder or beside the file; never in the place of what is exported."""
    if to and to.exists() and to.samefile(path):
        raise UsageError(f"`{to}` is what is to be exported. Name another place with --to.")
    folder = (path if path.is_dir() else path.parent) / EXPORTS
    return export(gathered(path, said, os.environ), kinds, folder, to)
