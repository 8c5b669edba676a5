"""The little words by which a language is known, and of which a text of it is mostly made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from l2mac_write.text.languages import is_unspaced, primary
from l2mac_write.text.word_lists import word_list


def common_words(tag: str) -> tuple[str, ...]:
    """Those of the language; none where we do not know them."""
    return table().get(primary(tag), ())


@cache
def table() -> Mapping[str, tuple[str, ...]]:
    rows: Mapping[str, str] = word_list(__file__, "common_words.toml")
    return {tag: tuple(row if is_unspaced(tag) else row.split()) for tag, row in rows.items()}
