"""A manuscript that was checked: every finding with the place where a person will see it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from l2mac_write.checking.by_code import place
from l2mac_write.findings import Edit, Evidence, Finding, Severity, Work
from l2mac_write.importers.manuscripts import plain
from l2mac_write.store.complaints import Complaint, State

AROUND = 60
"""Characters shown before a quote, and after it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text of the manuscript, which stands in that file from character `start` on.

    A chapter is judged together with the others; `evaluators` are those that it is given.
    """

    work: Work
    file: str
    start: int = 0
    evaluators: frozenset[str] | None = None
    is_chapter: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """From `line` and `column` on, which count from 1, up to where the other two say."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding and what is known of it; `before` and `after` are the words around its quote."""

    finding: Finding
    place: Place
    state: State = State.OPEN
    reason: str = ""
    before: str = ""
    after: str = ""
    other: Place | None = None
    fix: Edit | None = None
    edited: Place | None = None
    """What puts it right, in characters of the file, and what it replaces there."""

    @property
    def blocks(self) -> bool:
        return self.state is State.OPEN and self.finding.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit that was made: what stood there, and what does now."""

    finding: Finding
    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Proof:
    """`chapters` are the titles of the texts by their paths; without a note, all was recorded."""

    words: int
    chapters: Mapping[str, str]
    remarks: tuple[Remark, ...]
    repairs: tuple[Repair, ...] = ()
    note: str = ""

    @property
    def blocking(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.blocks)


class Pages:
    """The files of a manuscript as they are read, and where in them the evaluators' texts stand."""

    def __init__(self, files: Mapping[str, str], sheets: Iterable[Sheet]) -> None:
        self.files = {file: plain(text) for file, text in files.items()}
        self._sheets = {sheet.work.path: sheet for sheet in sheets}
        self._lines = {
            file: [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]
            for file, text in self.files.items()
        }

    def remark(self, complaint: Complaint) -> Remark:
        finding = complaint.finding
        sheet = self._sheets.get(finding.path)
        if sheet is None:
            return Remark(finding, Place(finding.path), complaint.state, complaint.reason)
        text, fix = self.files[sheet.file], _moved(finding.mend, sheet.start)
        start = sheet.start + place(finding, sheet.work.text)
        end = start + len(finding.quote) if text.startswith(finding.quote, start) else start
        return Remark(
            finding,
            self.place(sheet.file, start, end),
            complaint.state,
            complaint.reason,
            _before(text, start) if finding.quote else "",
            _after(text, end) if finding.quote else "",
            self._other(finding.conflict),
            fix,
            self.place(sheet.file, fix.start, fix.end) if fix else None,
        )

    def repair(self, finding: Finding, edit: Edit) -> Repair:
        """Of an edit in characters of the file at the finding's path."""
        place = self.place(finding.path, edit.start, edit.end)
        old = self.files[finding.path][edit.start : edit.end]
        return Repair(finding, place, old, edit.new)

    def place(self, file: str, start: int, end: int) -> Place:
        return Place(file, *self._at(file, start), *self._at(file, end))

    def _at(self, file: str, character: int) -> tuple[int, int]:
        lines = self._lines[file]
        line = bisect_right(lines, character)
        return line, character - lines[line - 1] + 1

    def _other(self, evidence: Evidence | None) -> Place | None:
        sheet = self._sheets.get(evidence.path) if evidence else None
        if not evidence or not sheet:
            return Place(evidence.path) if evidence else None
        start = sheet.start + max(0, sheet.work.text.find(evidence.quote))
        return self.place(sheet.file, start, start + len(evidence.quote))


def original(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The same edits in a file's own characters, whatever its lines end by."""
    mark = text.startswith("\ufeff")
    ends = [n - mark - k for k, n in enumerate(_pairs(text))]
    for edit in edits:
        start, end = (at + mark + bisect_left(ends, at) for at in (edit.start, edit.end))
        yield Edit(start, end, edit.new.replace("\n", "\r\n") if ends else edit.new)


def _pairs(text: str) -> Iterator[int]:
    at = text.find("\r\n")
    while at >= 0:
        yield at
        at = text.find("\r\n", at + 2)


def _moved(edit: Edit | None, by: int) -> Edit | None:
    return Edit(edit.start + by, edit.end + by, edit.new) if edit else None


def _before(text: str, start: int) -> str:
    """The words before it in its paragraph, from the beginning of one on."""
    whole = text[max(0, text.rfind("\n", 0, start) + 1) : start]
    return whole if len(whole) <= AROUND else "…" + whole[-AROUND:].partition(" ")[2]


def _after(text: str, end: int) -> str:
    stop = text.find("\n", end)
    whole = text[end : stop if stop >= 0 else len(text)]
    return whole if len(whole) <= AROUND else whole[:AROUND].rpartition(" ")[0] + "…"
