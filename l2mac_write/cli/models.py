"""`l2mac-write models`: who could write a book here, and the weights of those who live here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from l2mac_write import wiring
from l2mac_write.cli import options, progress
from l2mac_write.cli.ending import ends_well
from l2mac_write.errors import UsageError
from l2mac_write.events import Pulled
from l2mac_write.llm.pricing import Entry, load_prices
from l2mac_write.llm.weights import CATALOGUE, Weights, locate
from l2mac_write.llm.weights import pull as pulled

MEGABYTE = 1_000_000


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
    rows = [*map(_local, CATALOGUE.values()), *_claude(), _rehearsal()]
    if as_json:
        click.echo(json.dumps({"models": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_line(row))


@command.command(short_help="Fetch the weights of a local model.")
@click.argument("name")
@options.as_json
@ends_well
def pull(name: str, *, as_json: bool) -> None:
    """Fetch the weights of a local model now rather than with the first book."""
    if name not in CATALOGUE:
        raise UsageError(f"there is no model `{name}`. With weights: {', '.join(CATALOGUE)}.")
    tell = progress.json_line if as_json else progress.Lines().tell
    file = pulled(name, wiring.cache(), lambda done, total: tell(Pulled(name, done, total)))
    click.echo(_told(name, file, as_json=as_json))


def _told(name: str, file: Path, *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"event": "done", "name": name, "path": str(file)}, ensure_ascii=False)
    return f"{name} is in {file}"


def _local(weights: Weights) -> dict[str, Any]:
    file = locate(weights.name, wiring.cache())
    return {
        "name": weights.name,
        "kind": "local",
        "title": weights.title,
        "licence": weights.licence,
        "size": weights.size,
        "fetched": file is not None,
        "path": str(file or ""),
        "about": weights.about,
    }


def _claude() -> list[dict[str, Any]]:
    prices = load_prices(wiring.user_files() / "prices.toml")
    return [_priced(name, entry) for name, entry in prices.models.items()]


def _priced(name: str, entry: Entry) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "claude" if name.startswith("claude-") else "other",
        "input": entry.price.input if entry.price else None,
        "output": entry.price.output if entry.price else None,
        "window": entry.limits.window,
        "max_output": entry.limits.output,
    }


def _rehearsal() -> dict[str, Any]:
    about = "placeholder text, free: to try out plan, layout and export"
    return {"name": wiring.REHEARSAL, "kind": "rehearsal", "about": about}


def _line(row: dict[str, Any]) -> str:
    return f"{row['name']:<20} {_details(row)}"


def _details(row: dict[str, Any]) -> str:
    match row["kind"]:
        case "local":
            here = "fetched" if row["fetched"] else "not fetched"
            size = round(row["size"] / MEGABYTE)
            return f"{row['title']}, {row['licence']}, {size:,} MB, {here}: {row['about']}"
        case "rehearsal":
            return str(row["about"])
        case _:
            return f"{_cost(row)}, window {row['window']:,} tokens"


def _cost(row: dict[str, Any]) -> str:
    if row["input"] is None:
        return "price unknown"
    return f"${row['input']:.2f} in, ${row['output']:.2f} out per million tokens"
