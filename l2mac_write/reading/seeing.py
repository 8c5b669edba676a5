"""What the writer of a chapter saw, why, and what each instruction of that chapter has cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from l2mac_write.called import chapter_called
from l2mac_write.errors import UsageError
from l2mac_write.instructions import Instruction, Registry
from l2mac_write.items import Item
from l2mac_write.machine.expanding import reviewing
from l2mac_write.orders import REVISE, orders_for
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.spending import Spend, by_instruction
from l2mac_write.text.meant import meant, there_are


@dataclass(frozen=True, slots=True)
class View:
    """What the agent of one instruction was shown, in order."""

    instruction: str
    step: str
    items: tuple[Item, ...]

    @property
    def tokens(self) -> int:
        return sum(item.tokens for item in self.items)


@dataclass(frozen=True, slots=True)
class Why:
    """Of one chapter: a view for each instruction that was asked about, and all that it has cost.

    `spends` has one row for each instruction that was carried out for the chapter.
    """

    listed: str
    number: int
    title: str
    path: str
    views: tuple[View, ...]
    spends: tuple[Spend, ...]
    led: bool = False
    """Whether it was carried out by a model that is shown nothing but its next few words."""


def why(
    book: BookFolder | MemoryBook,
    plan: Plan | None,
    registry: Registry,
    chapter: str,
    step: str = "",
) -> Why:
    """`chapter` is its number, title or file; `step` that of the program, default: all that write it.

    Raises `UsageError` for a chapter or a step that is not there.
    """
    found = chapter_called(plan, chapter)
    here = [
        *(i for i in registry.instructions if i.chapter == found.number),
        *_revisions(book, found),
    ]
    asked = {i.id: i for i in here if (i.step == step if step else i.writes == found.path)}
    if not asked:
        steps = tuple(dict.fromkeys(i.step for i in here))
        raise UsageError(
            f"no step `{step}` is for {found.named}.{meant(step, steps)}{there_are(steps)}"
        )
    shown = (View(i.id, i.step, book.shown(i.id)) for i in asked.values())
    views, spends = tuple(v for v in shown if v.items), _of(here, by_instruction(book.spend()))
    led = not (step or views) and any(spend.instruction in asked for spend in spends)
    return Why(found.listed, found.shown, found.title, found.path, views, spends, led)


def _revisions(book: BookFolder | MemoryBook, chapter: ChapterPlan) -> Iterator[Instruction]:
    """What was carried out as somebody ordered it, oldest first, and an editor's reading of it."""
    there, review = {spend.instruction for spend in book.spend()}, reviewing(chapter)
    for name in sorted(there):
        if name.startswith(orders_for(chapter.id)):
            yield Instruction(name, REVISE, chapter.path, chapter.number, chapter.id)
    if review.id in there:
        yield review


def _of(here: Iterable[Instruction], spends: Iterable[Spend]) -> tuple[Spend, ...]:
    """In the order of the program."""
    paid = {spend.instruction: spend for spend in spends}
    return tuple(paid[i.id] for i in here if i.id in paid)
