"""`l2mac-write unlock`: what an agent may change again."""

from __future__ import annotations

from pathlib import Path

import click

from l2mac_write.cli import options
from l2mac_write.cli.ending import ends_well


@click.command(short_help="Let agents change again what was locked.")
@click.argument("number", type=click.IntRange(min=1))
@options.book
@ends_well
def command(number: int, *, book: Path) -> None:
    """Let go the lock of that NUMBER, which `l2mac-write lock` shows."""
    from l2mac_write.changing import locking

    click.echo(f"Unlocked: {locking.unlock(book, number).what}.")
