"""What becomes of a finding: open, fixed when it is not found again, or waived for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from l2mac_write.findings import Finding


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
    return (*map(_laid_to_rest, gone), *(_raised(instruction, f, waivers) for f in now))


def waived(complaint: Complaint, key: str, reason: str) -> Complaint:
    if complaint.finding.key != key or complaint.state is State.FIXED:
        return complaint
    return replace(complaint, state=State.WAIVED, reason=reason)


def still_open(complaints: Iterable[Complaint]) -> tuple[Finding, ...]:
    return tuple(c.finding for c in complaints if c.state is State.OPEN)


def _laid_to_rest(complaint: Complaint) -> Complaint:
    return replace(complaint, state=State.FIXED) if complaint.state is State.OPEN else complaint


def _raised(instruction: str, finding: Finding, waivers: Mapping[str, str]) -> Complaint:
    if finding.key in waivers:
        return Complaint(instruction, finding, State.WAIVED, waivers[finding.key])
    return Complaint(instruction, finding)
