"""Where a section stands in a printed book, and what it is called there."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from l2mac_write.exporters.around import Image
from l2mac_write.exporters.tokens import Note
from l2mac_write.exporters.typst_text import escaped, quoted

Writer: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Galley:
    """Where a section stands: `id` starts every label, `level` is that of its own heading.

    `written` writes a text's words, and may mark those that the index leads to. `has_initial`
    sets a large initial where the section begins. `source` says where an image is.
    The contents list its uppermost headings where it `lists_headings`.
    """

    id: str
    level: int = 1
    written: Writer = escaped
    has_initial: bool = False
    lists_headings: bool = False
    source: Callable[[Image], str] = operator.attrgetter("path")
    notes: Mapping[int, Note] = field(default_factory=dict)


def label(page: str, anchor: str = "") -> str:
    """No page has a colon in its name, so that none is called like a heading of another."""
    return f"label({quoted(f'{page}:{anchor}' if anchor else page)})"
