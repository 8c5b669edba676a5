"""`l2mac-write adopt`: a manuscript that is there becomes a book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well, resumable
from l2mac_write.text.naming import slug


@click.command(short_help="Make a book of a manuscript: Markdown, EPUB, Word or HTML.")
@click.argument("path", type=click.Path(path_type=Path))
@options.to
@click.option(
    "--split",
    type=click.IntRange(1, 6),
    metavar="LEVEL",
    help="Chapters begin at headings of this level (1 to 6); default: as it looks.",
)
@click.option("--dry-run", is_flag=True, help="Show the chapters that would be made, make nothing.")
@click.option("--read", is_flag=True, help="Let your usual model read the chapters at once.")
@options.manuscript
@options.budget
@options.parallel
@options.as_json
@ends_well
def command(path: Path, *, to: Path | None, dry_run: bool, as_json: bool, **wanted: Any) -> None:
    """Make a book of a manuscript: PATH is Markdown (a file or a folder), EPUB, Word or HTML.

    No word of it is changed, and the original is kept under sources/. `check`, `history`, `undo`,
    `export` and the rest work at once, without a model and without a key. Look at the split with
    --dry-run first.

    A model reads the chapters only if you want it to: with --model or --read now, or with `resume`
    later. Then the plan says what each chapter does, there are summaries, and the ledger knows what
    is true. `plan --book DIR --chapters N` lets the book go on from where it ends. What you wrote
    is never written anew.
    """
    from l2mac_write.adopting import adoption as adopting
    from l2mac_write.cli import adopted, progress

    read = wanted.pop("read")
    adoption = adopting.preview(path, **wanted)
    if dry_run:
        adopted.foreseen(adoption, as_json=as_json)
        return
    root = to or Path(slug(wanted["title"] or path.resolve().stem))
    with resumable(root), progress.shown(root, as_json=as_json) as tell:
        book = adopting.settle(adoption, path, root, read=read, tell=tell, **wanted)
    adopted.done(book, adoption.remarks, as_json=as_json)
