"""How far each planned chapter is, and what it has cost."""

from __future__ import annotations

from dataclasses import dataclass

from l2mac_write.instructions import Registry, Status
from l2mac_write.machine.texts import body
from l2mac_write.orders import orders_for
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.spending import Spend, total
from l2mac_write.text.counting import count_words

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


def chapter_states(
    folder: BookFolder, plan: Plan | None, registry: Registry
) -> tuple[ChapterState, ...]:
    there, spends = set(folder.paths()), folder.spend()

    def state(chapter: ChapterPlan) -> ChapterState:
        here = {i.id: i.writes for i in registry.instructions if i.chapter == chapter.number}
        written = [registry.status(n) for n, path in here.items() if path == chapter.path]
        text = body(folder.read(chapter.path)) if chapter.path in there else ""
        return ChapterState(
            number=chapter.number,
            shown=chapter.shown,
            title=chapter.title,
            path=chapter.path,
            status=Status.FLAWED
            if Status.FLAWED in written
            else next(iter(written), Status.WAITING),
            words=count_words(text),
            target=chapter.words,
            spend=total(
                spend
                for spend in spends
                if spend.instruction in here or spend.instruction.startswith(orders_for(chapter.id))
            ),
        )

    return tuple(map(state, plan.chapters if plan else ()))
