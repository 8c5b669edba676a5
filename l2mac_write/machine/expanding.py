"""A program and a plan become instructions: one for each step and each thing it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from l2mac_write.book import Brief
from l2mac_write.instructions import Instruction
from l2mac_write.machine.conditions import Case, holds
from l2mac_write.machine.critiques import REVIEW, review_of
from l2mac_write.machine.program import EACH_BEAT, EACH_PART, Program, Step
from l2mac_write.machine.subjects import (
    BOOK,
    DEPTHS,
    Subject,
    all_before,
    inside,
    previous,
    subject_of,
    subjects,
)
from l2mac_write.orders import ASSIGN, REVISE, Order, list_of, shared_out
from l2mac_write.plan import PLAN, ChapterPlan, Plan


def instructions(program: Program, plan: Plan | None, brief: Brief) -> tuple[Instruction, ...]:
    """Every instruction in the order of the book; only those up to the plan while there is none.

    What waits for one whose conditions do not hold waits for what that one would have waited for.
    Those that change the plan do it one after the other.
    """
    if plan is None:
        return tuple(_instruction(program, None, s, BOOK) for s in _until_the_plan(program))
    every: dict[str, Instruction] = {}
    absent: set[str] = set()
    last: dict[str, str] = {}
    for step, subject in _in_order(program.steps, plan, BOOK):
        instruction = _instruction(program, plan, step, subject)
        if not holds(step.when, Case(brief, plan, subject.chapter)):
            absent.add(instruction.id)
        elif step.together or step.replans:
            before = (last[step.id],) if step.id in last else ()
            instruction = replace(instruction, after=(*before, *instruction.after))
            last[step.id] = instruction.id
        every[instruction.id] = instruction
    return tuple(_waiting(every, absent)) if absent else tuple(every.values())


def places(program: Program, plan: Plan, brief: Brief) -> Iterator[Instruction]:
    """The same, but none knows what it waits for and follows from: only where its text belongs."""
    for step, subject in _in_order(program.steps, plan, BOOK):
        if holds(step.when, Case(brief, plan, subject.chapter)):
            yield _place(step, subject)


def ordered(order: Order, plan: Plan) -> Instruction:
    """The instruction that carries out an order; it follows from the chapter as it is then."""
    chapter = plan.called(order.chapter)
    return Instruction(
        id=order.id,
        step=REVISE,
        writes=order.path,
        chapter=chapter.number,
        subject=chapter.id,
        part=chapter.part,
        follows=(chapter.path,),
        order=order,
    )


def assigning(wish: Order) -> Instruction:
    """The instruction that makes orders of it, one for each chapter that has to change."""
    return Instruction(shared_out(wish), ASSIGN, list_of(wish.revision), order=wish)


def reviewing(chapter: ChapterPlan) -> Instruction:
    """The instruction that has a chapter read by an editor; it follows from its text as it is then."""
    return Instruction(
        id=f"{REVIEW}/{chapter.id}",
        step=REVIEW,
        writes=review_of(chapter.id),
        chapter=chapter.number,
        subject=chapter.id,
        part=chapter.part,
        follows=(chapter.path,),
    )


def paths_of(plan: Plan, step: Step, reader: Instruction) -> Iterator[str]:
    """The files that an instruction sees of a step: of its own step only those before its own."""
    within = subject_of(plan, reader)
    is_own = step.id == reader.step
    found = all_before(plan, within) if is_own else subjects(step.for_each, plan, within)
    return (_writes(step, subject) for subject in found)


def drafts(program: Program, plan: Plan) -> Iterator[str]:
    """All files of steps for beats and parts, which nobody sees whom `reads` does not show them."""
    for step in program.steps:
        if step.for_each in {EACH_BEAT, EACH_PART}:
            yield from (_writes(step, s) for s in subjects(step.for_each, plan, BOOK))


def _until_the_plan(program: Program) -> Iterator[Step]:
    for step in program.steps:
        yield step
        if step.writes == PLAN:
            return


def _in_order(steps: Iterable[Step], plan: Plan, within: Subject) -> Iterator[tuple[Step, Subject]]:
    """Steps for the same chapters, one after the other in the file, go chapter by chapter."""
    is_no_part = within.each == EACH_PART and not within.part
    for (deeper, together), group in groupby(steps, key=lambda step: _kind(step, within)):
        alike = [*group]
        if together:
            yield from ((step, s) for step in alike for s in _subjects_of(step, plan, within))
        elif deeper:
            for subject in inside(plan, within):
                yield from _in_order(alike, plan, subject)
        elif not is_no_part:
            yield from ((step, within) for step in alike)


def _kind(step: Step, within: Subject) -> tuple[bool, bool]:
    return DEPTHS[step.for_each] > within.depth, step.together


def _subjects_of(step: Step, plan: Plan | None, within: Subject) -> Iterator[Subject]:
    """What it is done for within this one; a step that is `together` only where it is needed."""
    found = subjects(step.for_each, plan, within)
    if not step.together or not plan:
        yield from found
    elif apart := {chapter.id for chapter in plan.apart}:
        yield from (s for s in found if not s.chapter or s.chapter.id in apart)


def _instruction(program: Program, plan: Plan | None, step: Step, subject: Subject) -> Instruction:
    return replace(
        _place(step, subject),
        after=tuple(dict.fromkeys(_waits(program, plan, step, BOOK if step.together else subject))),
        follows=tuple(_texts(program, plan, step, subject)),
    )


def _place(step: Step, subject: Subject) -> Instruction:
    return Instruction(
        id=_name(step.id, subject),
        step=step.id,
        writes=_writes(step, subject),
        chapter=subject.chapter.number if subject.chapter else 0,
        subject=subject.chapter.id if subject.chapter else "",
        part=subject.part,
        beat=subject.beat,
    )


def _waits(program: Program, plan: Plan | None, step: Step, subject: Subject) -> Iterator[str]:
    for name in step.after:
        others = _named(program, plan, name, subject)
        # a chapter without beats waits for what its beats would have waited for
        yield from others or _waits(program, plan, program.step(name), subject)
    for name in step.after_previous:
        before = previous(program.step(name).for_each, plan, subject)
        yield from (_name(name, other) for other in before)


def _texts(program: Program, plan: Plan | None, step: Step, subject: Subject) -> Iterator[str]:
    """The files from which it follows what the step has to say."""
    for other in map(program.step, step.follows):
        yield from (_writes(other, s) for s in subjects(other.for_each, plan, subject))


def _named(program: Program, plan: Plan | None, name: str, subject: Subject) -> list[str]:
    return [_name(name, other) for other in _subjects_of(program.step(name), plan, subject)]


def _writes(step: Step, subject: Subject) -> str:
    chapter = subject.chapter
    return step.writes.format(
        chapter=chapter.path if chapter else "",
        number=f"{chapter.number:02d}" if chapter else "",
        part=f"{subject.part:02d}",
        beat=f"{subject.beat:02d}",
    )


def _name(step: str, subject: Subject) -> str:
    chapter = (subject.chapter.id,) if subject.chapter else ()
    number = subject.beat if chapter else subject.part
    return "/".join((step, *chapter, *((f"{number:02d}",) if number else ())))


def _waiting(every: Mapping[str, Instruction], absent: set[str]) -> Iterator[Instruction]:
    def there(names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if name in absent:
                yield from there(every[name].after)
            else:
                yield name

    for i in every.values():
        if i.id not in absent:
            yield replace(i, after=tuple(dict.fromkeys(there(i.after))))
