"""`l2mac-write generate`: a whole book from one prompt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well, resumable


@click.command(short_help="Write a whole book from one prompt.")
@options.brief
@options.run
@options.exports
@options.as_json
@ends_well
def command(
    prompt: str,
    *,
    brief: Path | None,
    to: Path | None,
    kinds: tuple[str, ...],
    as_json: bool,
    **wanted: Any,
) -> None:
    """Write a whole book from one prompt: plan it, write it, check it, export it.

    Typed again for the same folder, it goes on where it stopped.
    """
    from l2mac_write import library
    from l2mac_write.cli import progress, report

    prompt = options.briefed(prompt, brief)
    root = options.folder_for(to, wanted, prompt)
    with resumable(root), progress.shown(root, as_json=as_json) as tell:
        book = library.generate(prompt, root, tell=tell, **wanted)
    report.conclude(book, kinds, as_json=as_json)
