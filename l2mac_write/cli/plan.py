"""`l2mac-write plan`: the plan of a book, to be read and edited before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well, resumable
from l2mac_write.errors import UsageError

if TYPE_CHECKING:
    from l2mac_write.opened import Book

SETTLED = ("kind", "title", "author", "language")
"""What a book that is begun has decided."""


@click.command(short_help="Plan a book and stop, so that you can edit plan.toml first.")
@options.brief
@click.option(
    "--book", type=click.Path(path_type=Path), help="Folder of a book that is to go on: see above."
)
@options.run
@options.as_json
@ends_well
def command(
    prompt: str,
    *,
    brief: Path | None,
    to: Path | None,
    book: Path | None,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Plan a book and stop. Edit plan.toml as you like; `resume` writes the book from it.

    With --book and --chapters, a book that is there goes on from its end until it has so many
    chapters; PROMPT is then what is to happen in them. What is written is read if nobody has, and
    never changed.
    """
    from l2mac_write import library
    from l2mac_write.cli import progress, report

    prompt = options.briefed(prompt, brief)
    if book:
        _insist_it_can_go_on(to, wanted)
        there = _extended(book, prompt, as_json=as_json, **wanted)
    else:
        root = options.folder_for(to, wanted, prompt)
        with resumable(root), progress.shown(root, as_json=as_json) as tell:
            there = library.generate(prompt, root, tell=tell, until="plan", **wanted)
    report.planned(there, as_json=as_json)


def _insist_it_can_go_on(to: Path | None, wanted: dict[str, Any]) -> None:
    settled = [name for name in SETTLED if wanted.pop(name) is not None]
    if to or settled:
        raise UsageError(
            f"--{'to' if to else settled[0]} is for a new book, not for one with --book."
        )
    if not wanted["chapters"]:
        raise UsageError("say with --chapters how many chapters the book is to have in all.")


def _extended(
    book: Path, wish: str, *, chapters: int, words: int | None, as_json: bool, **run: Any
) -> Book:
    from l2mac_write.changing import extending
    from l2mac_write.cli import progress

    with resumable(book), progress.shown(book, as_json=as_json) as tell:
        return extending.extend(book, chapters, wish=wish, words=words or 0, tell=tell, **run)
