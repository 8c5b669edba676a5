"""What a command prints in the end: lines of prose, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click


def lines(all_: Iterable[str]) -> None:
    for line in all_:
        click.echo(line.rstrip())


def document(rows: Mapping[str, Any]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False))
