"""Which chapters a person means by an order, and whether it can be carried out there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from l2mac_write.called import chapter_called
from l2mac_write.errors import UsageError
from l2mac_write.locks import of_whole
from l2mac_write.machine.scopes import allowed
from l2mac_write.orders import Order, Scope
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.reading.standing import follow_plan, locks_of, open_orders, plan_of
from l2mac_write.store.folder import BookFolder

RANGE = re.compile(r"(\d{1,4})\s*[-–]\s*(\d{1,4})")


def named(folder: BookFolder, names: Sequence[str]) -> tuple[ChapterPlan, ...]:
    """The chapters that a person means, each once; all that are written, where none is named."""
    plan, there = plan_of(folder), {*folder.paths()}
    written = [c for c in plan.chapters if c.path in there] if plan else []
    if not plan or not written:
        raise UsageError("the book has no chapter yet, so there is nothing to revise.")
    asked = [c for name in names for c in _called(plan, name)] if names else written
    if missing := [c for c in asked if c not in written]:
        raise UsageError(f"{missing[0].named} is not written yet.")
    return tuple(dict.fromkeys(asked))


def insist_on(orders: Sequence[Order], folder: BookFolder) -> tuple[Order, ...]:
    """Raises `UsageError` for an order that says nothing, or means words that are not there."""
    plan = plan_of(folder)
    locks = locks_of(folder, plan)
    for order in orders:
        if not order.instruction.strip():
            raise UsageError("the instruction is empty. Say in a sentence what is to become of it.")
        if plan and of_whole(locks, order.chapter):
            name = plan.called(order.chapter).named
            raise UsageError(
                f"{name} is locked: nobody changes it but you. `l2mac-write unlock` takes the lock"
                " away."
            )
        if plan and order.quote:
            chapter = plan.called(order.chapter)
            _insist_on_quote(order, folder.read(chapter.path), chapter.named)
    return tuple(orders)


def _insist_on_quote(order: Order, text: str, name: str) -> None:
    """The words must be there also where the order is for the whole chapter."""
    try:
        allowed(text, replace(order, scope=Scope.PARAGRAPH))
    except UsageError as error:
        raise UsageError(f"{error} ({name})") from error


def chapters_of(folder: BookFolder, names: Iterable[str | int]) -> set[str]:
    """The ids of these chapters; without any, of all for which there is an order."""
    follow_plan(folder)
    asked = [str(name) for name in names]
    return (
        {c.id for c in named(folder, asked)} if asked else {o.chapter for o in open_orders(folder)}
    )


def _called(plan: Plan, name: str) -> tuple[ChapterPlan, ...]:
    limits = RANGE.fullmatch(name.strip())
    if not limits:
        return (chapter_called(plan, name),)
    first, last = (chapter_called(plan, number).number for number in limits.groups())
    if first > last:
        raise UsageError(f"`{name}` runs backwards. Say `{last}-{first}`.")
    return plan.chapters[first - 1 : last]
