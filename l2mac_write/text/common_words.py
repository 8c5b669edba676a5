"""The little words by which a language is known, and of which a text of it is mostly made."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from l2mac_write.text.languages import is_unspaced, primary


def common_words(tag: str) -> tuple[str, ...]:
    """Those of the language; none where we do not know them."""
    return table().get(primary(tag), ())


@cache
def table() -> Mapping[str, tuple[str, ...]]:
    file = resources.files(__package__) / "common_words.toml"
    rows: Mapping[str, str] = tomllib.loads(file.read_text("utf-8"))
    return {tag: tuple(row if is_unspaced(tag) else row.split()) for tag, row in rows.items()}
