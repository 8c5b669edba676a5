"""A book out of a Word document: mammoth makes HTML of it, by styles and not by looks."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.errors import ExtraMissing, UsageError
from l2mac_write.importers import formulas, html
from l2mac_write.importers.elements import xml
from l2mac_write.importers.imported import Imported
from l2mac_write.importers.outline import STYLES, outlined
from l2mac_write.importers.parcel import Parcel
from l2mac_write.templating import text

DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
NOTES = "word/footnotes.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
DC = "{http://purl.org/dc/elements/1.1/}"
SAID = {f"{DC}title": "title", f"{DC}creator": "author", f"{DC}language": "language",
        f"{DC}description": "description"}  # fmt: skip
TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
RULE = "* * *"


def read(parcel: Parcel, level: int = 0) -> Imported:
    """Raises `UsageError` for what is no Word document, `ExtraMissing` without mammoth."""
    images: dict[str, bytes] = {}
    body, said = _as_html(parcel, images), _said(parcel)
    title = escape(said.get("title", ""))
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    read = html.read(page.encode(), parcel.name, images.get, level)
    return Imported(read.sections, {**said, **read.said}, read.images)


def _as_html(parcel: Parcel, images: dict[str, bytes]) -> str:
    """Its images are kept beside it, under names of their own."""
    try:
        import mammoth  # type: ignore[import-untyped]  # noqa: PLC0415 (an extra, slow to load)
    except ImportError as error:
        raise ExtraMissing("To read a Word document", "docx") from error

    def kept(image: Any) -> dict[str, str]:
        with image.open() as file:
            content = file.read()
        ending = str(image.content_type).partition("/")[2].partition("+")[0]
        known = (name for name, same in images.items() if same == content)
        name = next(known, f"image-{len(images) + 1}.{ending}")
        images[name] = content
        return {"src": name}

    document = _repacked(parcel)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(document),
            style_map=text("docx/reading.txt"),
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(kept),
        )
    except (LookupError, ValueError, AttributeError, TypeError, OSError) as error:
        raise UsageError(f"`{parcel.name}` is no Word document that can be read.") from error
    return formulas.shown(str(made.value))


def _said(parcel: Parcel) -> dict[str, str]:
    if CORE not in parcel.names:
        return {}
    root = xml(parcel.read(CORE), CORE)
    return {SAID[e.tag]: e.text.strip() for e in root if e.tag in SAID and (e.text or "").strip()}


def _repacked(parcel: Parcel) -> bytes:
    """The same with what mammoth would not see in a form that it does, and no file that expands."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(parcel.names):
            content = parcel.read(name)
            if name.endswith((".xml", ".rels")) and TYPE.search(content):
                raise UsageError(f"`{parcel.name}` declares entities, which no Word document does.")
            new.writestr(name, REWRITTEN.get(name, bytes)(content))
    return out.getvalue()


def _with_rules(content: bytes) -> bytes:
    """Without what no reader of it sees, and with each line that was drawn as text."""
    root = xml(content, DOCUMENT)
    made = (e for e in root.iter(f"{W}sdt") if e.find(f".//{W}docPartGallery") is not None)
    for unseen in [*made, *filter(_is_hidden, root.iter(f"{W}r"))]:
        unseen.clear(keep_tail=True)
    _repeat_references(root)
    formulas.put_in_words(root)
    for paragraph in root.iter(f"{W}p"):
        if _is_drawn_line(paragraph):
            for child in [c for c in paragraph if c.tag != f"{W}pPr"]:
                paragraph.remove(child)
            run = etree.SubElement(paragraph, f"{W}r")
            etree.SubElement(run, f"{W}t").text = RULE
    return bytes(etree.tostring(root))


def _is_hidden(run: etree._Element) -> bool:
    said = run.find(f"{W}rPr/{W}vanish")
    return said is not None and said.get(f"{W}val", "1") not in {"0", "false", "off"}


def _repeat_references(root: etree._Element) -> None:
    """A field that shows the number of a note again becomes a reference to it."""
    named: dict[str, str] = {}
    names: list[str] = []
    for element in root.iter(f"{W}bookmarkStart", f"{W}footnoteReference"):
        if element.tag == f"{W}bookmarkStart":
            names.append(str(element.get(f"{W}name")))
        else:
            named.update(dict.fromkeys(names[-1:], str(element.get(f"{W}id"))))
    for simple in [*root.iter(f"{W}fldSimple")]:
        asked = str(simple.get(f"{W}instr")).split()
        number = named.get("".join(asked[1:2]))
        if asked[:1] == ["NOTEREF"] and number:
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}footnoteReference", {f"{W}id": number})
            simple.addprevious(run)


def _is_drawn_line(paragraph: etree._Element) -> bool:
    """A rule, or an empty paragraph with a border below it."""
    if any(element.get(f"{OFFICE}hr") for element in paragraph.iter()):
        return True
    border = paragraph.find(f"{W}pPr/{W}pBdr/{W}bottom")
    return border is not None and not "".join(paragraph.itertext()).strip()


def _with_formulas(content: bytes) -> bytes:
    root = xml(content, NOTES)
    formulas.put_in_words(root)
    return bytes(etree.tostring(root))


REWRITTEN = {DOCUMENT: _with_rules, NOTES: _with_formulas, STYLES: outlined}
"""The parts that mammoth reads otherwise than they are."""
