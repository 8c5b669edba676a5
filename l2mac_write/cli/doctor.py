"""`l2mac-write doctor`: what would get in the way, and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well
from l2mac_write.cli.verdict import Check, Verdict
from l2mac_write.errors import UsageError
from l2mac_write.store.places import JOURNAL, PRIVATE
from l2mac_write.store.remains import SETTINGS, is_a_book


@click.command(short_help="Check this machine, and a book, for what would get in the way.")
@click.option(
    "--book",
    type=click.Path(path_type=Path),
    help="Folder of a book.  [default: the current folder, if it holds one]",
)
@click.option("--repair", is_flag=True, help="Mend all of the book that can be mended.")
@options.as_json
@ends_well
def command(*, book: Path | None, repair: bool, as_json: bool) -> None:
    """Check this machine, and a book if there is one, and say what to do.

    Changes nothing without --repair, fetches nothing, asks no model and never shows a key. Ends
    with exit code 1 if something is wrong with the book, or if there is no model at all that
    could write one.

    With --repair, a damaged journal is moved aside and made anew from the Markdown files and from
    what can still be read of it, and a finished chapter that is gone comes back from the journal.
    No file of yours is deleted or overwritten, and nothing that is finished is paid for again.
    """
    from l2mac_write.cli.book_checks import book_checks
    from l2mac_write.cli.machine_checks import machine_checks
    from l2mac_write.opened import Book

    root = _book(book)
    if repair and not root:
        raise UsageError("there is no book here. Name its folder: `doctor --repair --book DIR`.")
    mended = _repaired(root) if repair and root else ()
    checks = machine_checks(book or Path(), os.environ)
    if root:
        checks = (*checks, *book_checks(Book(root)))
    _tell(mended, checks, as_json=as_json)
    if any(check.verdict is Verdict.PROBLEM for check in checks):
        sys.exit(1)


def _repaired(root: Path) -> Sequence[str]:
    from l2mac_write import repairing

    return repairing.repair(root)


def _book(named: Path | None) -> Path | None:
    """A folder that was named must hold a book; the current one may."""
    root = named or Path()
    if (root / PRIVATE / JOURNAL).exists() or (root / SETTINGS).exists():
        return root
    if named and not is_a_book(named):
        from l2mac_write.opened import open_book

        return open_book(named).root
    return named


def _tell(mended: Sequence[str], checks: Sequence[Check], *, as_json: bool) -> None:
    if as_json:
        document = {"mended": mended, "checks": [asdict(check) for check in checks]}
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for sentence in mended:
        click.echo(f"mended   {sentence}")
    for check in checks:
        click.echo(f"{check.verdict:<8} {check.name:<9} {check.found} {check.advice}".rstrip())
