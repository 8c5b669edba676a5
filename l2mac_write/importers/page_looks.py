"""What a Word document says by its looks alone: a letter that hangs beside a paragraph, white above one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WIDE = 200
"""Twentieths of a point above a paragraph, more than most have: it stands apart."""
LARGE = 28
"""Half points: no text is set so large."""
TITLE_LENGTH = 80


def set_down(root: etree._Element) -> None:
    """A drop cap joins its paragraph, white becomes an empty one, a large centred line bold."""
    paragraphs = [*root.iter(f"{W}p")]
    for paragraph in paragraphs:
        frame = paragraph.find(f"{W}pPr/{W}framePr")
        following = paragraph.getnext()
        if frame is not None and frame.get(f"{W}dropCap") and following is not None:
            _join(paragraph, following)
    _set_apart([p for p in paragraphs if p.getparent() is not None])
    for paragraph in paragraphs:
        if _is_large(paragraph):
            _make_bold(paragraph)


def _join(letter: etree._Element, paragraph: etree._Element) -> None:
    place = 1 if paragraph.find(f"{W}pPr") is not None else 0
    runs = [child for child in letter if child.tag != f"{W}pPr"]
    for at, run in enumerate(runs):
        paragraph.insert(place + at, run)
    letter.getparent().remove(letter)


def _set_apart(paragraphs: list[etree._Element]) -> None:
    """By what each says of itself; the white that a style gives is the same everywhere."""
    body = [p for p in paragraphs if p.getparent().tag == f"{W}body" and _words(p)]
    above = {p: _spacing(p, "before") for p in body}
    below = {p: _spacing(p, "after") for p in body}
    usual = {
        of: Counter(white.values()).most_common(1) for of, white in (("a", above), ("b", below))
    }
    for paragraph in body:
        if usual["a"] and above[paragraph] >= usual["a"][0][0] + WIDE:
            paragraph.addprevious(etree.Element(f"{W}p"))
        if usual["b"] and below[paragraph] >= usual["b"][0][0] + WIDE:
            paragraph.addnext(etree.Element(f"{W}p"))


def _spacing(paragraph: etree._Element, side: str) -> int:
    said = paragraph.find(f"{W}pPr/{W}spacing")
    value = "" if said is None else str(said.get(f"{W}{side}", ""))
    return int(value) if value.isascii() and value.isdecimal() else 0


def _words(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip()


def _is_large(paragraph: etree._Element) -> bool:
    """A line in the middle, larger than text: a title, whatever its style is called."""
    centred = paragraph.find(f"{W}pPr/{W}jc")
    if centred is None or centred.get(f"{W}val") != "center":
        return False
    sizes = [_value(size.attrib) for size in paragraph.iter(f"{W}sz")]
    return bool(sizes) and min(sizes) >= LARGE and 0 < len(_words(paragraph)) <= TITLE_LENGTH


def _value(said: Mapping[str, str]) -> int:
    value = said.get(f"{W}val", "")
    return int(value) if value.isascii() and value.isdecimal() else 0


def _make_bold(paragraph: etree._Element) -> None:
    for run in paragraph.iter(f"{W}r"):
        looks = run.find(f"{W}rPr")
        if looks is None:
            looks = etree.Element(f"{W}rPr")
            run.insert(0, looks)
        if looks.find(f"{W}b") is None:
            etree.SubElement(looks, f"{W}b")
