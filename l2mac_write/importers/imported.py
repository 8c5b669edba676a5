"""A manuscript that comes from elsewhere, as it is here: sections of Markdown, and images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from l2mac_write.book import Section


@dataclass(frozen=True, slots=True)
class Imported:
    """`said` is what it says of itself: title, author, language, publisher … as far as it does.

    The `images` are known by the paths by which the sections name them.
    """

    sections: tuple[Section, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
