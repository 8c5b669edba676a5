"""What a command prints in the end: lines of prose, or one JSON object."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

import click

from l2mac_write.text.characters import in_one_line, unturned

WIDTH, INDENT = 96, " " * 10
COLUMNS = re.compile(r"\s*(?:\S+(?: \S+)*\s{2,})*")


def lines(all_: Iterable[str]) -> None:
    width = get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else 0
    for line in all_:
        click.echo(fitted(line.rstrip(), width))


def fitted(line: str, width: int) -> str:
    """No word is cut at the edge of a terminal; what goes on there stands under its last column.

    Without a width, and where it holds several lines already, it is left as it is.
    """
    if not 0 < width < len(line) or "\n" in line:
        return line
    columns = COLUMNS.match(line)
    under = columns.end() if columns and columns.end() <= width // 2 else len(INDENT)
    return fill(
        line,
        width,
        subsequent_indent=" " * under,
        break_long_words=False,
        break_on_hyphens=False,
    )


def document(rows: Mapping[str, Any]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False))


def wrapped(text: str, mark: str = "", indent: str = INDENT) -> str:
    """What is said of the line above it, each of its lines under the first, after the `mark`."""
    below, width = indent + " " * len(mark), min(WIDTH, get_terminal_size((WIDTH, 24)).columns)
    return fill(safe(text), width, initial_indent=indent + mark, subsequent_indent=below)


def safe(text: str) -> str:
    """What a terminal can be shown, whoever wrote it."""
    return unturned(in_one_line(text))
