"""How far each planned chapter is, and what it has cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.instructions import Registry, Status
from l2mac_write.orders import orders_for
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.spending import Spend, total

FREE = Spend()


@dataclass(frozen=True, slots=True)
class ChapterState:
    """A planned chapter as it stands; `words` is 0 until it is written.

    `number` is its place among all, `shown` the number that readers know it by, 0 without one.
    `spend` is for all that was done for it: its text, its summary, and their repairs.
    """

    number: int
    shown: int
    title: str
    path: str
    status: Status
    words: int
    target: int
    spend: Spend = FREE


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the planned chapters are; it is `finished` once no instruction waits any more."""

    chapters: tuple[ChapterState, ...]
    finished: bool


def progress(folder: BookFolder, plan: Plan | None, registry: Registry) -> Progress:
    return Progress(chapter_states(folder, plan, registry), registry.is_done)


def chapter_states(
    folder: BookFolder, plan: Plan | None, registry: Registry
) -> tuple[ChapterState, ...]:
    chapters = plan.chapters if plan else ()
    words = {version.path: version.words for version in folder.every_version()}
    spends, statuses = _spends(folder, chapters, registry), _statuses(registry)
    return tuple(
        ChapterState(
            number=chapter.number,
            shown=chapter.shown,
            title=chapter.title,
            path=chapter.path,
            status=statuses.get(chapter.path, Status.WAITING),
            words=words.get(chapter.path, 0),
            target=chapter.words,
            spend=total(spends[chapter.number]),
        )
        for chapter in chapters
    )


def _statuses(registry: Registry) -> dict[str, Status]:
    """Of each file: flawed if any instruction left it so, else what the first did."""
    found: dict[str, Status] = {}
    for i in registry.instructions:
        status = registry.status(i.id)
        found[i.writes] = status if status is Status.FLAWED else found.get(i.writes, status)
    return found


def _spends(
    folder: BookFolder, chapters: Sequence[ChapterPlan], registry: Registry
) -> Mapping[int, Sequence[Spend]]:
    """By the numbers of the chapters that they were for."""
    numbers = {i.id: i.chapter for i in registry.instructions}
    revised = {orders_for(chapter.id): chapter.number for chapter in chapters}
    found: defaultdict[int, list[Spend]] = defaultdict(list)
    for spend in folder.spend():
        orders = f"{spend.instruction.rpartition('/')[0]}/"
        number = numbers.get(spend.instruction) or revised.get(orders, 0)
        found[number].append(spend)
    return found
