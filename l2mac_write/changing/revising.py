"""Chapters that are there are changed as somebody orders: proposed first, then taken in or turned down."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.asking import asked_of_a_run
from l2mac_write.changing.addressing import chapters_of, insist_on, named
from l2mac_write.changing.proposals import Proposal, proposals, waiting
from l2mac_write.events import Listener, nobody
from l2mac_write.history.comparing import Kind, compared
from l2mac_write.machine import errands
from l2mac_write.orders import REVISE, Order, dump, list_of, place_of
from l2mac_write.ports import LLM
from l2mac_write.reading.standing import follow_plan, locks_of, open_orders, plan_of
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Version
from l2mac_write.text.characters import in_one_line

NUMBER = re.compile(r"revisions/(\d+)/")
LONGEST = 200
MOST_SHOWN = 12
"""Passages of a proposal that was turned down, each by its first words."""


def revise(
    root: Path | str,
    names: Iterable[str | int],
    order: Order,
    *,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> tuple[Proposal, ...]:
    """What could become of these chapters; nothing of the book changes before `accept`.

    `names` are their numbers, titles, files or ranges (`3-5`); without any, all that are written
    are meant. `settings` hold for this run: model, budget (of the whole book), parallel. Typed
    again, what was carried out already is only read.
    """
    with closing(BookFolder.open(Path(root))) as folder:
        follow_plan(folder)
        chapters = named(folder, [str(name) for name in names])
        orders = insist_on([replace(order, chapter=c.id) for c in chapters], folder)
        return propose(folder, orders, *able(folder, settings, tell), tell)


def carried_out(
    root: Path | str,
    orders: Sequence[Order],
    *,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> tuple[Proposal, ...]:
    """What could become of the chapters by these orders; without any, no model is asked."""
    if not orders:
        return ()
    with closing(BookFolder.open(Path(root))) as folder:
        follow_plan(folder)
        return propose(folder, insist_on(orders, folder), *able(folder, settings, tell), tell)


def go_on(
    root: Path | str,
    names: Iterable[str | int] = (),
    *,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> tuple[Proposal, ...]:
    """The proposals for these chapters that are open, once what waits for them is carried out.

    Without `names`, for all chapters.
    """
    with closing(BookFolder.open(Path(root))) as folder:
        chosen = chapters_of(folder, names)
        if left := [order for order in waiting(folder) if order.chapter in chosen]:
            carry_out(folder, left, *able(folder, settings, tell), tell)
        return tuple(p for p in proposals(folder) if p.order.chapter in chosen)


def again(
    root: Path | str,
    proposal: Proposal,
    remark: str,
    *,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> tuple[Proposal, ...]:
    """Another proposal in the place of this one, by an editor who hears what a person says to it."""
    with closing(BookFolder.open(Path(root))) as folder:
        made = able(folder, settings, tell)
        reject(folder, proposal)
        return propose(folder, (try_again(proposal, remark),), *made, tell)


def take_in(root: Path | str, proposal: Proposal) -> Version:
    """`accept` for a book that nobody holds open."""
    with closing(BookFolder.open(Path(root))) as folder:
        return accept(folder, proposal)


def turn_down(root: Path | str, proposal: Proposal) -> None:
    """`reject` for a book that nobody holds open."""
    with closing(BookFolder.open(Path(root))) as folder:
        reject(folder, proposal)


def still_open(root: Path | str, names: Iterable[str | int] = ()) -> tuple[Proposal, ...]:
    """The proposals for these chapters that are open; orders that have none are given up."""
    with closing(BookFolder.open(Path(root))) as folder:
        chosen = chapters_of(folder, names)
        found = tuple(p for p in proposals(folder) if p.order.chapter in chosen)
        proposed = {proposal.order.id for proposal in found}
        for order in open_orders(folder):
            if order.chapter in chosen and order.id not in proposed:
                give_up(folder, order)
        return found


def propose(
    folder: BookFolder, orders: Iterable[Order], settings: Settings, model: LLM, tell: Listener
) -> tuple[Proposal, ...]:
    """Has these carried out, with any model; it is let go of however this ends.

    Orders that are open already are not given twice. What has a proposal keeps it.
    """
    kept = keep(folder, orders)
    carry_out(folder, kept, settings, model, tell)
    asked = {order.id for order in kept}
    return tuple(p for p in proposals(folder) if p.order.id in asked)


def carry_out(
    folder: BookFolder, orders: Sequence[Order], settings: Settings, model: LLM, tell: Listener
) -> None:
    """As far as they wait; an order that is stopped half-way waits on, and pays for nothing twice."""
    left = {order.id for order in waiting(folder)}
    with wiring.running(model, tell) as voice:
        unit = wiring.editor(settings, folder, model, voice)
        errands.revise(unit, (order for order in orders if order.id in left))


def keep(folder: BookFolder, orders: Iterable[Order]) -> tuple[Order, ...]:
    """The same with their places in a revision of their own, or those where they are open already."""
    known = {replace(order, revision=0, number=0): order for order in open_orders(folder)}
    asked = tuple(dict.fromkeys(replace(o, revision=0, number=0) for o in orders))
    revision = next_revision(folder)
    fresh = [order for order in asked if order not in known]
    placed = {
        order: replace(order, revision=revision, number=number)
        for number, order in enumerate(fresh, start=1)
    }
    if placed:
        why = f"{REVISE} {revision}: {in_one_line(fresh[0].instruction)[:LONGEST]}"
        folder.decide({list_of(revision): dump(placed.values())}, why)
    return tuple(known.get(order) or placed[order] for order in asked)


def accept(folder: BookFolder, proposal: Proposal) -> Version:
    """The chapter becomes what is proposed, as a new version; what a person has changed since stays.

    Raises `UsageError`, and changes nothing, where that is in the way.
    """
    path, order = proposal.chapter.path, proposal.order
    now = folder.versions(path)[-1]
    locks = locks_of(folder, plan_of(folder))
    proposal = replace(proposal, now=folder.text(now), locks=locks)
    folder.revise(now, proposal.text, said_of(order), _settled(folder, order))
    return folder.versions(path)[-1]


def reject(folder: BookFolder, proposal: Proposal) -> None:
    """Its text is an earlier version of a file that is gone; the chapter stays as it is."""
    order = proposal.order
    folder.decide(_settled(folder, order), f"{said_of(order)} (turned down)")


def give_up(folder: BookFolder, order: Order) -> None:
    """For an order that nobody has carried out, and that is not wanted any more."""
    folder.decide(_settled(folder, order), f"{said_of(order)} (given up)")


def try_again(proposal: Proposal, remark: str = "") -> Order:
    """The same order once more, for whoever hears what a person says to this proposal."""
    said = remark.strip() or "; ".join(proposal.regressions) or "it was not wanted like that"
    remarks = (*proposal.order.remarks, f"{said} {_as_it_was(proposal)}".strip())
    return replace(proposal.order, remarks=remarks, revision=0, number=0)


def _as_it_was(proposal: Proposal) -> str:
    """What was proposed, for an editor who was not there."""
    changed = (p for p in compared(proposal.before or "", proposal.after) if p.is_changed)
    texts = (in_one_line(p.text(Kind.REMOVED))[:LONGEST] for p in changed)
    quoted = " / ".join(f"“{text}”" for text in islice(filter(None, texts), MOST_SHOWN))
    return f"(What you proposed read: {quoted})" if quoted else ""


def said_of(order: Order) -> str:
    """What a version says of the order that it comes from."""
    said = in_one_line(order.instruction)
    short = said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
    return f"{place_of(order.id)}: {short}"


def next_revision(folder: BookFolder) -> int:
    """A number that no revision has ever had."""
    return 1 + max((*_numbers(folder),), default=0)


def able(
    folder: BookFolder, flags: Mapping[str, str | float | None], tell: Listener
) -> tuple[Settings, LLM]:
    wanted = asked_of_a_run(folder, flags)
    wanted = replace(wanted, model=wiring.model_named(wanted.model, os.environ), approve=False)
    return wanted, wiring.able(wanted, os.environ, tell)


def _numbers(folder: BookFolder) -> Iterator[int]:
    """Of all revisions that there ever were."""
    for version in folder.every_version():
        if found := NUMBER.match(version.path):
            yield int(found[1])


def _settled(folder: BookFolder, order: Order) -> dict[str, str | None]:
    """What is left of an order that is decided: nothing, but in the history."""
    place = list_of(order.revision)
    rest = [o for o in open_orders(folder) if o.revision == order.revision and o.id != order.id]
    there = {*folder.paths()}
    gone = {path: None for path in (order.path, order.record) if path in there}
    return {**gone, **({place: dump(rest) if rest else None} if place in there else {})}
