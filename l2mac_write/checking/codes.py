"""What the codes of findings mean; `codes.toml` is the one place that says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def families() -> Mapping[str, Mapping[str, str]]:
    """The meaning of every code, family by family."""
    return tomllib.loads((resources.files(__package__) / "codes.toml").read_text("utf-8"))


@cache
def meanings() -> Mapping[str, str]:
    return {code: meaning for family in families().values() for code, meaning in family.items()}
