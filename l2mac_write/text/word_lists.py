"""Word lists and other tables: TOML files, each beside the module that knows what is in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def word_list(module: str, name: str) -> dict[str, Any]:
    """`module` is the `__file__` of the one that asks."""
    return tomllib.loads(Path(module).with_name(name).read_text("utf-8"))
