"""Markup that people and models have typed, made what the standards allow, no word lost.

The steps go over the whole tree, one rule each. An element that may not be where it is loses its
tag or gets another; what it holds stays in its place.
"""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.exporters.shapes import BLOCKS, CALLED_OTHERWISE, ONLY, PHRASES, PLACES

Element: TypeAlias = "etree._Element"  # noqa: SLF001 (lxml calls it so)
WORDS = "words"
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "pre"})
LOOKS = {"center": "center", "u": "underline"}


def mended(tree: Element) -> None:
    _lists_hold_items(tree)
    _nothing_is_out_of_place(tree)
    _nothing_is_in_its_own_kind(tree)
    _words_hold_no_blocks(tree)
    _definitions_are_pairs(tree)
    _tables_are_in_order(tree)
    _ruby_has_readings(tree)
    _all_is_called_as_it_is_today(tree)


def unwrapped(element: Element) -> None:
    """The element goes, what it holds stays."""
    element.tag = "gone"
    etree.strip_tags(element.getparent(), "gone")


def _lists_hold_items(tree: Element) -> None:
    for element in [*tree.iter(*ONLY)]:
        _text_becomes_elements(element)
        _wrap_strays(element, *ONLY[element.tag])
        etree.strip_tags(element, WORDS)


def _text_becomes_elements(parent: Element) -> None:
    """So that what stands between the items of a list can be put into one."""
    for child in [*parent]:
        if child.tail and child.tail.strip():
            child.addnext(_words(child.tail))
        child.tail = "\n"
    if parent.text and parent.text.strip():
        parent.insert(0, _words(parent.text))
    parent.text = "\n"


def _words(text: str) -> Element:
    words = etree.Element(WORDS)
    words.text = text
    return words


def _wrap_strays(parent: Element, fitting: frozenset[str], wrapper: str) -> None:
    """Neighbours that do not belong go into one item together."""
    box: Element | None = None
    for child in [*parent]:
        if child.tag in fitting:
            box = None
            continue
        if box is None:
            box = etree.Element(wrapper)
            child.addprevious(box)
        box.append(child)
    for item in [item for item in parent if _is_blank(item)]:
        parent.remove(item)


def _is_blank(element: Element) -> bool:
    """Nothing but line breaks."""
    held = any(child.tag != "br" for child in element)
    return not held and not "".join(element.itertext()).strip() and not element.attrib


def _nothing_is_out_of_place(tree: Element) -> None:
    for element in tree.iter(*PLACES):
        allowed = PLACES[element.tag]
        if element.getparent().tag not in allowed:
            element.tag = "span" if element.tag in {"rt", "rp"} else "div"


def _words_hold_no_blocks(tree: Element) -> None:
    """Inside a heading a block is a phrase; inside a phrase it frees itself of the phrase."""
    for element in [*tree.iter(*PHRASES)]:
        if any(inner.tag in BLOCKS for inner in element.iterdescendants()):
            _freed(element)
    for link in tree.iter("a", "ins", "del"):
        if link.getparent().tag in PHRASES:
            _blocks_become_phrases(link)


def _freed(element: Element) -> None:
    if element.tag in HEADINGS:
        _blocks_become_phrases(element)
    elif element.tag == "p":
        element.tag = "div"
    else:
        unwrapped(element)


def _blocks_become_phrases(element: Element) -> None:
    for inner in [e for e in element.iterdescendants() if e.tag in BLOCKS]:
        inner.tag = "br" if inner.tag == "hr" else "span"


def _definitions_are_pairs(tree: Element) -> None:
    """Terms and then meanings, or no list of definitions at all."""
    for element in [*tree.iter("dl")]:
        kinds = "".join("t" if child.tag == "dt" else "d" for child in element)
        if not kinds or kinds[0] == "d" or kinds[-1] == "t":
            element.tag = "div"
            for child in element:
                child.tag = "div"


def _nothing_is_in_its_own_kind(tree: Element) -> None:
    """A link in a link leads nowhere, though other links may still lead to it."""
    for inner in [e for e in tree.iter("a", "dfn") if any(True for _ in e.iterancestors(e.tag))]:
        name = inner.get("id") or inner.get("name")
        inner.tag = "span"
        inner.attrib.clear()
        if name:
            inner.set("id", name)


def _tables_are_in_order(tree: Element) -> None:
    """One caption, one head, bodies, one foot; a second one is put before the table, or is a body."""
    for table in [*tree.iter("table")]:
        for caption in table.findall("caption")[1:]:
            caption.tag = "div"
            table.addprevious(caption)
        for again in (*table.findall("thead")[1:], *table.findall("tfoot")[1:]):
            again.tag = "tbody"
        for first in (*table.findall("thead"), *table.findall("caption")):
            table.insert(0, first)
        for last in table.findall("tfoot"):
            table.append(last)


def _ruby_has_readings(tree: Element) -> None:
    for element in [*tree.iter("ruby")]:
        if element.find("rt") is None or element.find(".//ruby") is not None:
            for inner in element.iter("rt", "rp"):
                inner.tag = "span"
            element.tag = "span"


def _all_is_called_as_it_is_today(tree: Element) -> None:
    for element in tree.iter(*CALLED_OTHERWISE):
        if element.tag in LOOKS:
            element.set("class", LOOKS[element.tag])
        element.tag = CALLED_OTHERWISE[element.tag]
