"""What a Word document says by its looks alone: a letter that hangs beside a paragraph, white above one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.outline import W

WIDE = 200
"""Twentieths of a point above a paragraph, more than most have: it stands apart."""
LARGE = 28
"""Half points: no text is set so large."""
TITLE_LENGTH = 80
DEEPEST = 9
"""Of how far one style is made after another."""
Whites = Mapping[tuple[str, str], int]
"""By a style, and `before` or `after`."""


def set_down(root: etree._Element, whites: Whites) -> None:
    """A drop cap joins its paragraph, white becomes an empty one, a large centred line bold."""
    paragraphs = [*root.iter(f"{W}p")]
    for paragraph in paragraphs:
        frame = paragraph.find(f"{W}pPr/{W}framePr")
        following = paragraph.getnext()
        if frame is not None and frame.get(f"{W}dropCap") and following is not None:
            _join(paragraph, following)
    _set_apart([p for p in paragraphs if p.getparent() is not None], whites)
    for paragraph in paragraphs:
        if _is_large(paragraph):
            _make_bold(paragraph)


def _join(letter: etree._Element, paragraph: etree._Element) -> None:
    place = 1 if paragraph.find(f"{W}pPr") is not None else 0
    runs = [child for child in letter if child.tag != f"{W}pPr"]
    for at, run in enumerate(runs):
        paragraph.insert(place + at, run)
    letter.getparent().remove(letter)


def _set_apart(paragraphs: list[etree._Element], whites: Whites) -> None:
    body = [p for p in paragraphs if p.getparent().tag == f"{W}body" and _words(p)]
    for side, put in (("before", _put_above), ("after", _put_below)):
        white = {p: _white(p, side, whites) for p in body}
        usual = Counter(white.values()).most_common(1)
        for paragraph in body:
            if white[paragraph] >= usual[0][0] + WIDE:
                put(paragraph)


def _put_above(paragraph: etree._Element) -> None:
    paragraph.addprevious(etree.Element(f"{W}p"))


def _put_below(paragraph: etree._Element) -> None:
    paragraph.addnext(etree.Element(f"{W}p"))


def whites_of(styles: etree._Element) -> Whites:
    """What each style has above and below its paragraphs, of itself or from the one it is made after."""
    every = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
    return {
        (name, side): _inherited(name, side, every)
        for name in every
        for side in ("before", "after")
    }


def _inherited(name: str, side: str, styles: Mapping[str, etree._Element]) -> int:
    for _ in range(DEEPEST):
        style = styles.get(name)
        if style is None:
            return 0
        said = style.find(f"{W}pPr/{W}spacing")
        if said is not None and said.get(f"{W}{side}"):
            return _number(said.get(f"{W}{side}"))
        after = style.find(f"{W}basedOn")
        name = "" if after is None else str(after.get(f"{W}val"))
    return 0


def _white(paragraph: etree._Element, side: str, whites: Whites) -> int:
    said = paragraph.find(f"{W}pPr/{W}spacing")
    if said is not None and said.get(f"{W}{side}"):
        return _number(said.get(f"{W}{side}"))
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return whites.get(("" if style is None else str(style.get(f"{W}val")), side), 0)


def _words(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip()


def _is_large(paragraph: etree._Element) -> bool:
    """A line in the middle, larger than text: a title, whatever its style is called."""
    centred = paragraph.find(f"{W}pPr/{W}jc")
    if centred is None or centred.get(f"{W}val") != "center":
        return False
    sizes = [_number(size.get(f"{W}val")) for size in paragraph.iter(f"{W}sz")]
    return bool(sizes) and min(sizes) >= LARGE and 0 < len(_words(paragraph)) <= TITLE_LENGTH


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() else 0


def _make_bold(paragraph: etree._Element) -> None:
    for run in paragraph.iter(f"{W}r"):
        looks = run.find(f"{W}rPr")
        if looks is None:
            looks = etree.Element(f"{W}rPr")
            run.insert(0, looks)
        if looks.find(f"{W}b") is None:
            etree.SubElement(looks, f"{W}b")
