"""Is the text as long as it was asked to be?"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from l2mac_write.book import count_words
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.languages import unit

FINE = 0.10
TOLERABLE = 0.25
HALF, DOUBLE = 0.5, 2.0
COLLAPSED = 0.5
"""Of the mean of the earlier texts; less than this is a sign of a tired model."""


def judge(work: Work) -> tuple[Finding, ...]:
    written = _count(work.text, work.language)
    if not written:
        return (_finding(work, Severity.BLOCK, "The text is empty.", "Write the whole text."),)
    severity = _severity(written, work.words) if work.words else None
    if severity:
        return (_finding(work, severity, _message(written, work), _hint(written, work)),)
    return _collapse(work, written)


def _severity(written: int, asked: int) -> Severity | None:
    share = written / asked
    if share < HALF or share > DOUBLE:
        return Severity.BLOCK
    # rounded, so that exactly 25 % off counts as within 25 %
    off = round(abs(share - 1), 9)
    if off > TOLERABLE:
        return Severity.REVISE
    return Severity.ADVISE if off > FINE else None


def _message(written: int, work: Work) -> str:
    much = "long" if written > work.words else "short"
    had = f"{written:,} {unit(work.language)}"
    return f"The text is too {much}: it has {had}, and {work.words:,} were asked for."


def _hint(written: int, work: Work) -> str:
    missed = f"{abs(written - work.words):,} {unit(work.language)}"
    if written > work.words:
        return f"Cut about {missed} where the text says least; keep the rest."
    return f"Add about {missed} where the text hurries; keep what is there."


def _collapse(work: Work, written: int) -> tuple[Finding, ...]:
    folder = PurePosixPath(work.path).parent
    before = [
        _count(text.text, work.language)
        for text in work.earlier
        if PurePosixPath(text.path).parent == folder
    ]
    mean = sum(before) / len(before) if before else 0
    if written >= COLLAPSED * mean or 0 < work.words < COLLAPSED * mean:
        return ()
    had = f"{written:,} {unit(work.language)}"
    message = f"The text has {had}; the texts before it have {mean:,.0f} on average."
    return (_finding(work, Severity.ADVISE, message, "Make sure that nothing is told in haste."),)


@lru_cache(maxsize=4096)
def _count(text: str, language: str) -> int:
    return count_words(text, language)


def _finding(work: Work, severity: Severity, message: str, hint: str) -> Finding:
    return Finding("DOC-STRUCT", severity, work.path, message, hint=hint)
