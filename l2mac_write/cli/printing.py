"""What a command prints in the end: lines of prose, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

import click

from l2mac_write.text.characters import in_one_line, unturned

WIDTH, INDENT = 96, " " * 10


def lines(all_: Iterable[str]) -> None:
    for line in all_:
        click.echo(line.rstrip())


def document(rows: Mapping[str, Any]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False))


def wrapped(text: str, mark: str = "", indent: str = INDENT) -> str:
    """What is said of the line above it, each of its lines under the first, after the `mark`."""
    below, width = indent + " " * len(mark), min(WIDTH, get_terminal_size((WIDTH, 24)).columns)
    return fill(safe(text), width, initial_indent=indent + mark, subsequent_indent=below)


def safe(text: str) -> str:
    """What a terminal can be shown, whoever wrote it."""
    return unturned(in_one_line(text))
