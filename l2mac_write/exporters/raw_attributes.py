"""The attributes of raw HTML as a book may have them: names of its own, links and images it knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.exporters.around import Place
from l2mac_write.exporters.aside import OURS
from l2mac_write.exporters.attributes import DIRECTIONS
from l2mac_write.exporters.content_model import unwrapped
from l2mac_write.exporters.frames import Frame
from l2mac_write.exporters.habits import spared, unused
from l2mac_write.exporters.labels import TAG
from l2mac_write.exporters.links import Guard

Element: TypeAlias = "etree._Element"  # noqa: SLF001 (lxml calls it so)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = "{http://www.idpf.org/2007/ops}type"
CLASSES = frozenset(
    [
        "noteref",
        "notes",
        "number",
        "back",
        "table",
        "scene",
        "left",
        "right",
        "center",
        "smallcaps",
        "underline",
        "verse",
        "letter",
        "formula",
    ]
)
ROLES = frozenset({"doc-noteref", "doc-footnote", "doc-backlink", "group"})
TYPES = frozenset({"noteref", "footnote", "backlink"})
CELLS = frozenset({"td", "th"})
ONLY_OF = {"start": frozenset({"ol"}), "colspan": CELLS, "rowspan": CELLS}
NUMBER = re.compile(r"[1-9][0-9]{0,2}")
TESTS: Mapping[str, Callable[[str], bool]] = {
    "dir": DIRECTIONS.__contains__,
    "role": ROLES.__contains__,
    TYPE: TYPES.__contains__,
    "start": lambda value: value.isdecimal() and len(value) < 10,  # noqa: PLR2004 (as in Markdown)
    "colspan": lambda value: bool(NUMBER.fullmatch(value)),
    "rowspan": lambda value: bool(NUMBER.fullmatch(value)),
    "lang": lambda value: bool(TAG.fullmatch(value)),
}


def settled(tree: Element, guard: Guard, frame: Frame) -> None:
    for link in [*tree.iter("a")]:
        _link(link, guard, frame)
    for image in [*tree.iter("img")]:
        _image(image, guard, frame)
    used: set[str] = set()
    for element in tree.iterdescendants():
        _named(element, frame.id, used)
        _looks(element)
        _others(element)
    for link in [a for a in tree.iter("a") if _is_dangling(a, {frame.id, *used})]:
        del link.attrib["href"]


def _is_dangling(link: Element, ids: AbstractSet[str]) -> bool:
    """What it led to may have lost its place while the markup was mended."""
    address = str(link.get("href", ""))
    return address.startswith("#") and address[1:] not in ids


def _link(link: Element, guard: Guard, frame: Frame) -> None:
    if anchor := link.attrib.pop("name", ""):
        link.set("id", link.get("id", anchor))
    address = link.attrib.pop("href", "")
    place = address.removeprefix(OURS) if address.startswith(OURS) else None
    if address and place is None:
        found = guard.link(address)
        place = frame.leads(found) if isinstance(found, Place) else found
    if place:
        link.set("href", place)
    elif "id" not in link.attrib:
        unwrapped(link)


def _image(image: Element, guard: Guard, frame: Frame) -> None:
    found = guard.image(image.attrib.pop("src", ""))
    words = image.attrib.pop("alt", "")
    if found:
        image.set("src", frame.source(found))
        image.set("alt", words)
    else:
        image.tag, image.text = "span", words


def _named(element: Element, name: str, used: set[str]) -> None:
    """Ids begin as those of the page do, and each is there once."""
    if said := element.attrib.pop("id", ""):
        own = said if said.startswith(f"{name}-") else f"{name}-{spared(said)}"
        element.set("id", unused(own, used))
        used.add(element.get("id"))


def _looks(element: Element) -> None:
    classes = [one for one in element.attrib.pop("class", "").split() if one in CLASSES]
    if classes:
        element.set("class", " ".join(classes))


def _others(element: Element) -> None:
    for key in TESTS.keys() & {*element.attrib}:
        if element.tag not in ONLY_OF.get(key, {element.tag}) or not TESTS[key](element.get(key)):
            del element.attrib[key]
    if element.tag == "bdo" and "dir" not in element.attrib:
        element.tag = "span"
    element.attrib.pop(LANG, None)
    if "lang" in element.attrib:
        element.set(LANG, element.get("lang"))
