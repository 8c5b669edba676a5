"""`l2mac-write export`: the files that a reader gets."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well
from l2mac_write.cli.watching import EXPORTS, changes
from l2mac_write.errors import PrintFailed, UsageError
from l2mac_write.store.places import PRIVATE

if TYPE_CHECKING:
    from l2mac_write.book import Manuscript


@click.command(short_help="Make an EPUB, a web site, a PDF, a Word or Markdown file of a book.")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--book",
    type=click.Path(path_type=Path),
    help="Folder of the book.  [default: the current folder]",
)
@click.option(
    "--format",
    "kinds",
    default="",
    callback=options.formats,
    help="epub, html, site, markdown, folder (of Markdown), pdf, docx or manuscript (a docx as editors"
    " ask for it); several are separated by commas; or all.  [default: as the name in --to says, else"
    " epub]",
)
@click.option(
    "--to", type=click.Path(path_type=Path), help="File to write, or the folder of several formats."
)
@click.option(
    "--theme",
    is_flag=False,
    flag_value="",
    metavar="NAME",
    help="How a page looks, or the folder with a theme of your own; alone, it lists what there is.",
)
@click.option(
    "--raw-html", is_flag=True, help="Keep HTML tags in the text, as far as a list allows."
)
@click.option("--check", is_flag=True, help="Let EPUBCheck judge the EPUB; exit 1 if it complains.")
@click.option("--watch", is_flag=True, help="Export again whenever a text changes, until Ctrl-C.")
@click.option("--title", default="", help="Of a text that is no book: its title.")
@click.option("--author", default="", help="Who wrote it.")
@click.option("--language", default="", help="Its language; default: the one it is in.")
@options.as_json
@ends_well
def command(
    path: Path | None,
    *,
    book: Path | None,
    theme: str | None,
    watch: bool,
    as_json: bool,
    **how: Any,
) -> None:
    """Make files of a book, finished or not, in its folder `exports/` or where --to says.

    PATH may be any Markdown, a file or a folder of them: it need not come from this program, and
    no key or network is asked. A file is cut at its chapters' headings; of a folder each file is a
    chapter, in the order of their names or of a `SUMMARY.md`.

    What a reader will miss, such as an image that is not there, is said in a line each.
    """
    from l2mac_write.cli import themes

    if path and book:
        raise UsageError("name the text or the --book, not both.")
    if theme == "":
        themes.listed(as_json=as_json)
        return
    root, look, own = path or book or Path(), *themes.chosen(theme or "")
    to_come = changes((root, own) if own else (root,)) if watch else ()
    again = partial(
        _export, root, is_text=path is not None, as_json=as_json, look=look, theme=own, **how
    )
    found = again()
    _watch(to_come, again)
    if found and not watch:
        sys.exit(1)


def _watch(to_come: Iterable[None], again: Callable[[], object]) -> None:
    """What is wrong with a text may be right after the next change; Ctrl-C ends well."""
    with suppress(KeyboardInterrupt):
        for _ in to_come:
            try:
                again()
            except (PrintFailed, UsageError) as error:
                click.echo(f"l2mac-write: {error}", err=True)


def _export(  # noqa: PLR0913 (what a person may ask of an export)
    root: Path,
    *,
    is_text: bool,
    kinds: tuple[str, ...],
    to: Path | None,
    look: str,
    theme: Path | None,
    raw_html: bool,
    check: bool,
    as_json: bool,
    **said: str,
) -> tuple[str, ...]:
    """Gives what EPUBCheck complains of, if it is asked."""
    from l2mac_write.checking.epubchecking import complaints, insist_it_is_there
    from l2mac_write.cli import report
    from l2mac_write.exporters.looks import looks
    from l2mac_write.exporting import export, told_by
    from l2mac_write.templating import themed

    if check:
        insist_it_is_there()
    with themed(theme):
        manuscript, folder = _bound(root, said, is_text=is_text)
        if to and to.exists() and to.samefile(root):
            raise UsageError(f"`{to}` is what is to be exported. Name another place with --to.")
        edition = manuscript.edition
        own = edition.theme if theme is None or edition.theme in looks() else ""
        told = replace(edition, raw_html=raw_html or edition.raw_html, theme=look or own)
        manuscript = replace(manuscript, edition=told)
        made = export(manuscript, kinds or told_by(to), folder, to)
    epubs = (file for file in made.files if check and file.suffix == ".epub")
    found = tuple(complaint for file in epubs for complaint in complaints(file))
    report.exported(made, found, as_json=as_json)
    return found


def _bound(root: Path, said: Mapping[str, str], *, is_text: bool) -> tuple[Manuscript, Path]:
    """The book and the folder for its exports: its own `exports/`, also beside a single file."""
    if is_text and not (root / PRIVATE).is_dir():
        from l2mac_write.adopting.gathering import Said, gathered

        folder = root if root.is_dir() else root.parent
        return gathered(root, Said(**said), os.environ), folder / EXPORTS
    from l2mac_write.opened import open_book

    return open_book(root).manuscript, root / EXPORTS
