"""A draft and the verdict on it: which of two is better, and whether one is good enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from l2mac_write.characters import printable
from l2mac_write.counting import known_words
from l2mac_write.findings import Finding, Severity, Work, blocking, mended
from l2mac_write.messages import Conversation
from l2mac_write.ports import Evaluator

FED_BACK = 12
"""Findings told to a model at a time, worst first."""
MENDING_PASSES = 3
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

    @property
    def to_revise(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is not Severity.ADVISE)

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


def tidied(text: str) -> str:
    """The text without control characters, and the blanks that words taken out left behind."""
    text = printable(text)
    if " \n" in text:
        text = TRAILING.sub("\n", text)
    return EMPTY_LINES.sub("\n\n", text).strip()


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
