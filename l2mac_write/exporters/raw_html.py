"""Raw HTML in a chapter, where a person has allowed it: a list of what may stay, and XML from it."""

from __future__ import annotations

import re

import nh3
from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.exporters.content_model import mended
from l2mac_write.exporters.frames import Frame
from l2mac_write.exporters.links import Guard
from l2mac_write.exporters.raw_attributes import settled
from l2mac_write.exporters.shapes import ATTRIBUTES, TAGS, VOID

TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+="[^"]*")*)\s*>')
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
EPUB = 'xmlns:epub="http://www.idpf.org/2007/ops"'
WRAPPED = re.compile(r"\A<div[^>]*?(?:/>|>(.*)</div>)\Z", re.DOTALL)


def cleaned(markup: str, guard: Guard, frame: Frame) -> str:
    """Well-formed, with nothing but the elements and attributes of the list."""
    clean = nh3.clean(
        markup,
        tags={*TAGS},
        attributes={tag: {*names} for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    tree = etree.fromstring(
        f"<div {EPUB}>{TAG.sub(_as_xml, clean).replace('&nbsp;', chr(160))}</div>"
    )
    _leveled(tree, frame.deeper)
    mended(tree)
    settled(tree, guard, frame)
    _without_empty_links(tree)
    for element in tree.iter():
        if element.tag not in VOID and not len(element) and not element.text:
            element.text = ""  # `<p></p>` and not `<p/>`, which HTML does not know
    inside = WRAPPED.fullmatch(str(etree.tostring(tree, encoding="unicode")))
    return (inside[1] or "") if inside else ""


def _leveled(tree: etree._Element, deeper: int) -> None:
    """No heading is as great as the title of its page, and none skips a level."""
    before = 1
    for heading in tree.iter(*LEVELS):
        before = max(2, min(LEVELS.index(str(heading.tag)) + 1, before + 1))
        heading.tag = LEVELS[min(before + deeper, len(LEVELS)) - 1]


def _without_empty_links(tree: etree._Element) -> None:
    """A link that says nothing leads nowhere: no listener could tell what it is for."""
    for link in tree.iter("a"):
        shows = any(image.get("alt") for image in link.iter("img"))
        if not (shows or "".join(link.itertext()).strip()):
            link.attrib.pop("href", None)


def _as_xml(tag: re.Match[str]) -> str:
    attributes = tag[3].replace("<", "&lt;").replace(">", "&gt;").replace("&nbsp;", "\xa0")
    return f"<{tag[1]}{tag[2]}{attributes}{'/' if tag[2] in VOID else ''}>"
