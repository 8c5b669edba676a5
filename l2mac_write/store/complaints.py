"""What becomes of a finding: open, fixed when it is not found again, or waived for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from l2mac_write.findings import Finding

CHECK = "the check"
"""Whose findings those are in a file that no instruction wrote."""


class State(StrEnum):
    OPEN = "open"
    FIXED = "fixed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A finding in the journal; `reason` says why it was waived."""

    instruction: str
    finding: Finding
    state: State = State.OPEN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """All that these evaluators find in these texts; who wrote a file is told what is in it."""

    texts: Mapping[str, str]
    findings: tuple[Finding, ...]
    judges: frozenset[str]
    writers: Mapping[str, str] = field(default_factory=dict)


def raised(instruction: str, finding: Finding, waivers: Mapping[str, str]) -> Complaint:
    """The finding as it is now, by the reasons for which keys are let stand."""
    if finding.key in waivers:
        return Complaint(instruction, finding, State.WAIVED, waivers[finding.key])
    return Complaint(instruction, finding)


def renewed(
    before: Iterable[Complaint],
    instruction: str,
    findings: Iterable[Finding],
    waivers: Mapping[str, str],
) -> tuple[Complaint, ...]:
    """The instruction's complaints once it ended with these findings. A waiver sticks to its key."""
    now = tuple(findings)
    keys = {finding.key for finding in now}
    gone = (complaint for complaint in before if complaint.finding.key not in keys)
    return (*map(_laid_to_rest, gone), *(raised(instruction, f, waivers) for f in now))


def rechecked(before: Sequence[Complaint], check: Check) -> tuple[Complaint, ...]:
    """The complaints after a check: what it finds again is open again, what it does not is fixed.

    What others than its evaluators have found is fixed only when the words themselves are gone.
    """
    now = {finding.key: finding for finding in check.findings}
    waivers = {c.finding.key: c.reason for c in before if c.state is State.WAIVED}
    known = {complaint.finding.key for complaint in before}
    fresh = (f for key, f in now.items() if key not in known)
    return (
        *(_looked_at_again(complaint, now, check) for complaint in before),
        *(raised(check.writers.get(f.path, CHECK), f, waivers) for f in fresh),
    )


def _looked_at_again(complaint: Complaint, now: Mapping[str, Finding], check: Check) -> Complaint:
    old = complaint.finding
    if finding := now.get(old.key):
        state = State.OPEN if complaint.state is State.FIXED else complaint.state
        return replace(complaint, finding=finding, state=state)
    if old.path in check.texts and (old.by in check.judges or _is_gone(old, check)):
        return _laid_to_rest(complaint)
    return complaint


def _is_gone(finding: Finding, check: Check) -> bool:
    return finding.quote not in check.texts[finding.path]


def waived(complaint: Complaint, key: str, reason: str) -> Complaint:
    if complaint.finding.key != key or complaint.state is State.FIXED:
        return complaint
    return replace(complaint, state=State.WAIVED, reason=reason)


def moved(complaint: Complaint, places: Mapping[str, str]) -> Complaint:
    """The same about the same text, where that is now."""
    finding = complaint.finding
    there = replace(finding, path=places.get(finding.path, finding.path))
    return replace(complaint, finding=there)


def followed(complaint: Complaint, path: str, before: str, after: str) -> Complaint:
    """The complaint once the file's text has been taken back to other words.

    It rests where its quote is gone, and is open again where the quote is back.
    """
    quote = complaint.finding.quote
    if complaint.finding.path != path or not quote:
        return complaint
    if quote not in after:
        return _laid_to_rest(complaint)
    is_back = complaint.state is State.FIXED and quote not in before
    return replace(complaint, state=State.OPEN) if is_back else complaint


def still_open(complaints: Iterable[Complaint]) -> tuple[Finding, ...]:
    return tuple(c.finding for c in complaints if c.state is State.OPEN)


def _laid_to_rest(complaint: Complaint) -> Complaint:
    return replace(complaint, state=State.FIXED) if complaint.state is State.OPEN else complaint
