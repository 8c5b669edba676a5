"""What writing programs leave in a page besides its text: comments in the margin, detours of links, licences."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.elements import classes

DETOURS = frozenset({"www.google.com/url", "google.com/url"})
LICENCE = frozenset({"pg-boilerplate"})
COMMENT = "cmnt"
"""What the name of a comment begins with that Google Docs puts below the text."""


def removed(root: etree._Element) -> int:
    """Takes away comments, and what Project Gutenberg puts around a book; says how many comments."""
    comments = {id(holder): holder for holder in _comments(root)}
    said = [*root.iter(etree.Element)]
    framed = [element for element in said if classes(element) & LICENCE]
    anchors = [a for a in root.iter("a") if a.get("href", "").startswith(f"#{COMMENT}")]
    for element in [*comments.values(), *framed, *map(_raised, anchors)]:
        element.clear(keep_tail=True)
    return len(comments)


def straightened(root: etree._Element) -> None:
    """Links that lead over a counter of clicks lead where they are meant to."""
    for link in root.iter("a"):
        to = urlsplit(link.get("href", ""))
        if f"{to.netloc}{to.path}" in DETOURS:
            link.set("href", next(iter(parse_qs(to.query).get("q", ())), link.get("href")))


def title_of(root: etree._Element) -> str:
    """What stands in the one paragraph that is marked as the title; it is taken away there."""
    titles = [p for p in root.iter("p") if "title" in classes(p)]
    if len(titles) != 1:
        return ""
    words = " ".join("".join(titles[0].itertext()).split())
    titles[0].clear(keep_tail=True)
    return words


def _comments(root: etree._Element) -> Iterator[etree._Element]:
    for anchor in root.iter("a"):
        name, to = anchor.get("id", ""), anchor.get("href", "")
        if name.startswith(COMMENT) and to.startswith(f"#{COMMENT}_ref"):
            yield next(anchor.iterancestors("div"), anchor.getparent())


def _raised(anchor: etree._Element) -> etree._Element:
    above = anchor.getparent()
    return above if above is not None and above.tag == "sup" else anchor
