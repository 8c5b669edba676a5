"""Has every mark its footnote, and every footnote its mark?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from l2mac_write.evaluators.passages import excerpt, without_code
from l2mac_write.findings import Finding, Severity, Text, Whole, Work

NOTE = re.compile(r"(?m)^ {0,3}\[\^(?P<name>[^\]\s]{1,80})\]:")
MARK = re.compile(r"\[\^(?P<name>[^\]\s]{1,80})\](?!:)")


def judge(work: Work) -> tuple[Finding, ...]:
    return judge_whole(Whole((Text(work.path, work.text),)))


def judge_whole(whole: Whole) -> tuple[Finding, ...]:
    """A text may have its notes at the end of the file that it was cut from, never in another."""
    plain = [Text(t.path, without_code(t.text)) for t in whole.texts if "[^" in t.text]
    noted, marked = _names(NOTE, plain), _names(MARK, plain)
    return tuple(finding for text in plain for finding in _findings(text, noted, marked))


def _names(pattern: re.Pattern[str], texts: Sequence[Text]) -> set[tuple[str, str]]:
    return {(_file(text), found["name"]) for text in texts for found in pattern.finditer(text.text)}


def _file(text: Text) -> str:
    return text.path.partition("#")[0]


def _findings(
    text: Text, noted: set[tuple[str, str]], marked: set[tuple[str, str]]
) -> Iterator[Finding]:
    for mark in MARK.finditer(text.text):
        if (_file(text), mark["name"]) not in noted:
            yield _finding(text, mark, "No footnote belongs to this mark.", "Write the footnote")
    times: Counter[str] = Counter()
    for note in NOTE.finditer(text.text):
        times[note["name"]] += 1
        if (_file(text), note["name"]) not in marked:
            yield _finding(text, note, "No mark in the text leads to this footnote.", "Set a mark")
        elif times[note["name"]] > 1:
            yield _finding(text, note, "Two footnotes have this mark.", "Give it one of its own")


def _finding(text: Text, found: re.Match[str], message: str, wanted: str) -> Finding:
    return Finding(
        code="DOC-CITE",
        severity=Severity.REVISE,
        path=text.path,
        message=message,
        quote=excerpt(found[0]),
        hint=f"{wanted}, or take this away.",
    )
