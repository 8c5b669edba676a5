"""`l2mac-write estimate`: what a book will take, before the first call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError

if TYPE_CHECKING:
    from l2mac_write.beforehand.estimating import Estimate


@click.command(short_help="Estimate calls, tokens, dollars and minutes before the first call.")
@click.argument("prompt", required=False)
@options.brief_file
@click.option("--book", type=click.Path(path_type=Path), help="Folder of a book that is begun.")
@options.wishes
@options.run
@options.as_json
@ends_well
def command(
    prompt: str | None, *, brief: Path | None, book: Path | None, as_json: bool, **wanted: Any
) -> None:
    """Estimate what a new book takes, or what is left of one that is begun.

    The book is rehearsed by the real machine with a stand-in for the model: no key, no network, no
    file. Of a long one, some chapters stand for those like them. What had to be assumed is said
    with the figures. Only a budget is a promise.
    """
    from l2mac_write.cli import report

    prompt = options.briefed(prompt or "", brief) if brief else prompt
    report.estimate(_estimate(prompt, book, wanted), as_json=as_json)


def _estimate(prompt: str | None, book: Path | None, wanted: dict[str, Any]) -> Estimate:
    from l2mac_write import library, opened

    if (prompt is None) == (book is None):
        raise UsageError(
            "say what is to be estimated: a PROMPT for a new book, or --book DIR for what is left"
            " of one that is begun; one of the two."
        )
    if book is None:
        return library.estimate(prompt or "", **wanted)
    fixed = [name for name in options.OF_THE_BOOK if wanted.pop(name) is not None]
    if fixed:
        raise UsageError(
            f"--{fixed[0]} is for a new book: one that is begun follows its plan.toml. Edit that."
        )
    return opened.open_book(book).estimate(**wanted)
