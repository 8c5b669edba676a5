"""What stands above a text for programs and not for readers: YAML or TOML between two rules.

A chapter may begin with a scene break, or with the head of a letter between two rules. Only a block
whose every line is data, and that names something which such blocks name, is taken away.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

BLOCK = re.compile(
    r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n(?P<data>.*?)^(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?:[ \t]+(?P<value>.*))?|[ \t]+\S.*|- .*|#.*|[ \t]*")
KNOWN = """title author authors date layout description summary tags categories lang language slug id
    weight draft permalink sidebar_position sidebar_label publisher rights isbn cover"""
NAMES = frozenset(KNOWN.split())
QUOTED = re.compile(r"([\"'])(.*)\1")


def split(text: str) -> tuple[Mapping[str, str], str]:
    """What the block says, key by key as far as it is plain words, and the text without it."""
    block = BLOCK.match(text.lstrip("\n"))
    if not block:
        return {}, text
    said = _toml(block["data"]) if block["mark"] == "+++" else _yaml(block["data"].split("\n"))
    if NAMES.isdisjoint(said):
        return {}, text
    return {k: v for k, v in said.items() if v}, text.lstrip("\n")[block.end() :]


def _toml(data: str) -> Mapping[str, str]:
    try:
        return {k: v if isinstance(v, str) else "" for k, v in tomllib.loads(data).items()}
    except tomllib.TOMLDecodeError:
        return {}


def _yaml(lines: Iterable[str]) -> Mapping[str, str]:
    """Nothing where one line is no data: then it is a text."""
    found = [*map(LINE.fullmatch, lines)]
    return dict(_pairs(match for match in found if match)) if all(found) else {}


def _pairs(lines: Iterable[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line["key"]:
            value = (line["value"] or "").strip()
            yield line["key"], _unquoted(value)


def _unquoted(value: str) -> str:
    quoted = QUOTED.fullmatch(value)
    if not quoted:
        return "" if value[:1] in "[{|>&*" else value
    if value.startswith("'"):
        return quoted[2].replace("''", "'")
    with suppress(ValueError):
        return str(json.loads(value))
    return quoted[2]
