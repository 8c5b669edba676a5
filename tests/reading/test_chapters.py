"""How far each planned chapter is, as its instructions have ended."""

import pytest

from l2mac_write.findings import Finding, Severity
from l2mac_write.instructions import Outcome, Registry, Status
from l2mac_write.machine.expanding import instructions
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.reading.chapters import chapter_states
from l2mac_write.store.folder import BookFolder
from tests.machine.machines import BRIEF, program

CHAPTERS = tuple(ChapterPlan(n, "A", "g", 300, after=(), id=f"a-{n}") for n in (1, 2))
PLAN = Plan("T", "P", "", (), CHAPTERS)
COPIED = Finding("NAR-DUP", Severity.BLOCK, "chapters/02-a.md", "It is a copy.")


def status(folder, *outcomes):
    """Of the second chapter, which was written without the first."""
    registry = Registry(instructions(program(), PLAN, BRIEF), {o.instruction: o for o in outcomes})
    return chapter_states(folder, PLAN, registry)[1].status


def named(step):
    """The instruction of that step for the second chapter."""
    return next(
        i.id for i in instructions(program(), PLAN, BRIEF) if (i.step, i.chapter) == (step, 2)
    )


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((), Status.WAITING),
        ((Outcome(named("chapter")),), Status.DONE),
        ((Outcome(named("chapter")), Outcome(named("joint"))), Status.DONE),
        ((Outcome(named("chapter")), Outcome(named("joint"), (COPIED,))), Status.FLAWED),
        ((Outcome(named("chapter"), (COPIED,)), Outcome(named("joint"))), Status.FLAWED),
    ],
)
def test_a_chapter_is_flawed_if_any_step_left_something_that_blocks(tmp_path, outcomes, expected):
    with BookFolder.create(tmp_path / "book") as folder:
        assert status(folder, *outcomes) is expected
