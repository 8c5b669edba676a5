"""What a change of one chapter makes false in others is put right there: as orders to change them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from l2mac_write.changing.proposals import Proposal
from l2mac_write.changing.revising import carried_out
from l2mac_write.events import Listener, nobody
from l2mac_write.history.altering import Altered, what
from l2mac_write.history.impacts import Impact, Impacts, Reliance, impact, impact_of_text
from l2mac_write.ledger.rows import Fact
from l2mac_write.orders import Order, Scope
from l2mac_write.plan import ChapterPlan
from l2mac_write.reading.standing import plan_of
from l2mac_write.store.folder import BookFolder

MOST_QUOTED = 8
"""Sentences of one chapter that an order names; a fact that more of them say is found by the editor."""


def propagate(
    root: Path, chapter: str, *, tell: Listener = nobody, **settings: str | float | None
) -> tuple[Proposal, ...]:
    """What could become of the chapters that rely on what the last change of this one made false."""
    orders = orders_from(impact(root, chapter))
    return carried_out(root, orders, tell=tell, **settings)


def propagate_proposed(
    root: Path, proposal: Proposal, *, tell: Listener = nobody, **settings: str | float | None
) -> tuple[Proposal, ...]:
    """The same for a change that is only proposed yet."""
    with closing(BookFolder.read_only(root)) as folder:
        plan = plan_of(folder)
        found = impact_of_text(folder, plan, proposal.chapter, proposal.text) if plan else None
    return carried_out(root, orders_from(found) if found else (), tell=tell, **settings)


def orders_from(found: Impacts) -> tuple[Order, ...]:
    """One for each chapter that relies on any of it, in the order of the book."""
    home, touched = found.chapter, defaultdict[int, list[tuple[Impact, Reliance]]](list)
    for one in found.impacts:
        for reliance in one.reliances:
            touched[reliance.chapter.number].append((one, reliance))
    return tuple(_order(home, touched[number]) for number in sorted(touched)) if home else ()


def _order(home: ChapterPlan, touched: Sequence[tuple[Impact, Reliance]]) -> Order:
    """Where a single paragraph says it, nothing else may change."""
    chapter = touched[0][1].chapter
    mentions = [mention for _, reliance in touched for mention in reliance.mentions]
    is_one = len({mention.paragraph for mention in mentions}) == 1
    return Order(
        chapter=chapter.id,
        instruction="\n".join(_said(home, touched)),
        scope=Scope.PARAGRAPH if is_one else Scope.CHAPTER,
        quote=mentions[0].quote if is_one else "",
        reason=f"{home.named} has changed",
    )


def _said(home: ChapterPlan, touched: Iterable[tuple[Impact, Reliance]]) -> Iterator[str]:
    yield f"Make it agree with {home.named} by as little as will do."
    for one, reliance in touched:
        yield f"There: {_change(one.altered)}"
        yield "Here it still says:"
        yield from (f"- “{mention.quote}”" for mention in reliance.mentions[:MOST_QUOTED])


def _change(change: Altered) -> str:
    new = change.new.value if isinstance(change.new, Fact) else ""
    value = f", now `{new}`" if new else ""
    now = f"It says now: “{change.now}”" if change.now else "That is gone now."
    return f"{what(change.row)}{value}. It said: “{change.row.quote}” {now}"
