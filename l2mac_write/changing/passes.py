"""A pass over a whole book: a wish becomes one work order a chapter, shown with its cost before it is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.beforehand.estimating import AT_MOST, LIKELY, Supposed, begun, charged
from l2mac_write.beforehand.foretold import Foretold
from l2mac_write.changing.addressing import named
from l2mac_write.changing.revising import able, next_revision
from l2mac_write.errors import AnswerRefused, UsageError
from l2mac_write.events import Listener, nobody
from l2mac_write.llm.standin import ANY, StandIn, Target, tokens
from l2mac_write.machine import errands
from l2mac_write.messages import Usage
from l2mac_write.orders import Order, list_of, load
from l2mac_write.ports import LLM
from l2mac_write.reading.standing import follow_plan, open_orders, plan_of
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.spending import Spend, by_instruction

EDITED = 0.25
"""Of a chapter's words, those that its edits quote and write, as far as anybody knows beforehand."""
JUDGES, VERDICT = 2, 200
"""Judges who compare the texts, and the tokens of what one of them says."""
MOST_DRAFTS = 4


@dataclass(frozen=True, slots=True)
class Shared:
    """The orders that a wish has come to, and what they may cost."""

    orders: tuple[Order, ...]
    foretold: Foretold


def share_out(
    root: Path, wish: str, *, tell: Listener = nobody, **settings: str | float | None
) -> Shared:
    """One order for each chapter that has to change for it; they are kept, and wait.

    Nothing is paid twice: orders that are open already for that wish are given back. Raises
    `UsageError` for an empty wish, or a book without a chapter.
    """
    if not wish.strip():
        raise UsageError("the instruction is empty. Say in a sentence what is to become of it.")
    with closing(BookFolder.open(root)) as folder:
        follow_plan(folder)
        named(folder, ())
        wanted, model = able(folder, settings, tell)
        orders = _open(folder, wish) or _shared_out(folder, wish, wanted, model, tell)
        target = wiring.target_of(model)
        return Shared(orders, forecast(folder, orders, wanted, target))


def drop(root: Path, orders: Sequence[Order]) -> None:
    """They are not wanted: nothing is left of them but in the history."""
    with closing(BookFolder.open(root)) as folder:
        lists = dict.fromkeys(list_of(order.revision) for order in orders)
        folder.decide(dict.fromkeys(lists, None), "orders turned down")


def forecast(
    folder: BookFolder, orders: Sequence[Order], settings: Settings, target: Target
) -> Foretold:
    """What it takes to carry out these orders.

    What each editor is shown is known, it is rehearsed in memory; what is answered is supposed.
    At most a chapter is written anew, as often as it may be sent back; judges read both texts.
    """
    plan = plan_of(folder)
    if not plan or target.price(ANY) is None:
        return Foretold(len(orders), None, None)
    book, _ = begun(folder)
    errands.revise(wiring.editor(settings, book, StandIn(target), nobody), orders)
    spends = {spend.instruction: spend for spend in by_instruction(book.spend())}
    sizes = {o.id: tokens(len(folder.read(plan.called(o.chapter).path))) for o in orders}
    shown = [(spends[name], size) for name, size in sizes.items() if name in spends]
    likely, at_most = (
        target.cost(call for one in shown for call in _calls(*one, how))
        for how in (LIKELY, AT_MOST)
    )
    return Foretold(len(orders), likely, at_most)


def _calls(rehearsed: Spend, size: int, how: Supposed) -> Iterator[tuple[float, Usage]]:
    """For one order, by what the editor of that chapter was shown when it was rehearsed."""
    is_likely = how is LIKELY
    prompt = rehearsed.usage.prompt // max(1, rehearsed.calls)
    answer = round(size * (EDITED if is_likely else 1))
    yield 1 if is_likely else MOST_DRAFTS, charged(Usage(prompt, answer), how)
    yield JUDGES, charged(Usage(2 * size, VERDICT), how)


def _open(folder: BookFolder, wish: str) -> tuple[Order, ...]:
    """Those of that wish that nobody has decided on."""
    return tuple(order for order in open_orders(folder) if order.reason == wish.strip())


def _shared_out(
    folder: BookFolder, wish: str, settings: Settings, model: LLM, tell: Listener
) -> tuple[Order, ...]:
    order = Order(instruction=wish.strip(), revision=next_revision(folder))
    with wiring.running(model, tell) as voice:
        try:
            errands.assign(wiring.editor(settings, folder, model, voice), order)
        except AnswerRefused as error:
            raise UsageError(
                f"{error} Say it in other words, or revise chapter by chapter."
            ) from error
    there = list_of(order.revision)
    return load(folder.read(there), there) if there in folder.paths() else ()
