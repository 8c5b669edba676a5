"""Where a section of the book stands among the pages, and how what is in it leads elsewhere."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from l2mac_write.exporters.around import Image, Place
from l2mac_write.exporters.aside import OURS, Aside


def within_one_page(place: Place) -> str:
    return f"#{place.page}-{place.anchor}" if place.anchor else f"#{place.page}"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a section stands: `id` starts every id in it, `deeper` is added to every heading.

    `semantics` adds the `epub:type` attributes of an EPUB. `address` says how a link leads to a
    place in the book, `source` where its images are.
    """

    id: str
    labels: Mapping[str, str]
    deeper: int = 0
    semantics: bool = False
    address: Callable[[Place], str] = within_one_page
    source: Callable[[Image], str] = operator.attrgetter("path")
    aside: Aside | None = None

    def leads(self, place: Place) -> str:
        """The address of a place in the book; one without a page is in this section."""
        if place.page in {"", self.id}:
            return within_one_page(Place(self.id, place.anchor))
        return self.address(place)

    def ours(self, address: str) -> str:
        """An address that we have made, and that is so in a chapter with raw HTML."""
        return f"{OURS}{address}" if self.aside else address

    def done(self, markup: str) -> str:
        """What needs no cleaning."""
        return self.aside.put(markup) if self.aside else markup
