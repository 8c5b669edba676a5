"""Every state a file of the book has been in, and who brought it there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from l2mac_write.findings import Finding, Severity
from l2mac_write.instructions import Outcome
from l2mac_write.store.paths import beside, unclashing, writable


class Origin(StrEnum):
    AGENT = "agent"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Version:
    """`id` grows with time. `sha` is None where the file was deleted.

    `base` is the version that was current when the instruction started, None for a new file.
    A version is projected once its text stands on disk.
    """

    id: int
    path: str
    sha: str | None
    origin: Origin
    at: float
    instruction: str = ""
    base: int | None = None
    projected: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A version to be: `text` None deletes the file."""

    path: str
    text: str | None
    origin: Origin
    instruction: str = ""
    base: int | None = None

    def version(self, *, at: float, number: int = 0) -> Version:
        """What a person changed stands on disk already."""
        return Version(
            id=number,
            path=self.path,
            sha=None if self.text is None else sha(self.text),
            origin=self.origin,
            at=at,
            instruction=self.instruction,
            base=self.base,
            projected=self.origin is Origin.PERSON,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What an instruction can have known: versions up to `start`, and those that were read."""

    start: int
    read: Mapping[str, int]

    def misses(self, version: Version) -> bool:
        """Whether a person wrote this version and the instruction cannot have known it."""
        if version.origin is not Origin.PERSON:
            return False
        unread = version.sha is not None and self.read.get(version.path) != version.id
        return unread or version.id > self.start


@dataclass(frozen=True, slots=True)
class Settled:
    """An outcome, with what had to be said about its files, and what it changes."""

    outcome: Outcome
    changes: tuple[Change, ...]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def encodable(text: str) -> str:
    """The text without lone surrogates, which a model's JSON can hold but no file can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def accepted(files: Mapping[str, str], current: Mapping[str, Version]) -> dict[str, str]:
    """The files under names that every system can keep apart. Raises `PathRefused`."""
    texts = {writable(path): encodable(text) for path, text in files.items()}
    there = {path for path, version in current.items() if version.sha}
    for path in texts.keys() - there:
        unclashing(path, there | texts.keys())
    return texts


def settled(
    outcome: Outcome, files: Mapping[str, str], current: Mapping[str, Version], seen: Seen
) -> Settled:
    """What an instruction's files change: nothing that a person wrote meanwhile."""
    changes: list[Change] = []
    conflicts: list[Finding] = []
    for path, text in files.items():
        newest = current.get(path)
        if newest and newest.sha == sha(text):
            continue
        place = path
        if newest and seen.misses(newest):
            place = aside(path, current)
            conflicts.append(conflict(path, place))
        base = newest.id if newest else None
        changes.append(Change(place, text, Origin.AGENT, outcome.instruction, base))
    findings = (*outcome.findings, *conflicts)
    return Settled(replace(outcome, findings=findings), tuple(changes))


def aside(path: str, current: Mapping[str, Version]) -> str:
    """A place beside the path that holds nothing of a person's."""
    places = (beside(path, number) for number in count(1))
    return next(
        place
        for place in places
        if place not in current or current[place].origin is not Origin.PERSON
    )


def conflict(path: str, place: str) -> Finding:
    return Finding(
        code="CHG-CONFLICT",
        severity=Severity.ADVISE,
        path=path,
        message=f"A person changed `{path}` meanwhile and it stays; the agent's text is in `{place}`.",
        hint=f"Take what you like from `{place}`, then delete it.",
    )
