"""`l2mac-write models`: who could write a book here, and the weights of those who live here."""

from __future__ import annotations

import json
from pathlib import Path

import click

from l2mac_write.cli import options, printing
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError
from l2mac_write.events import Pulled


@click.group(
    short_help="List the models, or fetch the weights of a local one.", invoke_without_command=True
)
@options.as_json
@click.pass_context
@ends_well
def command(context: click.Context, *, as_json: bool) -> None:
    """List the models that can write a book: give one's name to --model.

    Local models need no key and no network once their weights are here, and cost nothing.
    """
    if context.invoked_subcommand:
        return
    from l2mac_write.cli import catalogue

    if as_json:
        printing.document({"models": catalogue.rows()})
    else:
        printing.lines(map(catalogue.line, catalogue.rows()))


@command.command(short_help="Fetch the weights of a local model.")
@click.argument("name")
@options.as_json
@ends_well
def pull(name: str, *, as_json: bool) -> None:
    """Fetch the weights of a local model now rather than with the first book."""
    from l2mac_write.cli import progress
    from l2mac_write.llm.weights import CATALOGUE
    from l2mac_write.llm.weights import pull as pulled
    from l2mac_write.own_files import cache

    if name not in CATALOGUE:
        raise UsageError(f"there is no model `{name}`. With weights: {', '.join(CATALOGUE)}.")
    tell = progress.json_line if as_json else progress.Lines().tell
    file = pulled(name, cache(), lambda done, total: tell(Pulled(name, done, total)))
    click.echo(_told(name, file, as_json=as_json))


def _told(name: str, file: Path, *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"event": "done", "name": name, "path": str(file)}, ensure_ascii=False)
    return f"{name} is in {file}"
