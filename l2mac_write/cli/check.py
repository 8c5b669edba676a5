"""`l2mac-write check`: what code, and a model if asked, can hold against a book or a text."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError
from l2mac_write.events import Event, Noted, nobody
from l2mac_write.findings import Severity

if TYPE_CHECKING:
    from l2mac_write.checking.proofs import Proof


@click.command(short_help="Check a book, or any Markdown, for what is wrong with it.")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@options.or_book
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
@click.option("--judge", is_flag=True, help="Also let a model judge the chapters of a book.")
@click.option("--model", help="Who judges, and judges all chapters; default: the book's own model.")
@options.budget
@options.as_json
@ends_well
def command(
    path: Path | None, *, book: Path | None, least: str, log: Path | None, as_json: bool, **how: Any
) -> None:
    """Check a book, a Markdown file or a folder of them for what is wrong with it.

    PATH may be anything that holds text: it need not come from this program, and unless you want
    it, no model, key or network is asked. A file is read chapter by chapter, cut at its headings. Each finding has a
    place, the words it is about, those they conflict with, and what to do; a book keeps it until
    the text has changed or `waive` has answered it.

    With --fix, what code alone can put right is put right: a placeholder goes, a copied paragraph,
    the half of a sentence that a text ends with. Every edit is shown, and a book keeps what was
    there before. Nothing else in your files is touched.

    With --judge, a model reads the chapters of a book as well: cold, beside what the book has said
    before, and beside the plan. What it says counts only with both quotes, and after a second judge
    has looked for what may excuse it. What that costs is said first and kept within --budget; a
    chapter that was judged as it is now costs nothing.

    Ends with exit code 1 as long as something blocks, so that a script can tell.
    """
    from l2mac_write.checking import proofreading
    from l2mac_write.cli import remarks

    if path and book:
        raise UsageError("name the text or the --book, not both.")
    if (how["model"] or how["budget"]) and not how["judge"]:
        raise UsageError("--model and --budget are for --judge, which is not there.")
    root = path or book or Path()
    if not (path or book or proofreading.is_book(root)):
        raise UsageError(
            "this folder is no book. Name a text, or a folder of them: `l2mac-write check .`"
        )
    _judged(root, quiet=as_json, **{name: how.pop(name) for name in ("judge", "model", "budget")})
    checked = proofreading.check if path else proofreading.check_book
    proof = checked(root, **how)
    if log:
        _write(log, proof, root)
    show = remarks.print_document if as_json else remarks.tell
    show(proof, Severity(least))
    sys.exit(1 if proof.blocking else 0)


def _judged(root: Path, *, quiet: bool, judge: bool, **run: Any) -> None:
    if judge:
        from l2mac_write.checking import judging, proofreading

        if root.exists() and not proofreading.is_book(root):
            raise UsageError(
                f"`{root}` is no book, and a model judges the chapters of one alone. Make one of it:"
                f" `l2mac-write adopt {root} --to DIR --model NAME`."
            )
        judging.judge(root, tell=nobody if quiet else _told, **run)


def _told(event: Event) -> None:
    if isinstance(event, Noted):
        click.echo(event.text, err=True)


def _write(log: Path, proof: Proof, root: Path) -> None:
    from l2mac_write.cli import sarif
    from l2mac_write.store.exported import write_whole

    found = sarif.log(proof, root if root.is_dir() else root.parent)
    write_whole(log.absolute(), json.dumps(found, ensure_ascii=False, indent=1).encode())
