"""Does the text say something to us that no reader should see?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from l2mac_write.evaluators.passages import Passage, blanked, cut, excerpt, without_code
from l2mac_write.evaluators.wrapping import unwrapped
from l2mac_write.findings import Edit, Finding, Severity, Work
from l2mac_write.languages import primary

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
LONG = 320
"""A line longer than this holds prose, whatever it begins with."""
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


def judge(work: Work) -> tuple[Finding, ...]:
    inner = unwrapped(work.text)
    if inner is not None:
        return (_wrapped(work, inner),)
    written = without_code(work.text)
    unspoken = blanked(written, SPEECH).replace("’", "'")
    return (*_lines(work, unspoken), *_phrases(work, written, unspoken))


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


def _lines(work: Work, unspoken: str) -> Iterator[Finding]:
    known = _known("line", primary(work.language))
    lines = [Passage(m.start(), m.end(), m.group().strip()) for m in LINE.finditer(unspoken)]
    head = _edge(lines, _at(known, "head", "edge", ""))
    tail = _edge(lines[len(head) :][::-1], _at(known, "tail", "edge", ""), lists=True)[::-1]
    is_all = len(head) + len(tail) == len(lines)
    for edge in filter(None, (head, tail)):
        yield _at_edge(work, edge, known, is_all=is_all)
    anywhere = _at(known, "")
    for line in lines[len(head) : len(lines) - len(tail)]:
        if leak := _leak(line.text, anywhere):
            yield _inside(work, leak, line.start, line.end)


def _edge(lines: Sequence[Passage], leaks: Sequence[Leak], *, lists: bool = False) -> list[Passage]:
    """The lines from the first on that are leaks, with the rules and lists between them."""
    count = 0
    for number, line in enumerate(lines, start=1):
        if _leak(line.text, leaks) or (count and RULE.fullmatch(line.text)):
            count = number
        elif not lists or not ITEM.match(line.text):
            break
    return list(lines[:count])


def _leak(line: str, leaks: Sequence[Leak]) -> Leak | None:
    if len(line) > LONG:
        return None
    bare = line.strip("*_#> ")
    return next((f for f in leaks if f.pattern.fullmatch(line) or f.pattern.fullmatch(bare)), None)


def _at_edge(
    work: Work, edge: Sequence[Passage], known: Sequence[Leak], *, is_all: bool
) -> Finding:
    leak = next(filter(None, (_leak(line.text, known) for line in edge)))
    return Finding(
        code="DOC-META",
        severity=Severity.BLOCK if is_all else Severity.REVISE,
        path=work.path,
        message=leak.says,
        quote=excerpt(work.text[edge[0].start : edge[-1].end]),
        hint=HINT,
        mend=None if is_all else cut(work.text, edge[0].start, edge[-1].end),
    )


def _phrases(work: Work, written: str, unspoken: str) -> Iterator[Finding]:
    folded, language = written.casefold(), primary(work.language)
    for leak in _known("phrase", language):
        if language not in leak.not_in and any(sign in folded for sign in leak.needs):
            found = leak.pattern.finditer(unspoken if leak.unspoken else written)
            for match in islice(found, MANY):
                yield _inside(work, leak, match.start(), match.end())


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
    folder = resources.files(__package__)
    files = (folder / "leaks.toml", folder / f"leaks_{language}.toml")
    tables = (tomllib.loads(file.read_text("utf-8"))[kind] for file in files if file.is_file())
    return tuple(_read(leak) for table in tables for leak in table)


def _read(table: Mapping[str, Any]) -> Leak:
    return Leak(
        says=table["says"],
        pattern=re.compile("|".join(table["patterns"]), re.IGNORECASE),
        at=table.get("at", ""),
        needs=tuple(table.get("needs", ())),
        remove=table.get("remove", False),
        unspoken=table.get("unspoken", False),
        not_in=tuple(table.get("not_in", ())),
    )
