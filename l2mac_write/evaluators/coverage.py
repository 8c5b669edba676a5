"""Does the plan answer what was asked for, and does each chapter do something of its own?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

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
    bags = [frozenset(WORD.findall(chapter.goal.casefold())) for chapter in chapters]
    for here, there in sorted(_perhaps_alike(bags)):
        one, other = chapters[here], chapters[there]
        fewest = min(len(bags[here]), len(bags[there]))
        if len(bags[here] & bags[there]) >= ALIKE * fewest:
            yield Finding(
                code="PLT-TWIN",
                severity=Severity.REVISE,
                path=work.path,
                message=f"Chapters {one.address} and {other.address} are to do the same: {other.goal}",
                quote=other.title,
                hint="Give one of them something else to change, or the book has one chapter twice.",
            )


def _perhaps_alike(bags: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    """All pairs that may share so many words: they share one of the rarest of the shorter one."""
    long = {number: bag for number, bag in enumerate(bags) if len(bag) >= FEWEST}
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, bag in long.items():
        for word in bag:
            having[word].append(number)
    pairs: set[tuple[int, int]] = set()
    for number, bag in long.items():
        rarest_first = sorted(bag, key=lambda word: (len(having[word]), word))
        for word in rarest_first[: len(bag) - ceil(ALIKE * len(bag)) + 1]:
            pairs.update((min(number, n), max(number, n)) for n in having[word] if n != number)
    return pairs
