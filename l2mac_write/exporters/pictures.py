"""Is this an image that every reader can show, and is it safe to hand on?"""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

SVG = "http://www.w3.org/2000/svg"
UNSAFE = frozenset({"script", "foreignObject", "iframe", "audio", "video", "a", "image", "use"})
REACHES_OUT = re.compile(
    r"url\s*\(\s*['\"]?(?!#)|@import|javascript:|expression\s*\(", re.IGNORECASE
)
PNG = b"\x89PNG\r\n\x1a\n"
ENDING = 64
"""Bytes among which a whole file says that it ends."""


def media_type(content: bytes) -> str:
    """Told by what the file holds and not by its name; empty for what is no image, or not whole."""
    end = content[-ENDING:]
    if content.startswith(PNG) and content[12:16] == b"IHDR" and b"IEND" in end:
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in end:
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")) and b";" in end:
        return "image/gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP" and _is_whole_riff(content):
        return "image/webp"
    return "image/svg+xml" if b"<svg" in content[:4096] else ""


def safe(content: bytes) -> bytes:
    """The image as a book may hold it: a drawing without scripts and without ways to the network.

    Empty where it cannot be read.
    """
    match media_type(content):
        case "image/svg+xml":
            return _drawing(content)
        case "":
            return b""
    return content


def _is_whole_riff(content: bytes) -> bool:
    return len(content) >= int.from_bytes(content[4:8], "little") + 8


def _drawing(content: bytes) -> bytes:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return b""
    if root.tag != f"{{{SVG}}}svg":
        return b""
    for element in [e for e in root.iter() if not _may_stay(e)]:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    for element in root.iter():
        _tidy(element)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _may_stay(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    if name.localname == "style" and REACHES_OUT.search(element.text or ""):
        return False
    return name.namespace == SVG and name.localname not in UNSAFE


def _tidy(element: etree._Element) -> None:
    """Without what acts, leads out of the file, or belongs to the program that drew it."""
    for name, value in element.attrib.items():
        key = str(name)
        foreign = key.startswith("{") and not key.startswith("{http://www.w3.org/XML/")
        if (
            foreign
            or key.lower().startswith("on")
            or REACHES_OUT.search(str(value))
            or (key == "href" and not str(value).startswith("#"))
        ):
            del element.attrib[name]
