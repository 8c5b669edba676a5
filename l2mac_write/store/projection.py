"""Keeps the files on disk and the journal in step, whoever changed which."""

from __future__ import annotations

from collections.abc import Iterable

from l2mac_write.locks import LOCKS
from l2mac_write.plan import PLAN
from l2mac_write.store.complaints import Complaint
from l2mac_write.store.files import Files
from l2mac_write.store.journal import Journal
from l2mac_write.store.paths import allowed
from l2mac_write.store.versions import Change, Origin, Version, reconciled, words

OPEN_TO_A_PERSON = ("chapters", "notes", "front", "back", "parts", "removed", "revisions")


class Projection:
    """The journal's texts go to disk, a person's edits go to the journal; neither is lost."""

    def __init__(self, files: Files, journal: Journal) -> None:
        self._files = files
        self._journal = journal
        self._history = journal.history

    def adopt(self, paths: Iterable[str]) -> None:
        """What a person changed in these files becomes their newest version."""
        current = self._history.current()
        ours = ((path, current.get(path)) for path in paths if path in current or _is_open(path))
        edits = tuple(
            edit
            for path, newest in ours
            if not (newest and newest.projected and self._files.stands(path, newest.sha))
            if (edit := self._edit(path, newest))
        )
        if edits:
            self._journal.record(edits)

    def adopt_all(self) -> None:
        known = self._history.current()
        there = sorted(self._files.listing(OPEN_TO_A_PERSON))
        new = (path for path in there if path not in known and allowed(path))
        self.adopt(dict.fromkeys((PLAN, LOCKS, *known, *new)))

    def project(self) -> None:
        """Writes every text that is not on disk yet, unless a person has been there first."""
        while waiting := self._waiting():
            for version in waiting:
                if edit := self._edit(version.path, version):
                    self._give_way(version, edit)
                else:
                    self._put(version)

    def _waiting(self) -> tuple[Version, ...]:
        return tuple(v for v in self._history.current().values() if not v.projected)

    def _edit(self, path: str, newest: Version | None) -> Change | None:
        found = self._files.digest(path)
        if found == self._expected(newest) or (newest and newest.sha == found):
            return None
        return Change(path, self._files.read(path), Origin.PERSON)

    def _expected(self, newest: Version | None) -> str | None:
        """What should be on disk: the last text put there, whatever has been written since."""
        if newest and not newest.projected:
            newest = self._history.on_disk(newest.path)
        return newest.sha if newest else None

    def _give_way(self, version: Version, edit: Change) -> None:
        if version.sha is None:
            self._journal.record([edit])
            return
        mine = Change(
            version.path, self._history.text(version), version.origin, version.instruction
        )
        base = words(self._history.on_disk(version.path), self._history)
        end = reconciled(mine, base, edit.text, self._history)
        complaints = [Complaint(version.instruction, finding) for finding in end.findings]
        self._journal.record([edit, *end.changes], complaints)

    def _put(self, version: Version) -> None:
        if version.sha is None:
            self._files.remove(version.path)
        elif self._files.digest(version.path) != version.sha:
            self._files.write(version.path, self._history.text(version))
        self._history.projected(version)


def _is_open(path: str) -> bool:
    return path in {PLAN, LOCKS} or path.partition("/")[0] in OPEN_TO_A_PERSON
