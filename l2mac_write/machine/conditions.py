"""When is a step of a program carried out at all?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.book import Brief
from l2mac_write.plan import ChapterPlan, Plan

NOT = "!"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known when a program and a plan become instructions."""

    brief: Brief
    plan: Plan
    chapter: ChapterPlan | None = None

    @property
    def is_fiction(self) -> bool:
        return self.plan.fiction and self.brief.kind == "book"

    @property
    def is_neck(self) -> bool:
        """Whether all chapters before it are written, and none after it begun, when it is."""
        return self.number in self.plan.necks

    @property
    def number(self) -> int:
        return self.chapter.number if self.chapter else 0


CONDITIONS: Mapping[str, Callable[[Case], bool]] = {
    "asked.title": lambda case: bool(case.brief.title),
    "asked.author": lambda case: bool(case.brief.author),
    "asked.dedication": lambda case: "dedication" in case.plan.matter,
    "asked.preface": lambda case: "preface" in case.plan.matter,
    "asked.acknowledgements": lambda case: "acknowledgements" in case.plan.matter,
    "asked.glossary": lambda case: "glossary" in case.plan.matter,
    "asked.index": lambda case: "index" in case.plan.matter,
    "fiction": lambda case: case.is_fiction,
    "nonfiction": lambda case: not case.is_fiction,
    "people": lambda case: bool(case.plan.people),
    "places": lambda case: bool(case.plan.places),
    "terms": lambda case: bool(case.plan.terms),
    "parts": lambda case: bool(case.chapter.part if case.chapter else case.plan.parts),
    "chapters": lambda case: len(case.plan.chapters) > 1,
    "first": lambda case: case.number == 1,
    "last": lambda case: case.number == len(case.plan.chapters),
    "neck": lambda case: case.is_neck,
    "goal": lambda case: bool(case.chapter and case.chapter.goal),
    "beats": lambda case: bool(case.chapter and case.chapter.beats),
}
"""Each by its name in `program.toml`; a `!` before it turns it round."""

OF_A_CHAPTER = frozenset({"first", "last", "neck", "goal", "beats"})
"""Those that mean nothing but for a chapter, or for what is in one."""


def holds(when: Sequence[str], case: Case) -> bool:
    """Whether all the conditions do."""
    return all(CONDITIONS[name.removeprefix(NOT)](case) != name.startswith(NOT) for name in when)
