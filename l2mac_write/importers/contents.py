"""What the contents of an EPUB call its documents, for those that have no headings of their own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.elements import document, kinds, xml
from l2mac_write.importers.parcel import Parcel

OPF = "{http://www.idpf.org/2007/opf}"
NCX = "application/x-dtbncx+xml"


def names(parcel: Parcel, package: etree._Element, folder: str) -> Mapping[str, str]:
    """By each document's path, what the first entry for it says; the newer contents count first."""
    found: dict[str, str] = {}
    for item in sorted(package.iter(f"{OPF}item"), key=_is_ncx):
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if path in parcel.names and (_is_nav(item) or _is_ncx(item)):
            read = _of_ncx if _is_ncx(item) else _of_nav
            for address, label in read(parcel.read(path), path):
                bare = unquote(address.partition("#")[0])
                place = posixpath.normpath(posixpath.join(posixpath.dirname(path), bare))
                found.setdefault(place, " ".join(label.split()))
    return {place: label for place, label in found.items() if label}


def _is_nav(item: etree._Element) -> bool:
    return "nav" in item.get("properties", "").split()


def _is_ncx(item: etree._Element) -> bool:
    return bool(item.get("media-type") == NCX)


def _of_nav(content: bytes, path: str) -> Iterator[tuple[str, str]]:
    for nav in document(content, path).iter("nav"):
        if "toc" in kinds(nav):
            yield from ((a.get("href", ""), "".join(a.itertext())) for a in nav.iter("a"))


def _of_ncx(content: bytes, path: str) -> Iterator[tuple[str, str]]:
    for point in xml(content, path).iter("{*}navPoint"):
        target = point.find("{*}content")
        address = "" if target is None else target.get("src", "")
        yield address, point.findtext("{*}navLabel/{*}text") or ""
