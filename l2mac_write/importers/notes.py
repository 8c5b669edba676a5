"""Which links are references to footnotes, and what are the notes?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.elements import classes, kinds

REFERENCES = frozenset({"noteref", "footnote-ref", "footnoteref", "fnref"})
NOTES = frozenset({"footnote", "endnote", "rearnote", "note"})
BACK = frozenset({"backlink", "footnote-back", "footnote-backref", "back", "referrer"})
WRAPPERS = frozenset({"footnotes", "endnotes", "rearnotes", "notes"})
NUMBER = re.compile(r"[\[(]?(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§¶]{1,3})[\])]?\.?", re.IGNORECASE)
ARROW = re.compile(r"[↩↑⏎⤴^←\ufe0e\ufe0f\s]+")
HOLDERS = frozenset({"p", "li", "aside", "div", "dd", "section", "tr"})


@dataclass(frozen=True, slots=True)
class Notes:
    """By the reference, and by the element that holds the note: numbers that count from 1."""

    references: Mapping[etree._Element, int]
    numbers: Mapping[etree._Element, int] = field(default_factory=dict)


def notes(documents: Mapping[str, etree._Element]) -> Notes:
    places = {
        (name, str(element.get(key))): element
        for name, root in documents.items()
        for element in root.iter(etree.Element)
        for key in ("id", "name")
        if element.get(key)
    }
    references: dict[etree._Element, int] = {}
    numbers: dict[etree._Element, int] = {}
    for link, target in _targets(documents, places):
        holder = _holder(link, target)
        if holder is not None:
            references[link] = numbers.setdefault(holder, len(numbers) + 1)
    return Notes(references, {**_twins(documents, numbers), **numbers})


def _twins(
    documents: Mapping[str, etree._Element], numbers: Mapping[etree._Element, int]
) -> dict[etree._Element, int]:
    """Elements with the name of a note: where two references lead to it, it may be there twice."""
    named = {
        (e.getroottree().getroot(), e.get("id")): number
        for e, number in numbers.items()
        if e.get("id")
    }
    return {
        element: named[(root, element.get("id"))]
        for root in documents.values()
        for element in root.iter(etree.Element)
        if (root, element.get("id")) in named
    }


def is_back(link: etree._Element) -> bool:
    """Whether it only leads from a note to where the text refers to it."""
    said = kinds(link) | classes(link)
    return bool(said & BACK) or bool(ARROW.fullmatch("".join(link.itertext())))


def is_wrapper(element: etree._Element) -> bool:
    return bool((kinds(element) | classes(element) | {element.get("id", "")}) & WRAPPERS)


def _targets(
    documents: Mapping[str, etree._Element], places: Mapping[tuple[str, str], etree._Element]
) -> Iterator[tuple[etree._Element, etree._Element]]:
    for name, root in documents.items():
        for link in root.iter("a"):
            path, _, anchor = str(link.get("href", "")).partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
            target = places.get((file if path else name, unquote(anchor)))
            if anchor and target is not None and not is_back(link):
                yield link, target


def _holder(link: etree._Element, target: etree._Element) -> etree._Element | None:
    """The element with the whole note; None where the link is none to a note."""
    above = [target, *target.iterancestors()]
    holder = next((one for one in above if one.tag in HOLDERS), None)
    if holder is None or link in set(holder.iter("a")):
        return None
    if (kinds(link) | classes(link)) & REFERENCES or (kinds(holder) | classes(holder)) & NOTES:
        return holder
    is_raised = any(_is_sup(one) for one in (*link.iterancestors(), *link))
    is_number = NUMBER.fullmatch("".join(link.itertext()).strip())
    return holder if is_raised and is_number and _comes_later(link, holder) else None


def _is_sup(element: etree._Element) -> bool:
    return str(element.tag) == "sup"


def _comes_later(link: etree._Element, holder: etree._Element) -> bool:
    """A number that leads back from a note looks like one that leads to it."""
    if link.getroottree() is not holder.getroottree():
        return True
    return _first(holder, link) is link


def _first(one: etree._Element, other: etree._Element) -> etree._Element:
    root: Iterable[etree._Element] = one.getroottree().iter()
    return next(element for element in root if element is one or element is other)
