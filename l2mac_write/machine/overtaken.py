"""What a program has nothing to do for any more where the chapters were there before their plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from l2mac_write.instructions import Instruction, Outcome
from l2mac_write.machine.program import JUDGED, READ, Program, Step
from l2mac_write.plan import PLAN


def overtaken(
    instructions: Sequence[Instruction], program: Program, there: Collection[str]
) -> Iterator[Outcome]:
    """The ends of all that is behind a book whose texts `there` are a person's own.

    Nothing plans, judges or mends what they wrote; what tells of it, such as a summary, is to come.
    """
    steps = {step.id: step for step in program.steps}
    written = {i.chapter for i in instructions if steps[i.step].is_chapter and i.writes in there}
    before = {step.id for step in _until_the_plan(program)}
    for i in instructions:
        step = steps[i.step]
        if i.writes in there and not step.mends:
            yield Outcome(i.id, writes=i.writes)
        elif step.id in before or (i.chapter in written and not _tells(step)):
            yield Outcome(i.id)


def _until_the_plan(program: Program) -> Iterator[Step]:
    for step in program.steps:
        yield step
        if step.writes == PLAN:
            return


def _tells(step: Step) -> bool:
    """Whether it says what a text that is there holds."""
    return step.draft == READ or (bool(step.follows) and step.draft != JUDGED)
