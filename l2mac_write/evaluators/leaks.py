"""Does the text say something to us that no reader should see?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile, islice
from typing import Any

from l2mac_write.evaluators.frames import SHORT, Listener, listener
from l2mac_write.evaluators.passages import Passage, blanked, cut, excerpt, without_code
from l2mac_write.evaluators.wrapping import unwrapped
from l2mac_write.findings import Edit, Finding, Severity, Work
from l2mac_write.text.languages import primary
from l2mac_write.text.word_lists import word_lists

LINE = re.compile(r"\S[^\n]*")
SPEECH = re.compile(
    r"„(?:[^„“”\n]|\n(?!\s*\n))*[“”]?"
    r"|“(?:[^“”\n]|\n(?!\s*\n))*”?"
    r"|「(?:[^「」\n]|\n(?!\s*\n))*」?"
    r"|»(?:[^«»\n]|\n(?!\s*\n))*«"
    r'|(?<!\w)"(?:[^"\n]|\n(?!\s*\n))*"?'
    r"|‘(?:[^‘’\n]|’(?=\w))*’"
    r"|«(?:[^«»\n]|\n(?!\s*\n))*»?"
)
RULE = re.compile(r"\s*(?:[-*_][ \t]*){3,}")
ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])[ \t]+\S.*")
NEVER = re.compile(r"(?!)")
HEADING = re.compile(r"#{1,6}[ \t]")
LONG = 320
"""A line longer than this holds prose, whatever it begins with."""
ALONE, ANYWHERE, IN_A_LETTER = 3.5, 4.0, 5.0
"""What a sentence weighs that is said to whoever asked; see `frames.toml`."""
TOPIC = 4
"""A text that speaks of writing in so many places is about writing."""
NOTES = "notes/"
"""What lies here speaks of chapters as it should."""
MANY = 100
"""Enough to show; the rest is found when these are gone."""
HINT = "Give the text alone, from its first sentence to its last."


@dataclass(frozen=True, slots=True)
class Leak:
    """One family of leaks; see `leaks.toml`."""

    says: str
    pattern: re.Pattern[str]
    at: str = ""
    needs: tuple[str, ...] = ()
    remove: bool = False
    unspoken: bool = False
    not_in: tuple[str, ...] = ()
    told: bool = False


TALK = Leak("The text talks to whoever asked for it, or about how it was to be written.", NEVER)


@dataclass(frozen=True, slots=True)
class Ear:
    """What is listened for at one edge of a text."""

    leaks: tuple[Leak, ...]
    listener: Listener

    def says(self, line: Passage) -> str:
        """What is wrong with the line as a whole; empty if it is the text's own."""
        if leak := _leak(line.text, self.leaks):
            return leak.says
        return TALK.says if self.listener.is_all_talk(line, ALONE) else ""


def judge(work: Work) -> tuple[Finding, ...]:
    inner = unwrapped(work.text)
    if inner is not None:
        return (_wrapped(work, inner),)
    written = without_code(work.text)
    unspoken = blanked(written, SPEECH).replace("’", "'")
    ears = listener(work.text, unspoken, primary(work.language))
    ears = replace(ears, for_readers=not work.path.startswith(NOTES))
    phrases = tuple(_phrases(work, written, unspoken, told=ears.told))
    known = {phrase.quote for phrase in phrases}
    lines = (line for line in _lines(work, unspoken, ears) if line.mend or line.quote not in known)
    return (*lines, *phrases)


def _wrapped(work: Work, inner: str) -> Finding:
    return Finding(
        code="DOC-META",
        severity=Severity.REVISE,
        path=work.path,
        message="The text is wrapped in something that is not part of it.",
        quote=excerpt(work.text),
        hint=HINT,
        mend=Edit(0, len(work.text), inner),
    )


def _lines(work: Work, unspoken: str, ears: Listener) -> Iterator[Finding]:
    lines = [Passage(m.start(), m.end(), m.group().strip()) for m in LINE.finditer(unspoken)]
    known = [k for k in _known("line", primary(work.language)) if ears.told or not k.told]
    lines = [
        *dropwhile(lambda line: HEADING.match(line.text) and not _leak(line.text, known), lines)
    ]
    first, last = (Ear(_at(known, edge, "edge", ""), ears) for edge in ("head", "tail"))
    head = _edge(lines, first)
    tail = _edge(lines[len(head) :][::-1], last, lists=True)[::-1]
    is_all = len(head) + len(tail) == len(lines)
    for edge, ear in ((head, first), (tail, last)):
        if edge:
            yield _at_edge(work, edge, ear, is_all=is_all)
    inner = lines[len(head) : len(lines) - len(tail)]
    yield from _within(work, inner, Ear(_at(known, ""), ears), _at(known, "head", "tail", "edge"))


def _edge(lines: Sequence[Passage], ear: Ear, *, lists: bool = False) -> list[Passage]:
    """The lines from the first on that are leaks, with the rules and lists between them."""
    count = 0
    for number, line in enumerate(lines, start=1):
        if ear.says(line) or (count and RULE.fullmatch(line.text)):
            count = number
        elif not lists or not ITEM.match(line.text):
            break
    return list(lines[:count])


def _leak(line: str, leaks: Sequence[Leak]) -> Leak | None:
    if len(line) > LONG:
        return None
    bare = line.strip("*_#> ")
    return next((f for f in leaks if f.pattern.fullmatch(line) or f.pattern.fullmatch(bare)), None)


def _at_edge(work: Work, edge: Sequence[Passage], ear: Ear, *, is_all: bool) -> Finding:
    return Finding(
        code="DOC-META",
        severity=Severity.BLOCK if is_all else Severity.REVISE,
        path=work.path,
        message=next(filter(None, map(ear.says, edge))),
        quote=excerpt(work.text[edge[0].start : edge[-1].end]),
        hint=HINT,
        mend=None if is_all else cut(work.text, edge[0].start, edge[-1].end),
    )


def _within(
    work: Work, lines: Sequence[Passage], ear: Ear, at_edges: Sequence[Leak]
) -> Iterator[Finding]:
    """What would be a leak at an edge may be a character's own words here."""
    talk = []
    for number, line in enumerate(lines):
        if leak := _leak(line.text, ear.leaks):
            yield _inside(work, leak, line.start, line.end)
        elif place := _talk(ear.listener, line, lines[max(0, number - 1) : number + 2 : 2]):
            talk.append(place)
        elif leak := _leak(line.text, at_edges):
            yield replace(_inside(work, leak, line.start, line.end), severity=Severity.ADVISE)
    severity = Severity.ADVISE if len(talk) >= TOPIC else Severity.REVISE
    for place in talk[:MANY]:
        yield replace(_inside(work, TALK, place.start, place.end), severity=severity)


def _talk(ears: Listener, line: Passage, around: Sequence[Passage]) -> Passage | None:
    """The sentence of the line that is said to us; quotations and letters speak to others."""
    least = ALONE if len(line.text) <= SHORT else ANYWHERE
    talk = None if line.text.startswith(">") else ears.talk(line, least)
    if talk and ears.is_letter(line, around):
        talk = ears.talk(line, IN_A_LETTER)
    return talk


def _phrases(work: Work, written: str, unspoken: str, *, told: bool) -> Iterator[Finding]:
    folded, language = written.casefold(), primary(work.language)
    known = (k for k in _known("phrase", language) if told or not k.told)
    places: dict[tuple[int, int], Leak] = {}
    for leak in known:
        if language not in leak.not_in and any(sign in folded for sign in leak.needs):
            found = leak.pattern.finditer(unspoken if leak.unspoken else written)
            for match in islice(found, MANY):
                places.setdefault(match.span(), leak)
    for (start, end), leak in places.items():
        yield _inside(work, leak, start, end)


def _inside(work: Work, leak: Leak, start: int, end: int) -> Finding:
    return Finding(
        code="DOC-META",
        severity=Severity.BLOCK,
        path=work.path,
        message=leak.says,
        quote=excerpt(work.text[start:end]),
        hint=HINT,
        mend=cut(work.text, start, end) if leak.remove else None,
    )


def _at(leaks: Sequence[Leak], *places: str) -> tuple[Leak, ...]:
    return tuple(leak for leak in leaks if leak.at in places)


@cache
def _known(kind: str, language: str) -> tuple[Leak, ...]:
    """Those of English, which models fall back to, and those of the language itself."""
    tables = word_lists(__file__, "leaks", language).values()
    return tuple(_read(leak) for table in tables for leak in table[kind])


def _read(table: Mapping[str, Any]) -> Leak:
    return Leak(
        says=table["says"],
        pattern=re.compile("|".join(table["patterns"]), re.IGNORECASE),
        at=table.get("at", ""),
        needs=tuple(table.get("needs", ())),
        remove=table.get("remove", False),
        unspoken=table.get("unspoken", False),
        not_in=tuple(table.get("not_in", ())),
        told=table.get("told", False),
    )
