"""What is wrong with a text, where, and how it could be mended."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from l2mac_write.text.characters import encodable

COUNTED = re.compile(r"\d[\d.,]*")
PLACED = re.compile(r"(?<=/)\d+-")


class Severity(StrEnum):
    BLOCK = "block"
    REVISE = "revise"
    ADVISE = "advise"

    @property
    def rank(self) -> int:
        """The worst is 0."""
        return [*Severity].index(self)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces `text[start:end]` by `new`; offsets count characters of the judged text."""

    start: int
    end: int
    new: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words, elsewhere in the book or further on in the same file, that a quote conflicts with."""

    path: str
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint: a stable `code`, a place, the words themselves, and what to do.

    `mend` is there when code alone can put it right; `by` is the evaluator that found it.
    """

    code: str
    severity: Severity
    path: str
    message: str
    quote: str = ""
    hint: str = ""
    mend: Edit | None = None
    conflict: Evidence | None = None
    by: str = ""

    @property
    def key(self) -> str:
        """The same complaint about the same words has the same key in every run.

        Nor does it change with what was counted, or with the number of a chapter that is moved.
        """
        words = " ".join((self.quote or COUNTED.sub("#", self.message)).casefold().split())
        about = encodable(f"{self.code}|{PLACED.sub('', self.path)}|{words}")
        return hashlib.sha256(about.encode()).hexdigest()[:12]

    def signed(self, evaluator: str) -> Finding:
        return replace(self, by=evaluator)


@dataclass(frozen=True, slots=True)
class Text:
    """A file of the book as an evaluator sees it; `title` is what stands above it, if known."""

    path: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One text under judgement: what was asked for, and all that was accepted before it.

    `cast` are the people of the plan, `known` its places and terms; `brief` is what the person
    asked of the whole book. `asked` is the length that its writer was told, where that makes up
    for other texts; it is held against `words` all the same.
    """

    path: str
    text: str
    words: int
    title: str = ""
    language: str = "en"
    earlier: tuple[Text, ...] = ()
    cast: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    brief: str = ""
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """All texts of a book under judgement together, in the order of the book.

    `cast` are the people of the plan, `known` its places and terms, both empty without a plan.
    """

    texts: tuple[Text, ...]
    language: str = "en"
    cast: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.severity is Severity.BLOCK)


def unproven(finding: Finding) -> Finding:
    """What nobody has measured may be worth a repair, and no more."""
    return replace(finding, severity=max(finding.severity, Severity.REVISE, key=_rank))


def _rank(severity: Severity) -> int:
    return severity.rank


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))


def edits(findings: Iterable[Finding]) -> Iterator[Edit]:
    """The mechanical edits in the order of the text; of two that overlap, the later is left out."""
    end = 0
    for edit in sorted((f.mend for f in findings if f.mend), key=lambda e: (e.start, -e.end)):
        if edit.start >= end:
            yield edit
            end = edit.end


def mended(text: str, findings: Iterable[Finding]) -> str:
    return edited(text, edits(findings))


def edited(text: str, changes: Iterable[Edit]) -> str:
    """The text with these edits made, which are in its order and do not overlap."""
    parts, position = [], 0
    for edit in changes:
        parts += [text[position : edit.start], edit.new]
        position = edit.end
    return "".join((*parts, text[position:]))
