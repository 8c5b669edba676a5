"""The settings of a book that is adopted: what a person says, what the manuscript says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from l2mac_write.adopting.gathering import SAMPLE, titled
from l2mac_write.asking import asked
from l2mac_write.edition import NAMES, NOTHING, Edition, edition
from l2mac_write.errors import SettingsError
from l2mac_write.evaluators.language import likeliest
from l2mac_write.importers.imported import Imported
from l2mac_write.settings import Settings
from l2mac_write.templating import render
from l2mac_write.text.languages import language

READ: Mapping[str, Callable[[str], Any]] = {"volume": float, "subjects": str.splitlines}
"""What is no text in an edition."""


def settled(root: Path, read: Imported, flags: Mapping[str, Any]) -> Settings:
    """What is said by flags, else by the manuscript, else by its surroundings."""
    given = {name: value for name, value in flags.items() if value not in {None, ""}}
    said = {
        "title": read.said.get("title", "") or titled(root),
        "author": read.said.get("author", ""),
        "language": _language(read),
    }
    wanted = asked({**said, **given})
    told = {"title": wanted.title, "author": wanted.author}
    about = read.said.get("description", "")
    return replace(
        wanted,
        prompt=render("adopting/prompt.txt.j2", **told, description=about).strip(),
        edition=_edition(read.said),
    )


def _language(read: Imported) -> str:
    with suppress(SettingsError):
        if said := read.said.get("language") or read.said.get("lang"):
            return language(said).tag
    sample = "\n".join(section.markdown[:SAMPLE] for section in read.sections)
    return likeliest(sample[:SAMPLE])


def _edition(said: Mapping[str, str]) -> Edition:
    """What a shop would not take, such as an ISBN with a wrong digit, is left out."""
    found: dict[str, Any] = {}
    for name in said.keys() & {*NAMES} - {"description"}:
        with suppress(SettingsError, ValueError):
            row = {name: READ.get(name, str)(said[name])}
            edition(row)
            found |= row
    return edition(found) if found else NOTHING
