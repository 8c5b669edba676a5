"""Finds characters that no writer typed: broken encodings, control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from l2mac_write.evaluators.passages import excerpt
from l2mac_write.findings import Edit, Finding, Severity, Work

# UTF-8 once read as Windows-1252; only pairs that no language writes on purpose
MISREAD = re.compile(
    r"(?:Ã[\xa0-\xbf]|Â[\xa1-\xaa\xac-\xba\xbc-\xbf]|â€[\x80-\U0010ffff]|ðŸ[^\s\w]{2})+"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")
LOST = re.compile("�+")
AROUND = 30
MANY = 100
"""Enough to show; the rest is found when these are gone."""


def damage(work: Work) -> Iterator[Finding]:
    for match in _first(MISREAD, work.text):
        yield _finding(work, match, "was read in the wrong encoding", _decoded(match.group()))
    for match in _first(CONTROL, work.text):
        yield _finding(work, match, "is a control character that no reader can see", "")
    for match in _first(LOST, work.text):
        yield _finding(work, match, "stands where a character was lost", None)


def _first(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return islice(pattern.finditer(text), MANY)


def _decoded(misread: str) -> str | None:
    """What the bytes meant, or None if they were no UTF-8."""
    try:
        return b"".join(_byte(character) for character in misread).decode("utf-8")
    except UnicodeError:
        return None


def _byte(character: str) -> bytes:
    """Windows-1252, with its five holes filled as browsers fill them."""
    return bytes([ord(character)]) if character < "\xa0" else character.encode("cp1252")


def _finding(work: Work, match: re.Match[str], what: str, meant: str | None) -> Finding:
    start, end = match.span()
    line = work.text.rfind("\n", 0, start) + 1
    seen = match.group()[:8]
    return Finding(
        code="DOC-TYPO",
        severity=Severity.REVISE,
        path=work.path,
        message=f"`{seen if seen.isprintable() else ascii(seen)[1:-1]}` {what}.",
        quote=excerpt(work.text[max(line, start - AROUND) : end + AROUND]),
        hint="Write the character that was meant." if meant != "" else "Remove it.",
        mend=None if meant is None else Edit(start, end, meant),
    )
