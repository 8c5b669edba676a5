"""Typography over parsed paragraphs: a paragraph is read as a whole, and only its text changes.

A quotation may open in one token and close in another, so marks are judged in the joined text;
code is a blank box in it, whose inside is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from l2mac_write.exporters.marks import is_wide
from l2mac_write.exporters.typography import Change, changes
from l2mac_write.text.languages import is_unspaced

BOX = "\ufffc"
SEEN_AS = {
    "softbreak": "\n",
    "hardbreak": "\n",
    "code_inline": BOX,
    "math_inline": BOX,
    "math_inline_double": BOX,
    "image": BOX,
}


def set_type(tokens: Iterable[Token], language: str) -> None:
    for token in tokens:
        if token.children:
            _set_paragraph(token.children, language)


def _set_paragraph(children: Sequence[Token], language: str) -> None:
    if is_unspaced(language):
        _join_lines(children)
    seen = [_seen(children, index) for index in range(len(children))]
    todo = list(changes("".join(seen), language))
    start = 0
    for child, text in zip(children, seen, strict=True):
        end = start + len(text)
        mine = [c for c in todo if start <= c.start < end and c.end <= end]
        if mine and child.type == "text":
            child.content = _changed(text, mine, start)
        start = end


def _join_lines(children: Sequence[Token]) -> None:
    """Where a line was broken between two characters without spaces, there was no space."""
    seen = [_seen(children, index) for index in range(len(children))]
    for index, child in enumerate(children):
        before, after = "".join(seen[:index])[-1:], "".join(seen[index + 1 :])[:1]
        if child.type == "softbreak" and is_wide(before) and is_wide(after):
            child.type = "text"


def _seen(children: Sequence[Token], index: int) -> str:
    child = children[index]
    if child.type != "text":
        return SEEN_AS.get(child.type, "")
    is_address = index > 0 and children[index - 1].markup == "autolink"
    return BOX * len(child.content) if is_address else child.content


def _changed(text: str, todo: Iterable[Change], start: int) -> str:
    parts, position = [], 0
    for change in todo:
        parts += [text[position : change.start - start], change.new]
        position = change.end - start
    return "".join((*parts, text[position:]))
