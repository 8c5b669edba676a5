"""Is the text as long as it was asked to be?"""

from __future__ import annotations

from pathlib import PurePosixPath

from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.counting import known_words
from l2mac_write.text.languages import unit

FINE = 0.10
SLACK = 20
"""Words by which any text may miss its length: so few are not worth a call."""
HALF, DOUBLE = 0.5, 2.0
COLLAPSED = 0.5
"""Of the mean of the earlier texts; less than this is a sign of a tired model."""


def judge(work: Work) -> tuple[Finding, ...]:
    written = known_words(work.text)
    if not written:
        return (_finding(work, Severity.BLOCK, "The text is empty.", "Write the whole text."),)
    if work.words and abs(written - work.words) > max(SLACK, FINE * work.words):
        return (_missed(work, written),)
    return _collapse(work, written)


def _missed(work: Work, written: int) -> Finding:
    much = "long" if written > work.words else "short"
    asked = work.asked or work.words
    missed = f"{abs(written - asked):,} {unit(work.language)}"
    message = (
        f"The text is too {much} by {missed}:"
        f" it has {written:,} {unit(work.language)}, and {asked:,} were asked for."
    )
    in_bounds = HALF <= written / work.words <= DOUBLE
    severity = Severity.REVISE if in_bounds else Severity.BLOCK
    if much == "long":
        hint = f"Cut about {missed} where the text says least; keep the rest."
    else:
        hint = f"Add about {missed} where the text hurries; keep what is there."
    return _finding(work, severity, message, hint)


def _collapse(work: Work, written: int) -> tuple[Finding, ...]:
    folder = PurePosixPath(work.path).parent
    before = [
        known_words(text.text) for text in work.earlier if PurePosixPath(text.path).parent == folder
    ]
    mean = sum(before) / len(before) if before else 0
    if written >= COLLAPSED * mean or 0 < work.words < COLLAPSED * mean:
        return ()
    had = f"{written:,} {unit(work.language)}"
    message = f"The text has {had}; the texts before it have {mean:,.0f} on average."
    return (_finding(work, Severity.ADVISE, message, "Make sure that nothing is told in haste."),)


def _finding(work: Work, severity: Severity, message: str, hint: str) -> Finding:
    return Finding("DOC-STRUCT", severity, work.path, message, hint=hint)
