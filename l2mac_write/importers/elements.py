"""A document of HTML or XHTML as a tree that can be trusted: nothing is expanded, nothing fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # it ships no types
from lxml import html as html_parser

from l2mac_write.errors import UsageError

DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
OPS = "{http://www.idpf.org/2007/ops}"
SILENT = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg"})


def document(content: bytes, name: str) -> etree._Element:
    """Its root; elements and attributes have no namespaces but for `epub:type`."""
    try:
        root = etree.fromstring(_spelled_out(content), _parser())
    except (etree.XMLSyntaxError, ValueError):
        root = _tolerant(content, name)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname.lower()
        for key in [key for key in element.attrib if "{" in str(key) or ":" in str(key)]:
            value = element.attrib.pop(key)
            element.set("epub-type" if key in {f"{OPS}type", "epub:type"} else "other", value)
    return root


def xml(content: bytes, name: str) -> etree._Element:
    """Of a package's own files, which must be well-formed. Raises `UsageError` if it is not."""
    try:
        return etree.fromstring(DOCTYPE.sub(b"", content), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"`{name}` in it is broken: {error}.") from error


def kinds(element: etree._Element) -> frozenset[str]:
    """What it says it is, in the words of EPUB and of ARIA alike."""
    said = f"{element.get('epub-type', '')} {element.get('role', '')}".split()
    return frozenset(word.removeprefix("doc-") for word in said)


def classes(element: etree._Element) -> frozenset[str]:
    return frozenset(element.get("class", "").lower().split())


def children(element: etree._Element) -> Iterator[etree._Element | str]:
    """Its text and its elements, in order."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SILENT:
            yield child
        if child.tail:
            yield child.tail


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


def _tolerant(content: bytes, name: str) -> etree._Element:
    encoding = None if re.search(rb"charset", content[:2000]) else "utf-8"
    parser = html_parser.HTMLParser(
        no_network=True, remove_comments=True, encoding=encoding, huge_tree=True
    )
    try:
        return html_parser.document_fromstring(DOCTYPE.sub(b"", content, count=1), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"`{name}` holds no document that can be read: {error}.") from error


def _spelled_out(content: bytes) -> bytes:
    """Without a document type, and HTML's own entities as characters."""
    bare = DOCTYPE.sub(b"", content, count=1)
    if b"&" not in bare:
        return bare
    return NAMED.sub(_character, bare.decode("utf-8")).encode()


def _character(found: re.Match[str]) -> str:
    if found[1] in OF_XML:
        return found[0]
    return html.unescape(found[0])
