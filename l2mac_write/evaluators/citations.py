"""Has every source that is cited an entry in the list of sources, and is every entry cited?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from l2mac_write.evaluators.passages import excerpt, without_code
from l2mac_write.findings import Finding, Severity, Text, Whole

NAMES = (
    r"(?:list[ -]of[ -])?references|bibliography|works[ -]cited|literature|sources"
    r"|further[ -]reading|literatur(?:verzeichnis)?|bibliographie|bibliograf[ií]a"
)
LIST = re.compile(rf"(?mi)^ {{0,3}}(?:#{{1,6}}[ \t]+)?[*_]{{0,2}}(?:{NAMES})[*_]{{0,2}}:?[ \t]*$")
IN_PATH = re.compile(rf"(?i)(?:\A|[/#-])(?:{NAMES})(?:-\d+)?(?:\.md)?\Z")
"""The path of a text whose title has been cut off."""
HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]")
ENTRY = re.compile(
    r"(?m)^ {0,3}(?:[-*+] )?(?:\[(?P<n>\d{1,3})\]|(?P<item>\d{1,3})\.)[ \t]+\S[^\n]*"
)
CITED = re.compile(r"(?<![\w\]!])\[(?P<many>\d{1,3}(?:[,;–-] ?\d{1,3}){0,20})\](?![(\[:])")
AUTHOR = r"[A-Z][^\W\d_]{1,40}(?:[-’'][^\W\d_]{1,40})?"
WITH = rf"(?:,? (?:and|&) {AUTHOR}|,? et al\.?)?"
YEAR = r"(?:1[5-9]|20)\d\d"
DATED = re.compile(
    rf"(?:(?<=\()|(?<=; )|(?<=see )){{1}}(?P<author>{AUTHOR}){WITH},? (?P<year>{YEAR})[a-z]?(?=[),;:])"
    rf"|(?P<teller>{AUTHOR}){WITH} \((?P<since>{YEAR})[a-z]?[),;:]"
)
LISTED = re.compile(
    rf"(?m)^ {{0,3}}(?:[-*+] |\[?\d{{1,3}}[.\]] )?[*_]{{0,2}}(?P<author>{AUTHOR}),?"
    rf" [^\n]{{0,300}}?\b(?P<year>{YEAR})[a-z]?\b"
)
FEWEST = 2
"""Entries that make a list one by author and year."""
WIDEST = 50


@dataclass(slots=True)
class Sources:
    """The lists of sources of a book, and the first place of each entry."""

    numbered: dict[int, tuple[Text, str]] = field(default_factory=dict)
    dated: dict[tuple[str, str], tuple[Text, str]] = field(default_factory=dict)


def judge(whole: Whole) -> tuple[Finding, ...]:
    plain = [Text(text.path, without_code(text.text)) for text in whole.texts]
    parts = [(text, *_parted(text)) for text in plain]
    sources = Sources()
    for text, _, listed in parts:
        _enter(sources, text, listed)
    bodies = [(text, body) for text, body, _ in parts]
    return (*_by_number(sources, bodies), *_by_year(sources, bodies))


def _parted(text: Text) -> tuple[str, str]:
    """What comes before the list of sources, and the list; what follows it is neither."""
    if IN_PATH.search(text.path):
        return "", text.text
    begin = LIST.search(text.text)
    if not begin:
        return text.text, ""
    end = HEADING.search(text.text, begin.end())
    stop = end.start() if end else len(text.text)
    return text.text[: begin.start()] + text.text[stop:], text.text[begin.end() : stop]


def _enter(sources: Sources, text: Text, listed: str) -> None:
    for entry in ENTRY.finditer(listed):
        number = int(entry["n"] or entry["item"])
        sources.numbered.setdefault(number, (text, excerpt(entry[0])))
    for entry in LISTED.finditer(listed):
        known = (entry["author"].casefold(), entry["year"])
        sources.dated.setdefault(known, (text, excerpt(entry[0])))


def _by_number(sources: Sources, bodies: Sequence[tuple[Text, str]]) -> Iterator[Finding]:
    cited: set[int] = set()
    for text, found in _all(CITED, bodies if sources.numbered else ()):
        numbers = {*_numbers(found["many"])}
        cited |= numbers
        if missing := sorted(numbers - sources.numbered.keys()):
            yield _missing(text, found, str(missing[0]))
    if cited:
        yield from (_uncited(*e) for n, e in sources.numbered.items() if n not in cited)


def _all(
    pattern: re.Pattern[str], bodies: Sequence[tuple[Text, str]]
) -> Iterator[tuple[Text, re.Match[str]]]:
    return ((text, found) for text, body in bodies for found in pattern.finditer(body))


def _numbers(many: str) -> Iterator[int]:
    """`3, 5–7` as numbers."""
    for part in re.split(r"[,;] ?", many):
        first, *rest = map(int, re.split(r"[–-] ?", part))
        yield from range(first, min(rest[-1], first + WIDEST) + 1) if rest else (first,)


def _by_year(sources: Sources, bodies: Sequence[tuple[Text, str]]) -> Iterator[Finding]:
    cited: set[tuple[str, str]] = set()
    for text, found in _all(DATED, bodies if len(sources.dated) >= FEWEST else ()):
        author, year = found["author"] or found["teller"], found["year"] or found["since"]
        cited.add((author.casefold(), year))
        if (author.casefold(), year) not in sources.dated:
            yield _missing(text, found, f"{author} {year}")
    if cited:
        yield from (_uncited(*e) for known, e in sources.dated.items() if known not in cited)


def _missing(text: Text, found: re.Match[str], what: str) -> Finding:
    return Finding(
        code="DOC-CITE",
        severity=Severity.REVISE,
        path=text.path,
        message=f"The list of sources has no {what}.",
        quote=excerpt(found[0]),
        hint="Add the source to the list, or cite one that is there.",
    )


def _uncited(text: Text, said: str) -> Finding:
    return Finding(
        code="DOC-CITE",
        severity=Severity.ADVISE,
        path=text.path,
        message="Nothing in the text cites this source.",
        quote=said,
        hint="Cite it where it is used, or take it off the list.",
    )
