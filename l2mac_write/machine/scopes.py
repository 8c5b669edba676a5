"""Which part of a chapter's file may change: a paragraph, a scene, or all below its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from l2mac_write.errors import UsageError
from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.orders import Order, Scope
from l2mac_write.text.characters import in_one_line

TITLE = re.compile(r"\A(?:# [^\n]*(?:\n|\Z))?\s*")
GAP = re.compile(r"\r?\n(?:[ \t]*\r?\n)+")
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where in a text, without the white space around it."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def body_of(text: str) -> Span:
    """All but the title line."""
    start = TITLE.match(text)
    return Span(start.end() if start else 0, max(start.end() if start else 0, len(text.rstrip())))


def paragraphs(text: str, within: Span) -> Iterator[Span]:
    """Those of that part of the text, in order; a break between scenes is one of its own."""
    at = within.start
    for gap in GAP.finditer(text, within.start, within.end):
        yield Span(at, gap.start())
        at = gap.end()
    if at < within.end:
        yield Span(at, within.end)


def allowed(text: str, order: Order) -> Span | None:
    """What may change, None where the order leaves it to whoever carries it out to find the place.

    Raises `UsageError` where the text does not have the words that say where.
    """
    body = body_of(text)
    if order.scope is Scope.CHAPTER:
        return body
    if not order.quote:
        return None
    found = Anchors(body.of(text)).find(order.quote)
    exact = body.of(text).find(order.quote)
    at = found.start if found else exact
    if at < 0:
        raise UsageError(f"the chapter does not say “{in_one_line(order.quote)[:SHOWN]}” anywhere.")
    return around(text, body.start + at, order.scope)


def around(text: str, at: int, scope: Scope) -> Span:
    """The paragraph or the scene that a place is in."""
    body = body_of(text)
    parts = [*paragraphs(text, body)]
    if scope is Scope.CHAPTER or not parts:
        return body
    here = next((n for n, part in enumerate(parts) if at < part.end), len(parts) - 1)
    if scope is Scope.PARAGRAPH:
        return parts[here]
    first = last = here
    while first > 0 and not _is_break(parts[first - 1].of(text)):
        first -= 1
    while last + 1 < len(parts) and not _is_break(parts[last + 1].of(text)):
        last += 1
    return Span(parts[first].start, parts[last].end)


def _is_break(paragraph: str) -> bool:
    """A line without a letter or a digit, or a heading."""
    return paragraph.startswith("#") or not any(map(str.isalnum, paragraph))
