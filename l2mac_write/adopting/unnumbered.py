"""Which chapters of a manuscript have no number: its prologue, and what says none among those that do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from l2mac_write.book import Section
from l2mac_write.exporters.titles import says_number
from l2mac_write.plan import Plan
from l2mac_write.text.word_lists import word_list

COUNTED = frozenset({"chapter", "section"})
"""Kinds of sections; an EPUB says of a prologue that it is one."""
FEWEST = 2


def counted(plan: Plan, chapters: Sequence[Section]) -> Plan:
    """The plan of these chapters, where it says of each whether it has a number."""
    flags = zip(plan.chapters, _numbered(chapters), strict=True)
    return replace(plan, chapters=tuple(replace(c, numbered=flag) for c, flag in flags))


def _numbered(chapters: Sequence[Section]) -> Iterator[bool]:
    """Where most titles say a number, those are counted; else all but what is called a prologue."""
    plain = [one.kind in COUNTED and not _is_called_so(one.title) for one in chapters]
    saying = [says_number(one.title) for one in chapters]
    most_say = sum(saying) >= max(FEWEST, sum(plain) / 2)
    for one, is_plain, says in zip(chapters, plain, saying, strict=True):
        yield says or (is_plain and not (most_say and one.title))


def _is_called_so(title: str) -> bool:
    return bool(_unnumbered().match(title.strip()))


@cache
def _unnumbered() -> re.Pattern[str]:
    words = word_list(__file__, "unnumbered.toml")["titles"]
    return re.compile(rf"(?:{'|'.join(words)})\s*(?:[:.：—–-].*)?\Z", re.IGNORECASE)
