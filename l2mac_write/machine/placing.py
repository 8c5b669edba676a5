"""Span edits: each quote is found in the text and replaced, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from l2mac_write.errors import UsageError
from l2mac_write.findings import Edit, edited
from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.machine.scopes import Span, around, body_of
from l2mac_write.orders import Scope
from l2mac_write.text.characters import encodable, in_one_line, printable

SHOWN = 120
OPENING, CLOSING = re.compile(r"\A[^\w\s]+"), re.compile(r"[^\w\s]+\Z")
SIGNS = re.compile(r"[^\w\s]*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """These words of the text are to be replaced by those."""

    quote: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Refusal:
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The text with the edits that have a place, and those that have none."""

    text: str
    edits: tuple[Edit, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class _Page:
    """A text on which edits find their places one after the other."""

    text: str
    span: Span | None
    scope: Scope
    edits: list[Edit] = field(default_factory=list)

    def place(self, wanted: Wanted) -> None:
        """Raises `UsageError`, for whoever wants it, where that is no place for it."""
        start, end = found(self.text, wanted.quote)
        self.span = self.span or around(self.text, start, self.scope)
        if not self.span.holds(start, end):
            raise UsageError(f"It is outside the {self.scope} that may change.")
        if any(start < e.end and e.start < end for e in self.edits):
            raise UsageError("It overlaps with another edit: give both as one.")
        new = fitting(wanted.replacement, self.text)
        start, end = (start, end) if new else _with_blanks(self.text, start, end)
        if new != self.text[start:end]:
            self.edits.append(Edit(start, end, new))


def placed(text: str, wanted: Sequence[Wanted], span: Span | None, scope: Scope) -> Placed:
    """Where there is no `span`, the first edit says which paragraph or scene may change.

    All else stays as it is, byte for byte.
    """
    page = _Page(text, span, scope)
    refused: list[Refusal] = []
    for one in wanted:
        try:
            page.place(one)
        except UsageError as error:
            refused.append(Refusal(one.quote, str(error)))
    edits = tuple(sorted(page.edits, key=lambda edit: edit.start))
    return Placed(edited(text, edits), edits, tuple(refused))


def found(text: str, quote: str) -> tuple[int, int]:
    """Where the one place is that has these words, however lightly they were changed."""
    quote, body = quote.strip(), body_of(text)
    if not quote:
        raise UsageError("It has no quote: copy the words that are to be replaced.")
    exact = [*_exact(text, quote, body)]
    if len(exact) > 1:
        raise UsageError(
            f"“{_short(quote)}” stands there {len(exact)} times: quote more around it."
        )
    if exact:
        return exact[0], exact[0] + len(quote)
    if not (near := Anchors(body.of(text)).find(quote)):
        raise UsageError(f"“{_short(quote)}” is not in the text: copy the words exactly.")
    return _with_signs(text, body.start + near.start, body.start + near.end, quote)


def _exact(text: str, quote: str, body: Span) -> Iterator[int]:
    """Whole words only."""
    at = text.find(quote, body.start, body.end)
    while at >= 0:
        edges = (at, at + len(quote))
        if not any(text[edge - 1 : edge + 1].isalnum() for edge in edges if edge):
            yield at
        at = text.find(quote, at + 1, body.end)


def _with_signs(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """With the full stop or quotation mark at its edge, if the quote has one there."""
    if CLOSING.search(quote) and (signs := SIGNS.match(text, end)):
        end = signs.end()
    if OPENING.search(quote):
        while start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
            start -= 1
    return start, end


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Where words are taken out, the blanks on one side go too: never a break without its paragraph."""
    before = start - len(text[:start].rstrip())
    after = len(text[end:]) - len(text[end:].lstrip())
    is_last = end + after == len(text) or (
        "\n" in text[end : end + after] and not _ends(text, start)
    )
    if is_last:
        return max(start - before, body_of(text).start), end
    return (start, end + after) if before else (start, end)


def _ends(text: str, at: int) -> bool:
    """Whether a line ends before that place, blanks aside."""
    return "\n" in text[len(text[:at].rstrip()) : at]


def fitting(new: str, text: str) -> str:
    """With the line ends of the text, and without what no text may hold."""
    plain = printable(encodable(new)).replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain.replace("\n", "\r\n") if "\r\n" in text else plain


def _short(quote: str) -> str:
    return in_one_line(quote)[:SHOWN]
