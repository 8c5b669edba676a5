"""A book out of one HTML file."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers import binding, traces
from l2mac_write.importers.blocks import Heading, Reader
from l2mac_write.importers.elements import classes, document
from l2mac_write.importers.escaping import escaped
from l2mac_write.importers.imported import Imported, told
from l2mac_write.importers.links import Links
from l2mac_write.importers.looks import spell_out
from l2mac_write.importers.notes import notes
from l2mac_write.importers.pictures import Pictures

APART = frozenset({"nav", "header", "footer"})
ONWARD = frozenset({"onward", "skip", "back-to-top"})


def read(
    content: bytes, name: str, find: Callable[[str], bytes | None], level: int = 0
) -> Imported:
    """`find` gives the files beside it. Raises `UsageError` for what is no document."""
    root = document(content, name)
    comments = traces.removed(root)
    traces.straightened(root)
    said = _said(root)
    spell_out(root, {})
    body = next(root.iter("main"), next(root.iter("body"), root))
    for element in [e for e in body.iter() if _leads_around(e, body)]:
        element.clear(keep_tail=True)
    for element in [e for e in body.iter("p") if "author" in classes(e)]:
        said.setdefault("author", " ".join("".join(element.itertext()).split()))
        element.clear(keep_tail=True)
    pictures = Pictures(find)
    reader = Reader(
        notes({name: root}), Links(root).address, lambda address: pictures.path(address, "")
    )
    blocks: list[Heading | str] = [*reader.blocks(body)]
    if said["title"] and not any(isinstance(b, Heading) and b.level == 1 for b in blocks):
        blocks.insert(0, Heading(1, escaped(said["title"])))
    read = binding.cut(name, blocks, reader.found, level)
    kept = {key: value for key, value in said.items() if value}
    remarks = told(changes=0, comments=comments)
    return Imported(read.sections, {**kept, **read.said}, pictures.taken, remarks)


def _leads_around(element: etree._Element, body: etree._Element) -> bool:
    """Whether it is for finding one's way, and no text."""
    if element.tag in APART:
        return bool(element.tag == "nav" or element.getparent() is body)
    return isinstance(element.tag, str) and bool(classes(element) & ONWARD)


def _said(root: etree._Element) -> dict[str, str]:
    """Its title is empty where it says none."""
    title = traces.title_of(root) or " ".join((root.findtext(".//title") or "").split())
    language = root.get("lang", "")
    return {"title": title, **_meta(root), **({"language": language} if language else {})}


def _meta(root: etree._Element) -> dict[str, str]:
    names = {"author": "author", "dcterms.creator": "author", "description": "description"}
    return {
        names[str(meta.get("name")).lower()]: str(meta.get("content", ""))
        for meta in root.iter("meta")
        if str(meta.get("name")).lower() in names
    }
