"""How each text of a book came to be what it is, change by change, wherever it was kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from l2mac_write.called import chapter_called
from l2mac_write.errors import UsageError
from l2mac_write.orders import is_proposed
from l2mac_write.plan import Plan
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import PROSE, Version
from l2mac_write.text.headings import body
from l2mac_write.text.meant import meant

STEPS = re.compile(r"(?i)(?:head)?~(\d{1,9})|head")
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One text: the file where it stands now, and its versions, oldest first.

    Of these, `changes` are those with other words than the one before: a chapter that the plan
    moved to another file has not changed.
    """

    path: str
    versions: tuple[Version, ...]
    changes: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    def before(self, version: Version) -> Version | None:
        """The change before that one, None before the first."""
        earlier = {v.id for v in self.versions[: self.versions.index(version)]}
        return next((v for v in reversed(self.changes) if v.id in earlier), None)

    def version(self, name: str) -> Version:
        """The one with that number, or so many changes ago (`HEAD~2`), or as it was at a time."""
        if name.isdecimal():
            return self._numbered(int(name))
        if steps := STEPS.fullmatch(name):
            return self._ago(int(steps[1] or 0))
        try:
            at = datetime.fromisoformat(name).timestamp()
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"`{name}` names no version. Give its number, as `l2mac-write history` tells it, or"
                " how many changes ago it was, such as HEAD~2, or a time, such as 2026-01-31T09:30."
            ) from None
        earlier = [version for version in self.versions if version.at <= at]
        if not earlier:
            raise UsageError(f"`{self.path}` was not there yet at {name}.")
        return earlier[-1]

    def _numbered(self, number: int) -> Version:
        for version in self.versions:
            if version.id == number:
                return version
        known = [str(version.id) for version in self.changes if version.id]
        more = "…, " if len(known) > MOST_NAMED else ""
        raise UsageError(
            f"`{self.path}` has no version {number}. It has: {more}"
            f"{', '.join(known[-MOST_NAMED:]) or 'none that is kept yet'}."
        )

    def _ago(self, steps: int) -> Version:
        if steps >= len(self.changes):
            raise UsageError(
                f"`{self.path}` has changed {len(self.changes) - 1} times; HEAD~{steps} is before"
                " its first version."
            )
        return self.changes[-1 - steps]


class Lines:
    """All texts of a book, as its versions tell them."""

    def __init__(self, folder: BookFolder) -> None:
        self.versions: Sequence[Version] = folder.every_version()
        self.paths = {version.path for version in self.versions}
        self._text = folder.text
        self._known = {version.id: version for version in self.versions}
        self._newest = {version.path: version for version in self.versions}
        self._moved = {v.base: v for v in self.versions if self._has_moved(v)}

    def __iter__(self) -> Iterator[Line]:
        """Each text once; what is gone is one, too."""
        return (self.line(path) for path, v in self._newest.items() if not self._is_left(v))

    def line(self, path: str) -> Line:
        """That of the text which is, or once was, in the file; of the last one that was."""
        newest = self._newest[path]
        while self._is_left(newest):
            newest = self._newest[self._moved[newest.base].path]
        chain = [newest]
        while (before := self._before(chain[-1])) and not self._is_left(before):
            chain.append(before)
        versions = tuple(chain[::-1])
        return Line(newest.path, versions, tuple(v for v in versions if self.is_change(v)))

    def called(self, name: str, plan: Callable[[], Plan | None]) -> Line:
        """The text in the file of that name, or of the chapter that a person calls so."""
        if name in self.paths:
            return self.line(name)
        if "/" in name or name.endswith((*PROSE, ".toml")):
            raise UsageError(f"the book never had a file `{name}`.{meant(name, self.paths)}")
        chapter = chapter_called(plan(), name)
        if chapter.path not in self.paths:
            raise UsageError(f"{chapter.named} has no text yet.")
        return self.line(chapter.path)

    def having(self, version: str) -> Line:
        """The text that has the version of that number."""
        if not version.isdecimal():
            raise UsageError(f"say of which text `{version}` is: name its chapter or file first.")
        for line in self:
            if any(v.id == int(version) for v in line.versions):
                return line
        raise UsageError(
            f"the book has no version {version}. `l2mac-write history` tells them all."
        )

    @property
    def changed_last(self) -> Line:
        for version in reversed(self.versions):
            if self.is_change(version) and not is_proposed(version.path):
                return self.line(version.path)
        raise UsageError("the book has no text yet.")

    def is_change(self, version: Version) -> bool:
        """Whether it has other words than the version it was made from."""
        before = self._before(version)
        if self._is_left(version):
            return False
        if not before or before.path == version.path or not version.sha:
            return True
        return body(self._text(before)) != body(self._text(version))

    def moved_from(self, version: Version) -> str:
        """The file from which the plan has taken it, unchanged; empty for what was written."""
        before = self._before(version)
        return before.path if before and version.sha and not self.is_change(version) else ""

    def _before(self, version: Version) -> Version | None:
        return self._known.get(version.base) if version.base else None

    def _has_moved(self, version: Version) -> bool:
        before = self._before(version)
        return bool(before and version.sha and before.path != version.path)

    def _is_left(self, version: Version) -> bool:
        """Whether its file is empty because the text is in another one since."""
        return version.sha is None and version.base in self._moved
