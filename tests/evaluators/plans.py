"""Plans to judge: one without a flaw, and what the tests put into it."""

from __future__ import annotations

from dataclasses import replace

from l2mac_write.findings import Work
from l2mac_write.plan import ChapterPlan, Person, Plan
from l2mac_write.plan_writing import dump

GOALS = (
    "Ansel finds that the lower bank has moved by a whole acre in one night.",
    "His brother sells the boat and says nothing of it at the table.",
    "Water takes the bridge, and with it what either of them could have said.",
)


def chapter(number, **more):
    plain = ChapterPlan(number, f"Title {number}", GOALS[number - 1], 300, id=f"title-{number}")
    return replace(plain, **more)


def plan(*names, **more):
    chapters = tuple(chapter(number) for number in (1, 2, 3))
    people = tuple(Person(name, "a ferryman") for name in names)
    return replace(Plan("Two Banks", "Two men, one river.", "Plain.", people, chapters), **more)


def judged(judge, plan, brief="A tale of two ferrymen."):
    text = plan if isinstance(plan, str) else dump(plan)
    return list(judge(Work("plan.toml", text, 0, brief=brief)))
