"""How a printed page may look: the themes that there are, and which one a book has."""

from __future__ import annotations

from collections.abc import Mapping

from l2mac_write.book import Manuscript
from l2mac_write.errors import SettingsError
from l2mac_write.templating import named

THEMES = "pdf/themes"


def look(manuscript: Manuscript) -> str:
    theme = manuscript.edition.theme or ("manual" if manuscript.kind == "document" else "classic")
    if theme not in (known := looks()):
        raise SettingsError(
            f"no page looks like `{theme}`; there are: {', '.join(known)}, or a theme of your own,"
            " which is a folder in the book's."
        )
    return theme


def looks() -> Mapping[str, str]:
    """How a page may look: each name, and what that means."""
    return named(THEMES, ".typ")
