"""Can a reader keep the people of the plan apart, and have they names of their own?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, dropwhile

from l2mac_write.errors import UsageError
from l2mac_write.evaluators.spelling import look_alike
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.plan import Plan
from l2mac_write.plan_file import load
from l2mac_write.text.word_lists import word_list

NAME = re.compile(r"[^\W\d_][^\W\d_'’-]{2,}")
OF_SOMEBODY = re.compile(r"['’]s\b")
MOST = 200
"""People who are told apart; no reader could."""


def judge(work: Work) -> tuple[Finding, ...]:
    try:
        plan = load(work.text)
    except UsageError:
        return ()
    return (*_worn(work, plan), *_confusable(work, plan), *_strangers(work, plan))


def _worn(work: Work, plan: Plan) -> Iterator[Finding]:
    """The names that the person who asked for the book gave are that person's own."""
    for person in plan.people:
        worn = [name for name in _words()["worn"] if _names(name, person.name)]
        if worn and not any(_names(name, work.brief) for name in worn):
            yield _finding(
                work,
                "CHR-WORN",
                f"`{person.name}` is a name that machines always choose.",
                person.name,
                "Give them one that fits the place, the time and their family.",
            )


def _confusable(work: Work, plan: Plan) -> Iterator[Finding]:
    """Two first names that look alike; relatives may share what follows."""
    called = [(person.name, _first(person.name)) for person in plan.people[:MOST]]
    for (one, first), (other, second) in combinations(called, 2):
        alike = first and second and (first == second or look_alike(first, second))
        if alike and not (_names(first, work.brief) and _names(second, work.brief)):
            yield _finding(
                work,
                "CHR-ALIKE",
                f"A reader will confuse `{one}` and `{other}`.",
                other,
                "Give one of them a name that begins and sounds differently.",
            )


def _strangers(work: Work, plan: Plan) -> Iterator[Finding]:
    known = {part for person in plan.people for part in person.name.split()}
    for chapter in plan.chapters if plan.people else ():
        unknown = [name for name in chapter.people if not known & {*name.split()}]
        if unknown:
            finding = _finding(
                work,
                "CHR-STRANGER",
                f"Chapter {chapter.address} has people that the plan does not know:"
                f" {', '.join(unknown)}.",
                chapter.title,
                "Add them to `people`, or call them as they are called there.",
            )
            yield replace(finding, severity=Severity.ADVISE)


def _first(name: str) -> str:
    """The first name; empty where there is none: the Widow, Mrs Rook, Ansel's mother."""
    words = name.replace(".", " ").split()
    bare = [*dropwhile(lambda word: word.casefold() in _words()["titles"], words)]
    has_none = not bare or (len(bare) == 1 and bare != words) or OF_SOMEBODY.search(name)
    if has_none or bare[0].casefold() in _words()["articles"]:
        return ""
    found = NAME.match(bare[0])
    return found[0] if found and not found[0].islower() else ""


def _names(name: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def _finding(work: Work, code: str, message: str, quote: str, hint: str) -> Finding:
    return Finding(code, Severity.REVISE, work.path, message, quote, hint)


@cache
def _words() -> Mapping[str, Sequence[str]]:
    return word_list(__file__, "namesakes.toml")
