"""What the machine is sent for where a book is there: to judge it, to change it, to read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from l2mac_write.instructions import Instruction, Registry
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.expanding import assigning, instructions, ordered, reviewing
from l2mac_write.machine.following import current
from l2mac_write.machine.program import JUDGED
from l2mac_write.orders import Order
from l2mac_write.plan import ChapterPlan


def judge(unit: ControlUnit, *, anew: bool = False) -> Registry:
    """Have the chapters judged that were not, as they are now, or all of them `anew`.

    A run passes those over that a person has brought along: here they are judged.

    Nothing is written but what is noted of them, nothing is moved, and nobody mends.
    """
    todo = judgeable(unit)
    judges = {i.id for i in todo if unit.program.step(i.step).draft == JUDGED}
    registry = current(Registry(todo, unit.journal.outcomes()), unit.store)
    passed = {name for name, outcome in registry.outcomes.items() if not outcome.writes}
    again = judges if anew else judges & passed
    return unit.finish(Registry(todo, registry.without(again).outcomes))


def revise(unit: ControlUnit, orders: Iterable[Order]) -> Registry:
    """Have these carried out, as far as they are not: what comes of them changes no chapter."""
    plan = unit.plan()
    todo = tuple(ordered(order, plan) for order in orders) if plan else ()
    return unit.finish(Registry(todo, unit.journal.outcomes()))


def assign(unit: ControlUnit, wish: Order) -> Registry:
    """Have the work of a wish for the whole book shared out."""
    return unit.finish(Registry((assigning(wish),), unit.journal.outcomes()))


def review(
    unit: ControlUnit, chapters: Iterable[ChapterPlan], *, again: Collection[str] = ()
) -> Registry:
    """Have these read by an editor, but for those that were read as they are now.

    Those whose instructions are named are read `again`. No chapter is changed by it.
    """
    todo = tuple(map(reviewing, chapters))
    registry = current(Registry(todo, unit.journal.outcomes()), unit.store)
    return unit.finish(Registry(todo, registry.without(again).outcomes))


def judgeable(unit: ControlUnit) -> tuple[Instruction, ...]:
    """What judges chapters that are there, each after all that is noted of any of them."""
    plan, steps = unit.plan(), {step.id: step for step in unit.program.steps}
    judges = {name for name, step in steps.items() if step.draft == JUDGED}
    before = {other for name in judges for other in steps[name].after if steps[other].follows}
    there = {*unit.store.paths()}
    todo = [i for i in instructions(unit.program, plan, unit.brief) if there.issuperset(i.follows)]
    noted = tuple(i.id for i in todo if i.step in before)
    chosen = [i for i in todo if i.step in before | judges]
    return tuple(replace(i, after=noted if i.step in judges else ()) for i in chosen)
