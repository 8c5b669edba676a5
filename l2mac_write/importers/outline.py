"""Which styles of a Word document are headings, though they are not called so."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.elements import xml

STYLES = "word/styles.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
DEEPEST = 6
"""Of the headings; of how far one style is made after another, too."""


def outlined(content: bytes) -> bytes:
    """The styles, each that has a place in the outline named as Word's own headings are."""
    root = xml(content, STYLES)
    styles = {str(style.get(f"{W}styleId")): style for style in root.iter(f"{W}style")}
    levels = {one: _level(style, styles, DEEPEST) for one, style in styles.items()}
    for one, level in levels.items():
        name = styles[one].find(f"{W}name")
        if name is not None and 0 < level <= DEEPEST:
            name.set(f"{W}val", f"heading {level}")
    return bytes(etree.tostring(root))


def _level(style: etree._Element, styles: Mapping[str, etree._Element], deep: int) -> int:
    """From 1 on, as it says itself or the style says that it is made after; 0 is none."""
    if (own := _value(style, f"{W}pPr/{W}outlineLvl")).isdecimal():
        return 1 + int(own)
    if called := HEADING.fullmatch(_value(style, f"{W}name")):
        return int(called[1])
    parent = styles.get(_value(style, f"{W}basedOn"))
    return _level(parent, styles, deep - 1) if parent is not None and deep else 0


def _value(style: etree._Element, place: str) -> str:
    found = style.find(place)
    return "" if found is None else str(found.get(f"{W}val"))
