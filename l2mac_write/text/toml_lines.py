"""On which line of a TOML text does a key stand? The parser of the standard library does not say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys, and the numbers of list items from 0: `("step", 2, "after")`."""

TOKEN = re.compile(
    r'''(?sx)
    """ (?:\\.|[^\\])*? "{3,5} | \'\'\' .*? \'{3,5}
    | " (?:\\.|[^"\\\n])* " | ' [^'\n]* '
    | \# [^\n]* | [\[\]{}\n]
    '''
)
DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}


def line_of(text: str, *path: str | int) -> int:
    """The line, from 1, where it begins; of what it is missing from, where it is not there."""
    known = dict(_places(text))
    while path and path not in known:
        path = path[:-1]
    return known.get(path, 1)


def _places(text: str) -> Iterator[tuple[Path, int]]:
    tables: dict[Path, int] = {}
    here: Path = ()
    for line, statement in _statements(text):
        document: dict[str, Any] = {}
        with suppress(tomllib.TOMLDecodeError):
            document = tomllib.loads(statement)
        if statement.startswith("["):
            here = _opened(document, tables)
            yield here, line
        else:
            yield from ((here + path, line) for path in _paths(document))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and each assignment, whole, with its first line."""
    start, line, first, depth = 0, 1, 1, 0
    for token in TOKEN.finditer(f"{text}\n"):
        depth += DEEPER.get(token[0], 0)
        line += token[0].count("\n")
        if token[0] == "\n" and depth <= 0:
            if statement := text[start : token.start()].strip():
                yield first, statement
            start, first, depth = token.end(), line, 0


def _opened(header: Mapping[str, Any], tables: dict[Path, int]) -> Path:
    """The table that a header opens; `tables` counts those of each list so far."""
    path: Path = ()
    table: Any = header
    while table:
        (name, table), *_ = table.items()
        path = (*path, name)
        if isinstance(table, list):
            tables[path] = tables.get(path, -1) + 1
            table = table[0]
        path = (*path, tables[path]) if path in tables else path
    return path


def _paths(value: Any) -> Iterator[Path]:
    """Every key and item in the value, however deep."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (key,)
        if isinstance(inner, dict | list):
            yield from ((key, *path) for path in _paths(inner))
