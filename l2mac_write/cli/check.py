"""`l2mac-write check`: what code alone can hold against a book or a text."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from l2mac_write import proofreading
from l2mac_write.cli import options, remarks, sarif
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError
from l2mac_write.findings import Severity
from l2mac_write.proofs import Proof
from l2mac_write.store.exported import write_whole


@click.command(short_help="Check a book, or any Markdown, for what is wrong with it.")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--book",
    type=click.Path(path_type=Path),
    help="Folder of the book.  [default: the current folder]",
)
@click.option("--fix", is_flag=True, help="Make the edits that need no thought, and show them.")
@click.option(
    "--severity",
    "least",
    type=click.Choice([*map(str, Severity)]),
    default=str(Severity.ADVISE),
    help="Show nothing milder than this.  [default: advise]",
)
@click.option("--language", default="", help="Language of the text; default: the one it is in.")
@click.option(
    "--sarif",
    "log",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write what is found as SARIF 2.1.0, for editors.",
)
@options.as_json
@ends_well
def command(
    path: Path | None, *, book: Path | None, least: str, log: Path | None, as_json: bool, **how: Any
) -> None:
    """Check a book, a Markdown file or a folder of them for what is wrong with it.

    PATH may be anything that holds text: it need not come from this program, and no model, key or
    network is asked. A file is read chapter by chapter, cut at its headings. Each finding has a
    place, the words it is about, those they conflict with, and what to do; a book keeps it until
    the text has changed or `waive` has answered it.

    With --fix, what code alone can put right is put right: a placeholder goes, a copied paragraph,
    the half of a sentence that a text ends with. Every edit is shown, and a book keeps what was
    there before. Nothing else in your files is touched.

    Ends with exit code 1 as long as something blocks, so that a script can tell.
    """
    if path and book:
        raise UsageError("name the text or the --book, not both.")
    root = path or book or Path()
    judge = proofreading.check if path else proofreading.check_book
    proof = judge(root, **how)
    if log:
        _write(log, proof, root)
    show = remarks.print_document if as_json else remarks.tell
    show(proof, Severity(least))
    sys.exit(1 if proof.blocking else 0)


def _write(log: Path, proof: Proof, root: Path) -> None:
    found = sarif.log(proof, root if root.is_dir() else root.parent)
    write_whole(log.absolute(), json.dumps(found, ensure_ascii=False, indent=1).encode())
