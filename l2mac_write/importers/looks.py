"""Emphasis that a page gives by its styles alone becomes elements, as if it had been typed so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from l2mac_write.importers.elements import classes

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"(?:span|font)?\.([\w-]+)")
LOOKS: Mapping[str, re.Pattern[str]] = {
    "em": re.compile(r"font-style\s*:\s*(?:italic|oblique)"),
    "strong": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"),
    "s": re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through"),
}
Looks = Mapping[str, frozenset[str]]
"""By a class, the elements that mean the same."""


def looks(sheets: Iterable[str]) -> Looks:
    """What style sheets say of classes, wherever their elements stand."""
    found: dict[str, frozenset[str]] = {}
    for names, body in RULE.findall(COMMENT.sub("", "\n".join(sheets)).lower()):
        for name in filter(None, (CLASS.fullmatch(one.strip()) for one in names.split(","))):
            found[name[1]] = found.get(name[1], frozenset()) | {*_said(body)}
    return found


def spell_out(root: etree._Element, known: Looks) -> None:
    """Of all that stands within a paragraph; the look of whole blocks is the page's own affair."""
    own = {**known, **looks(style.text or "" for style in root.iter("style"))}
    for span in [*root.iter("span", "font")]:
        said = {*_said(span.get("style", "").lower())}
        for tag in sorted(said.union(*(own.get(name, ()) for name in classes(span)))):
            _wrap_all_in(span, tag)


def _said(style: str) -> Iterator[str]:
    return (tag for tag, look in LOOKS.items() if look.search(style))


def _wrap_all_in(element: etree._Element, tag: str) -> None:
    inner = etree.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend([*element])
    element.append(inner)
