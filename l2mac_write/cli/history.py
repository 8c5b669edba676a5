"""`l2mac-write history`: every version of a book's files, and who made it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError
from l2mac_write.store.versions import Origin

if TYPE_CHECKING:
    from l2mac_write.history.revisions import Revision

ROW = "{:>5}  {}  {:>13}  {}  by {}"


@click.command(short_help="Show every version of a book's files, who made it, what a plan changed.")
@click.argument("name", default="", metavar="[PATH|CHAPTER]")
@click.option("--git", is_flag=True, help="Print it all as a stream for `git fast-import`.")
@options.book
@options.as_json
@ends_well
def command(name: str, *, git: bool, book: Path, as_json: bool) -> None:
    """Show every version of a book's files, or of one: a PATH, or a CHAPTER by number or title.

    Each has its number, the time, its words, who made it (a step of the program, you, or what you
    undid) and what the step has cost; of plan.toml it says which chapters were changed, added,
    moved or taken out. `diff` and `undo` take the number.

    For a git repository of the whole book, in a new folder:
    `git init; l2mac-write history --git --book DIR | git fast-import; git checkout main`
    """
    from l2mac_write.history import changes

    if git and (name or as_json):
        raise UsageError("--git tells of the whole book: leave out the name, and --json.")
    if git:
        sys.stdout.buffer.writelines(changes.fast_import(book))
    elif as_json:
        printing.document(
            {"versions": [_row(revision) for revision in changes.history(book, name)]}
        )
    else:
        printing.lines(_told(changes.history(book, name)))


def when(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")


def whose(by: str, instruction: str) -> str:
    """Who made a version, in the words of a person."""
    if by == Origin.PERSON:
        return "you"
    return instruction or "the machine"


def _told(revisions: Iterable[Revision]) -> Iterator[str]:
    for r in revisions:
        words = "taken away" if r.gone else f"{r.words:,} words"
        cost = f", ${r.cost:,.2f}" if r.cost else ""
        by = (
            "the plan"
            if r.moved or (r.gone and r.by == Origin.AGENT)
            else f"{whose(r.by, r.instruction)}{cost}"
        )
        yield ROW.format(r.number or "now", when(r.at), words, r.path, by)
        for change in (*r.changed, *([f"moved here from {r.moved}"] if r.moved else ())):
            yield f"{'':40}{change}"


def _row(revision: Revision) -> dict[str, object]:
    row = asdict(revision)
    return {**row, "cost_usd": row.pop("cost")}
