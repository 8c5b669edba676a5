"""`l2mac-write plan`: the plan of a book, to be read and edited before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from l2mac_write import library
from l2mac_write.cli import options, progress, report
from l2mac_write.cli.ending import ends_well, resumable


@click.command(short_help="Plan a book and stop, so that you can edit plan.toml first.")
@options.brief
@options.run
@options.as_json
@ends_well
def command(
    prompt: str, *, brief: Path | None, to: Path | None, as_json: bool, **wanted: Any
) -> None:
    """Plan a book and stop. Edit plan.toml as you like; `resume` writes the book from it."""
    prompt = options.briefed(prompt, brief)
    root = options.folder_for(to, wanted, prompt)
    with resumable(root), progress.shown(root, as_json=as_json) as tell:
        book = library.generate(prompt, root, tell=tell, until="plan", **wanted)
    report.planned(book, as_json=as_json)
