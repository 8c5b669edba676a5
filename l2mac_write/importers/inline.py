"""What stands in a line of HTML, such as a link, an image or a formula, as runs of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.elements import classes
from l2mac_write.importers.escaping import code
from l2mac_write.importers.notes import Notes, is_back
from l2mac_write.importers.runs import BREAK, Run

NOTE = "\ue000"
"""Marks a note's number until the notes of a section are counted."""


class Within(Protocol):
    """Whoever reads what stands around it."""

    notes: Notes

    def link(self, address: str, /) -> str: ...
    def image(self, source: str, /) -> str: ...
    def inner(
        self, element: etree._Element, marks: tuple[str, ...], depth: int
    ) -> Iterator[Run]: ...


def _link(within: Within, element: etree._Element, marks: tuple[str, ...]) -> Iterator[Run]:
    if number := within.notes.references.get(element):
        yield Run(f"[^{NOTE}{number}]", marks, ready=True)
    elif not is_back(element):
        address = within.link(str(element.get("href", "")))
        is_new = address and not any(mark.startswith("link:") for mark in marks)
        yield from within.inner(element, (*marks, f"link:{address}") if is_new else marks, 0)


def _raised(within: Within, element: etree._Element, marks: tuple[str, ...]) -> Iterator[Run]:
    """The brackets around the number of a note belong to it."""
    is_note = any(link in within.notes.references for link in element.iter("a"))
    yield from (run for run in within.inner(element, marks, 0) if run.ready or not is_note)


def _line_break(_: Within, __: etree._Element, marks: tuple[str, ...]) -> Iterator[Run]:
    yield Run(BREAK, marks, ready=True)


def _formula(_: Within, element: etree._Element, marks: tuple[str, ...]) -> Iterator[Run]:
    """As its author typed it; where nobody says that, only its signs are left."""
    latex, parent = element.get("alttext", ""), element.getparent()
    if not latex:
        yield Run("".join(element.itertext()), marks)
    elif parent is not None and "formula" in classes(parent):
        yield Run(f"$$\n{latex}\n$$", marks, ready=True)
    else:
        sign = "$$" if element.get("display") == "block" else "$"
        yield Run(f"{sign}{latex}{sign}", marks, ready=True)


def _code_span(_: Within, element: etree._Element, marks: tuple[str, ...]) -> Iterator[Run]:
    yield Run(code("".join(element.itertext())), marks, ready=True)


def _image(within: Within, element: etree._Element, marks: tuple[str, ...]) -> Iterator[Run]:
    words = re.sub(r"([\\\[\]])", r"\\\1", " ".join(element.get("alt", "").split()))
    path = within.image(str(element.get("src", "")))
    title = element.get("title", "").replace("\\", "\\\\").replace('"', '\\"')
    said = f' "{title}"' if title else ""
    yield Run(f"![{words}]({path}{said})" if path else words, marks, ready=True)


SPANS: Mapping[str, Callable[[Within, Any, tuple[str, ...]], Iterator[Run]]] = {
    "a": _link,
    "sup": _raised,
    "br": _line_break,
    "math": _formula,
    "code": _code_span,
    "tt": _code_span,
    "img": _image,
}
