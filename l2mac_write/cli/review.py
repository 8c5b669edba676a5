"""`l2mac-write review`: what the editor of a publishing house would ask for, chapter by chapter."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well, resumable
from l2mac_write.events import nobody


@click.command(short_help="Have a book read by an editor, who says what is to be done.")
@click.argument("names", nargs=-1, metavar="[CHAPTER]...")
@click.option(
    "--model", help="Who reads, also what another one has read; default: the book's own model."
)
@options.budget
@options.parallel
@options.book
@options.as_json
@ends_well
def command(names: tuple[str, ...], *, book: Path, as_json: bool, **said: Any) -> None:
    """Have a book read as the editor of a publishing house reads it, and be told what is to be done.

    CHAPTER is a number, a title, a file or a range such as 3-5; by default the whole book is read.
    Every stretch is read with its chapter and what bears on it in view: for pace, motivation,
    clarity, dialogue, voice, scenes that do nothing, repetition, continuity and promises, in what
    argues or explains also for its argument, claims, order and terms. A remark counts only if the
    words it quotes are in the text. What it takes is said first and kept within --budget.

    No chapter is changed. What is remarked is kept as one order a chapter, those that need it most
    first; `revise --open` has them carried out, `revise --open 2 5` those for these chapters alone,
    each to be taken in or turned down. A chapter that was read as it is now costs nothing again.

    Exit code 1 means that not all of it could be read.
    """
    from l2mac_write.changing import reviewing
    from l2mac_write.cli import progress, reviewed

    with resumable(book, shlex.join(("review", *names))):
        found = reviewing.review(
            book, names, tell=nobody if as_json else progress.Lines(err=True).tell, **said
        )
    if as_json:
        printing.document(reviewed.document(found))
    else:
        printing.lines(reviewed.told(found, book))
    sys.exit(1 if found.unread else 0)
