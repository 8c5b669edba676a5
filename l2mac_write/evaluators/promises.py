"""Is there every section that the text says it has?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from l2mac_write.evaluators.passages import WORD, excerpt, without_code
from l2mac_write.findings import Finding, Severity, Text, Whole

NAMED = r"([^”\"’»“*_\n]{3,90})"
TITLE = rf"(?:[“\"‘«„]{NAMED}(?<![.!?])[”\"’»“]|(?<![*_])[*_]{NAMED}[*_])"
PROMISE = re.compile(
    r"\b(?:[Ss]ections?|[Hh]eadings?|[Ss]ubsections?|Abschnitt|sección|sezione)"
    rf"(?:,? (?:entitled|titled|called|headed|named))?(?: (?:on|about|under|mit dem Titel))? {TITLE}"
    rf"|{TITLE} (?:section|heading)\b"
    rf"|\b(?:[Ss]ee|[Uu]nder|[Ii]n)(?: the)?(?: title| part| passage| paragraphs?| note)?"
    rf"(?:,? (?:headed|entitled|called|titled))? {TITLE},? (?:below|further on|later)\b"
)
HEADED = re.compile(
    r"(?m)^ {0,3}#{1,6}[ \t]+(?P<atx>[^\n]+)$|^(?P<set>\S[^\n]*)\n(?:=+|-{2,})[ \t]*$"
)
BOLD = re.compile(r"(?m)^(?:\*\*|__)(?P<head>[^*_\n]{3,90})(?:\*\*|__)")
ELSEWHERE = re.compile(r",? (?:of|in) (?:the|his|her|their|my|your|another|that|a|an|[*_“\"A-Z])")
ENOUGH = 0.6
"""Share of the words of the title that one heading has."""


def judge(whole: Whole) -> tuple[Finding, ...]:
    plain = [Text(text.path, without_code(text.text)) for text in whole.texts]
    heads = [words for text in plain for head in _heads(text) if (words := _words(head))]
    known = frozenset(word for head in heads for word in head)
    return tuple(
        _finding(text, promised, title)
        for text in plain
        for promised in PROMISE.finditer(text.text)
        if not ELSEWHERE.match(text.text, promised.end())
        for title in filter(None, promised.groups())
        if not _is_kept(_words(title), heads, known)
    )


def _heads(text: Text) -> Iterator[str]:
    """Its headings, and its own title as the path has it."""
    yield text.path.rpartition("#")[2].rpartition("/")[2].removesuffix(".md").replace("-", " ")
    for pattern in (HEADED, BOLD):
        for found in pattern.finditer(text.text):
            yield found[found.lastgroup or 0]


def _words(title: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(title))


def _is_kept(title: frozenset[str], heads: list[frozenset[str]], known: frozenset[str]) -> bool:
    least = ENOUGH * len(title)
    if not title or len(title & known) < least:
        return not title
    return any(len(title & head) >= least for head in heads)


def _finding(text: Text, promised: re.Match[str], title: str) -> Finding:
    return Finding(
        code="NF-PROMISE",
        severity=Severity.REVISE,
        path=text.path,
        message=f"No section is called “{title.strip()}”.",
        quote=excerpt(promised[0]),
        hint="Write the section, or promise the one that is there by its name.",
    )
