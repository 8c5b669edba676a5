"""Every state a file of the book has been in, and who brought it there."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Protocol

from l2mac_write.findings import Finding, Severity
from l2mac_write.instructions import Move, Outcome
from l2mac_write.store.caps import insist_on_room
from l2mac_write.store.merging import line_apart, merged
from l2mac_write.store.paths import beside, unclashing, writable
from l2mac_write.text.characters import encodable
from l2mac_write.text.counting import known_words
from l2mac_write.text.headings import body

# A plan made of two halves may be no plan at all, though each half is sound.
PROSE = (".md", ".txt")


class Origin(StrEnum):
    """Whose a version is. A revision is what a person decided, and as much theirs as an edit."""

    AGENT = "agent"
    PERSON = "person"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Version:
    """`id` grows with time. `sha` is None where the file was deleted.

    `base` is the version it was made from, None for a new file: the one whose place it took, or
    the one that was moved here. A version is projected once its text stands on disk. Its `words`
    are those below the title line.
    """

    id: int
    path: str
    sha: str | None
    origin: Origin
    at: float
    instruction: str = ""
    base: int | None = None
    projected: bool = False
    words: int = 0

    @property
    def kept(self) -> int | None:
        """Its number, or of what no journal holds that of the version it was made from."""
        return self.id or self.base


@dataclass(frozen=True, slots=True)
class Change:
    """A version to be: `text` None deletes the file.

    What a person changed stands on disk already, unless the machine moved it, from the version
    `moved` on.
    """

    path: str
    text: str | None
    origin: Origin
    instruction: str = ""
    moved: Version | None = None

    @property
    def sha(self) -> str | None:
        return None if self.text is None else sha(self.text)

    def version(self, *, at: float, number: int = 0, base: int | None = None) -> Version:
        return Version(
            id=number,
            path=self.path,
            sha=self.sha,
            origin=self.origin,
            at=at,
            instruction=self.instruction,
            base=self.moved.kept if self.moved else base,
            projected=self.origin is Origin.PERSON and not self.moved,
            words=known_words(body(self.text or "")),
        )


class Past(Protocol):
    """All that the files of a book have ever held."""

    def versions(self, path: str) -> Sequence[Version]:
        """Oldest first."""
        ...

    def text(self, version: Version) -> str:
        """Empty for a deletion."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What an instruction can have known: versions up to `start`, a person's only if `read`."""

    start: int
    read: Collection[int]

    def base(self, versions: Sequence[Version]) -> Version | None:
        """The newest version of a file that holds no word of a person's the instruction missed."""
        base, missed = None, False
        for version in versions:
            known = version.id in self.read or version.sha is None
            missed = not known and (missed or version.origin is not Origin.AGENT)
            if version.id <= self.start and not missed:
                base = version
        return base


@dataclass(frozen=True, slots=True)
class Settled:
    """What an agent's texts change, and what a person has to hear about it."""

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()

    def ended(self, outcome: Outcome) -> Outcome:
        return replace(outcome, findings=(*outcome.findings, *self.findings))


def rearranged(
    moves: Sequence[Move], current: Mapping[str, Version], past: Past
) -> Iterator[Change]:
    """All of them at once, so that two texts may change places; what was a person's stays theirs.

    A text of a person's that stands where one should go is not written over.
    """
    sources = {move.source for move in moves}
    there = {path: version for path, version in current.items() if version.sha}
    for move in moves:
        if old := there.get(move.source):
            in_the_way = move.target in there and move.target not in sources
            place = aside(move.target, past) if in_the_way else move.target
            yield Change(place, move.text, old.origin, move.instruction, moved=old)
    for move in moves:
        if move.source in there and move.source not in {move.target for move in moves}:
            yield Change(move.source, None, Origin.AGENT, move.instruction)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def accepted(files: Mapping[str, str], current: Mapping[str, Version], kept: int) -> dict[str, str]:
    """The files under names that every system can keep apart; `kept` bytes are stored already.

    Raises `PathRefused` or `TooMuch`.
    """
    texts = {writable(path): encodable(text) for path, text in files.items()}
    there = {path for path, version in current.items() if version.sha}
    insist_on_room(texts, there, kept)
    for path in texts.keys() - there:
        unclashing(path, there | texts.keys())
    return texts


def settled(instruction: str, files: Mapping[str, str], past: Past, seen: Seen) -> Settled:
    """What an instruction's files change: nothing that a person wrote meanwhile."""
    changes = (Change(path, text, Origin.AGENT, instruction) for path, text in files.items())
    ends = [_settled(change, past, seen) for change in changes]
    return Settled(
        tuple(change for end in ends for change in end.changes),
        tuple(finding for end in ends for finding in end.findings),
    )


def _settled(mine: Change, past: Past, seen: Seen) -> Settled:
    versions = past.versions(mine.path)
    newest = versions[-1] if versions else None
    if newest and newest.sha == mine.sha:
        return Settled()
    base = seen.base(versions)
    if any(v.origin is not Origin.AGENT and (not base or v.id > base.id) for v in versions):
        return reconciled(mine, words(base, past), words(newest, past), past)
    return Settled((mine,))


def reconciled(mine: Change, base: str | None, theirs: str | None, past: Past) -> Settled:
    """An agent's change where a person was faster: merged with theirs, or else beside it."""
    both = _both(mine, base, theirs)
    if both is None or theirs is None:
        place = aside(mine.path, past)
        return Settled((replace(mine, path=place),), (conflict(mine.path, place),))
    if both == theirs:
        return Settled()
    finding = merger(mine.path, line_apart(theirs, both))
    return Settled((replace(mine, text=both),), (finding,))


def _both(mine: Change, base: str | None, theirs: str | None) -> str | None:
    if mine.text is None or base is None or theirs is None or not mine.path.endswith(PROSE):
        return None
    return merged(base, mine.text, theirs)


def words(version: Version | None, past: Past) -> str | None:
    """The version's text, None for a deletion and where there is no version."""
    return past.text(version) if version and version.sha else None


def aside(path: str, past: Past) -> str:
    """A place beside the path that holds nothing of a person's."""
    places = (beside(path, number) for number in count(1))
    return next(p for p in places if all(v.origin is Origin.AGENT for v in past.versions(p)[-1:]))


def merger(path: str, line: int) -> Finding:
    return Finding(
        code="CHG-MERGED",
        severity=Severity.ADVISE,
        path=path,
        message=f"A person and an agent changed different paragraphs of `{path}` at the same time."
        f" Both changes are in it, the agent's from line {line} on.",
        hint=f"Read it from line {line} on and see whether the two fit; every version is kept.",
    )


def conflict(path: str, place: str) -> Finding:
    return Finding(
        code="CHG-CONFLICT",
        severity=Severity.ADVISE,
        path=path,
        message=f"A person changed `{path}` meanwhile and it stays; the agent's text is in `{place}`.",
        hint=f"Take what you like from `{place}`, then delete it.",
    )
