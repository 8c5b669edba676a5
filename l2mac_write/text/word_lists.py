"""Word lists and other tables: TOML files, each beside the module that knows what is in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def word_list(module: str, name: str) -> dict[str, Any]:
    """`module` is the `__file__` of the one that asks."""
    return tomllib.loads(Path(module).with_name(name).read_text("utf-8"))


def word_lists(module: str, name: str, language: str) -> dict[str, dict[str, Any]]:
    """By language: that of English, which models fall back to, then `name_de.toml`, if it is there."""
    lists = {"en": word_list(module, f"{name}.toml")}
    own = f"{name}_{language}.toml"
    if (Path(module).parent / own).is_file():
        lists[language] = word_list(module, own)
    return lists
