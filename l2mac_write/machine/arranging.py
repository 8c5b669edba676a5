"""After a change of plan: where what is written already belongs now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from l2mac_write.instructions import Instruction, Move, Outcome, Registry
from l2mac_write.machine.following import current
from l2mac_write.machine.texts import text_of
from l2mac_write.plan import Plan
from l2mac_write.ports import FileStore, Journal
from l2mac_write.text.headings import body, headed

REMOVED = "removed"
"""Keeps what belongs to no chapter of the plan any more; no agent ever sees it."""


def arranged(
    instructions: tuple[Instruction, ...], plan: Plan | None, store: FileStore, journal: Journal
) -> Registry:
    """How far these are; what the plan has moved is where it belongs from then on.

    What was made from a text that has changed since waits again, and what was finished before its
    turn does not let others pass.
    """
    if plan:
        move(instructions, plan, store, journal)
    return current(Registry(instructions, journal.outcomes()), store).in_turn


def move(
    instructions: tuple[Instruction, ...], plan: Plan, store: FileStore, journal: Journal
) -> None:
    """Puts what the plan has moved where it belongs from then on."""
    if moved := tuple(moves(Registry(instructions, journal.outcomes()), plan, store)):
        journal.rearrange(moved)


def moves(registry: Registry, plan: Plan, store: FileStore) -> Iterator[Move]:
    """The texts of chapters that the plan has moved, renamed, taken out or taken back."""
    now = {i.id: i for i in registry.instructions}
    for outcome in registry.outcomes.values():
        target = _target(outcome, now)
        if outcome.writes and target != outcome.writes:
            text = text_of(store, outcome.writes)
            title = _title(now, outcome, plan)
            yield Move(
                outcome.instruction,
                outcome.writes,
                target,
                headed(title, body(text)) if title and text else text,
            )


def _target(outcome: Outcome, now: Mapping[str, Instruction]) -> str:
    here = now.get(outcome.instruction)
    return here.writes if here else f"{REMOVED}/{outcome.instruction}.md"


def _title(now: Mapping[str, Instruction], outcome: Outcome, plan: Plan) -> str:
    """The title line that the moved text gets; empty for what is no chapter of the plan."""
    here = now.get(outcome.instruction)
    chapter = plan.chapter(here.chapter) if here and here.chapter else None
    return chapter.title if here and chapter and here.writes == chapter.path else ""
