"""Can the steps of a program that judge chapters, and mend them then, find what they need?"""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.machine.program import EACH_CHAPTER, JUDGED, Program, Step
from l2mac_write.machine.program_slots import Flaw

PAGE = "notes/judged/{number}.toml"
"""Where what judges say of a chapter is looked for."""


def judgeless(program: Program, number: int, step: Step) -> Iterator[Flaw]:
    is_for_chapters, here = step.for_each == EACH_CHAPTER, ("step", number, "draft")
    if step.draft == JUDGED and not (is_for_chapters and step.writes == PAGE):
        why = f'`draft = "{JUDGED}"` and `writes = "{PAGE}"` go together, for each chapter.'
        yield Flaw(f"step `{step.id}`: {why}", here)
    judges = [other.id for other in program.steps if other.draft == JUDGED]
    if step.amends and not (is_for_chapters and step.is_chapter and {*judges} & {*step.after}):
        why = "mends what judges say, so it writes `{chapter}`, for each chapter, and comes after"
        yield Flaw(f'step `{step.id}` {why} a step with `draft = "{JUDGED}"`.', here)
