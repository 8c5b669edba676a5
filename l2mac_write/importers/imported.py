"""A manuscript that comes from elsewhere, as it is here: sections of Markdown, and images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from l2mac_write.book import Section


@dataclass(frozen=True, slots=True)
class Imported:
    """`said` is what it says of itself: title, author, language, publisher … as far as it does.

    The `images` are known by the paths by which the sections name them. `remarks` are sentences
    about what was left out of it, or taken otherwise than it stood there.
    """

    sections: tuple[Section, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def told(*, changes: int, comments: int) -> tuple[str, ...]:
    """What has become of an editor's changes and remarks."""
    taken = (
        f"Its tracked changes ({changes}) count as accepted: what was inserted is in the text, what"
        " was deleted is not."
    )
    left = f"Comments in the margin ({comments}) were left out; they are in the original."
    return (*((taken,) if changes else ()), *((left,) if comments else ()))
