"""A draft and the verdict on it: which of two is better, and whether one is good enough."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from l2mac_write.findings import Finding, Severity, Work, blocking, mended, worst_first
from l2mac_write.machine.proposed import Proposed
from l2mac_write.messages import Conversation
from l2mac_write.ports import Evaluator
from l2mac_write.text.characters import printable
from l2mac_write.text.counting import known_words

FED_BACK = 12
"""Findings told to a model at a time, worst first."""
MENDING_PASSES = 3
MILD = Severity.ADVISE.rank
TRAILING = re.compile(r"(?<! ) ?\n")
EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, what is still wrong with it, and the conversation that led to it."""

    text: str
    findings: tuple[Finding, ...] = ()
    conversation: Conversation = ()
    missed: int = 0
    """Words by which it misses its target."""
    beside: tuple[str, ...] = ()
    """Paths of the texts that it was held against."""
    proposed: Proposed | None = None
    """What is said of it where it is a chapter that is to be changed."""

    @property
    def to_revise(self) -> tuple[Finding, ...]:
        """The worst first."""
        return worst_first(f for f in self.findings if f.severity is not Severity.ADVISE)

    @property
    def accepted(self) -> bool:
        return not self.to_revise

    @property
    def demerit(self) -> tuple[bool, int, int, int]:
        """Lower is better: a text, blocking findings, others to revise, distance in words."""
        return (not self.text, len(blocking(self.findings)), len(self.to_revise), self.missed)


def better(best: Draft, candidate: Draft) -> Draft:
    """A candidate replaces the best draft only if it is really better."""
    return candidate if candidate.demerit < best.demerit else best


def repaired(draft: Draft, candidate: Draft) -> Draft:
    """The repair, unless it is no better or brings what is worse than all it takes away.

    No new finding may block, and none may be there to revise unless fewer block than before.
    """
    known = {_about(finding): finding.severity.rank for finding in reversed(draft.to_revise)}
    new = [f for f in candidate.to_revise if f.severity.rank < known.get(_about(f), MILD)]
    fewer_block = len(blocking(candidate.findings)) < len(blocking(draft.findings))
    if draft.text and (blocking(new) or (new and not fewer_block)):
        return draft
    return better(draft, candidate)


def _about(finding: Finding) -> str:
    """Its key; of what is wrong with a text as a whole, whatever it says about that."""
    return finding.key if finding.quote else f"{finding.code} {finding.path}"


def tidied(text: str) -> str:
    """The text without control characters, and the blanks that words taken out left behind."""
    text = printable(text)
    if " \n" in text:
        text = TRAILING.sub("\n", text)
    return EMPTY_LINES.sub("\n\n", text).strip()


def sparing(judge: Evaluator, waived: Collection[str]) -> Evaluator:
    """The evaluator without the findings of these keys, so that nobody mends them either."""
    return lambda work: tuple(f for f in judge(work) if f.key not in waived)


def judged(work: Work, evaluators: Sequence[Evaluator]) -> Draft:
    """The text after all that code alone can mend, with the findings that remain."""
    for _ in range(MENDING_PASSES):
        findings = [finding for judge in evaluators for finding in judge(work)]
        text = tidied(mended(work.text, findings))
        if text == work.text:
            break
        work = replace(work, text=text)
    missed = abs(known_words(work.text) - work.words) if work.words else 0
    return Draft(work.text, tuple(f for f in findings if not f.mend), missed=missed)
