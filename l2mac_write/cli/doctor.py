"""`l2mac-write doctor`: what would get in the way, and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from l2mac_write import library
from l2mac_write.cli import options
from l2mac_write.cli.book_checks import book_checks
from l2mac_write.cli.ending import ends_well
from l2mac_write.cli.machine_checks import machine_checks
from l2mac_write.cli.verdict import Check, Verdict
from l2mac_write.library import Book
from l2mac_write.store.folder import JOURNAL, PRIVATE


@click.command(short_help="Check this machine, and a book, for what would get in the way.")
@click.option(
    "--book",
    type=click.Path(path_type=Path),
    help="Folder of a book.  [default: the current folder, if it holds one]",
)
@options.as_json
@ends_well
def command(*, book: Path | None, as_json: bool) -> None:
    """Check this machine, and a book if there is one, and say what to do.

    Changes nothing, fetches nothing, asks no model and never shows a key. Ends with exit code 1
    if something is wrong with the book, or if there is no model at all that could write one.
    """
    checks = machine_checks(book or Path(), os.environ)
    if root := _book(book):
        checks = (*checks, *book_checks(Book(root)))
    _tell(checks, as_json=as_json)
    if any(check.verdict is Verdict.PROBLEM for check in checks):
        sys.exit(1)


def _book(named: Path | None) -> Path | None:
    """A folder that was named must hold a book; the current one may."""
    root = named or Path()
    if (root / PRIVATE / JOURNAL).exists():
        return root
    return library.open_book(named).root if named else None


def _tell(checks: Sequence[Check], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"checks": [asdict(c) for c in checks]}, ensure_ascii=False))
        return
    for check in checks:
        click.echo(f"{check.verdict:<8} {check.name:<9} {check.found} {check.advice}".rstrip())
