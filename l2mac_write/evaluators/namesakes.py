"""Can a reader keep the people of the plan apart, and have they names of their own?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import combinations

from l2mac_write.errors import UsageError
from l2mac_write.evaluators.spelling import look_alike
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.plan import Plan
from l2mac_write.plan_file import load

NAME = re.compile(r"[^\W\d_][^\W\d_'’-]{2,}")
TITLES = frozenset({"Doctor", "Captain", "Father", "Mother", "Sister", "Brother", "Madame", "Monsieur", "Mademoiselle", "Abbé", "Uncle", "Aunt", "Lady", "Lord", "Maître", "Frau", "Herr", "Fräulein", "Señor", "Señora", "Señorita", "Signor", "Signora", "Signorina", "Miss", "Mrs"})  # fmt: skip


def judge(work: Work) -> tuple[Finding, ...]:
    try:
        plan = load(work.text)
    except UsageError:
        return ()
    return (*_worn(work, plan), *_confusable(work, plan), *_strangers(work, plan))


def _worn(work: Work, plan: Plan) -> Iterator[Finding]:
    """The names that the person who asked for the book gave are that person's own."""
    for person in plan.people:
        worn = [w for w in worn_names() if re.search(rf"\b{re.escape(w)}\b", person.name)]
        if worn and worn[0].casefold() not in work.brief.casefold():
            yield _finding(
                work,
                "CHR-WORN",
                f"`{person.name}` is a name that machines always choose.",
                person.name,
                "Give them one that fits the place, the time and their family.",
            )


def _confusable(work: Work, plan: Plan) -> Iterator[Finding]:
    """Two first names that look alike; relatives may share what follows."""
    called = [(person.name, _first(person.name)) for person in plan.people]
    for (one, first), (other, second) in combinations(called, 2):
        asked = first in work.brief and second in work.brief
        if first and second and not asked and (first == second or look_alike(first, second)):
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
                f"Chapter {chapter.number} has people that the plan does not know:"
                f" {', '.join(unknown)}.",
                chapter.title,
                "Add them to `people`, or call them as they are called there.",
            )
            yield replace(finding, severity=Severity.ADVISE)


def _first(name: str) -> str:
    return next((part for part in NAME.findall(name) if part not in TITLES), "")


def _finding(work: Work, code: str, message: str, quote: str, hint: str) -> Finding:
    return Finding(code, Severity.REVISE, work.path, message, quote, hint)


@cache
def worn_names() -> Sequence[str]:
    file = resources.files(__package__) / "namesakes.toml"
    names: Sequence[str] = tomllib.loads(file.read_text("utf-8"))["worn"]
    return names
