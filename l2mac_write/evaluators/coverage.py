"""Does the plan answer what was asked for, and does each chapter do something of its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.plan_file import load

WORD = re.compile(r"\w+")
FEWEST = 6
"""Words that say what a chapter is for; fewer may be alike by chance."""
ALIKE = 0.8
"""Share of the words of the shorter of two goals that the other one has too."""


def judge(work: Work) -> tuple[Finding, ...]:
    try:
        plan = load(work.text)
    except UsageError:
        return ()
    return (*_uncovered(work, plan), *_twins(work, plan.chapters))


def _uncovered(work: Work, plan: Plan) -> Iterator[Finding]:
    """A dedication needs no chapter: for each thing in `matter` one wish may be left over."""
    wishes = enumerate(plan.requirements, start=1)
    left = [(number, wish) for number, wish in wishes if not plan.covering(number)]
    for number, wish in left if len(left) > len(plan.matter) else ():
        yield Finding(
            code="PLT-COVER",
            severity=Severity.REVISE,
            path=work.path,
            message=f"No chapter covers what is asked for under {number}: {wish}",
            hint=f"Let a chapter's goal and beats answer it, and add {number} to its `covers`.",
        )


def _twins(work: Work, chapters: Sequence[ChapterPlan]) -> Iterator[Finding]:
    bags = {c.number: frozenset(WORD.findall(c.goal.casefold())) for c in chapters}
    for one, other in combinations(chapters, 2):
        here, there = bags[one.number], bags[other.number]
        fewest = min(len(here), len(there))
        if fewest >= FEWEST and len(here & there) >= ALIKE * fewest:
            yield Finding(
                code="PLT-TWIN",
                severity=Severity.REVISE,
                path=work.path,
                message=f"Chapters {one.number} and {other.number} are to do the same: {other.goal}",
                quote=other.title,
                hint="Give one of them something else to change, or the book has one chapter twice.",
            )
