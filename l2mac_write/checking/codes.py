"""What the codes of findings mean; `codes.toml` is the one place that says it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from l2mac_write.text.word_lists import word_list


@cache
def families() -> Mapping[str, Mapping[str, str]]:
    """The meaning of every code, family by family."""
    return word_list(__file__, "codes.toml")


@cache
def meanings() -> Mapping[str, str]:
    return {code: meaning for family in families().values() for code, meaning in family.items()}
