"""A book is read as the editor of a publishing house reads it, and what is remarked becomes orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.beforehand.estimating import AT_MOST, LIKELY, begun, charged
from l2mac_write.beforehand.foretold import Foretold
from l2mac_write.beforehand.rehearsing import Clerk
from l2mac_write.changing import passes
from l2mac_write.changing.addressing import named
from l2mac_write.changing.proposals import waiting
from l2mac_write.changing.revising import able, give_up, keep
from l2mac_write.checking.proofs import Pages, Place
from l2mac_write.events import Listener, Noted, nobody
from l2mac_write.llm.standin import StandIn, Target
from l2mac_write.locks import of_whole
from l2mac_write.machine import errands
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.critiques import Critique, Review, Weight, load, review_of
from l2mac_write.machine.critiquing import MOST_SAID
from l2mac_write.machine.expanding import reviewing
from l2mac_write.machine.questions import TRIES
from l2mac_write.orders import Order
from l2mac_write.plan import PLAN, ChapterPlan, Plan
from l2mac_write.plan_file import load as load_plan
from l2mac_write.ports import LLM
from l2mac_write.reading.standing import follow_plan, locks_of
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook

REASON = "what an editor of the house has remarked"
"""Of all orders that come of a review."""
MOST_ORDERED = 12
"""Remarks in one order."""
MOST_CALLS = TRIES + 1
"""For one answer: those that could not be read, and one that mends its quotes."""
IDLE = "every chapter was read as it is now"


@dataclass(frozen=True, slots=True)
class Read:
    """A chapter that was read; `order` is None where nothing is to be done, or nobody may do it."""

    chapter: ChapterPlan
    review: Review
    order: Order | None = None

    @property
    def counts(self) -> Mapping[Weight, int]:
        """How many remarks there are of each weight, the gravest first."""
        found = Counter(one.weight for one in self.review.critiques)
        return {weight: found[weight] for weight in Weight if found[weight]}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The chapters that need it most come first. `orders` is what it may cost to carry them out."""

    model: str
    chapters: tuple[Read, ...]
    plan: Plan
    pages: Pages
    orders: Foretold

    @property
    def unread(self) -> tuple[Read, ...]:
        """Those of which some of the answers were none."""
        return tuple(read for read in self.chapters if read.review.unread)

    def place(self, chapter: str, quote: str) -> Place | None:
        """None where the chapter of that id does not say so any more."""
        path = next((c.path for c in self.plan.chapters if c.id == chapter), "")
        start = self.pages.files.get(path, "").find(quote)
        return self.pages.place(path, start, start + len(quote)) if start >= 0 else None


def review(
    root: Path | str,
    names: Iterable[str | int] = (),
    *,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> Reviewed:
    """What an editor remarks on these chapters, on all that are written where none is named.

    What it takes is told first and kept within the `budget`; a chapter that was read as it is now
    costs nothing, unless another `model` is named. No chapter is changed: what there is to do is
    kept as one order a chapter, for `revise`.
    """
    with closing(BookFolder.open(Path(root))) as folder:
        follow_plan(folder)
        chapters = named(folder, [str(name) for name in names])
        run, anew = able(folder, settings, tell), bool(settings.get("model"))
        return reviewed(folder, chapters, run, tell, anew=anew)


def reviewed(
    folder: BookFolder,
    chapters: Sequence[ChapterPlan],
    run: tuple[Settings, LLM],
    tell: Listener,
    *,
    anew: bool = False,
) -> Reviewed:
    """The same with any model, which is let go of; `anew` asks it where another one has read."""
    settings, model = run
    again = _read_by_another(folder, chapters, model.model) if anew else frozenset[str]()
    foretold = forecast(folder, chapters, settings, wiring.target_of(model), again)
    tell(Noted(f"reviewing with {model.model}: {foretold.told(IDLE)}"))
    with wiring.running(model, tell) as voice:
        errands.review(_unit(settings, folder, model, voice), chapters, again=again)
    return _with_orders(folder, chapters, settings, model)


def forecast(
    folder: BookFolder,
    chapters: Sequence[ChapterPlan],
    settings: Settings,
    target: Target,
    again: Collection[str] = (),
) -> Foretold:
    """It is rehearsed in memory: nothing is asked, and nothing else is touched."""
    book, _ = begun(folder)
    voice = StandIn(target)
    clerk = Clerk(voice)
    unit = _unit(replace(settings, parallel=1, budget=0), book, voice, clerk)
    errands.review(unit, chapters, again=again)
    likely = [(1, charged(asked.usage, LIKELY)) for asked in clerk.asked]
    most = [
        (MOST_CALLS, charged(replace(asked.usage, output_tokens=MOST_SAID), AT_MOST))
        for asked in clerk.asked
    ]
    return Foretold(len(likely), target.cost(likely), target.cost(most))


def order_from(chapter: ChapterPlan, found: Review, plan: Plan) -> Order | None:
    """All that is remarked on the chapter, the gravest first; None where nothing is."""
    if not found.critiques:
        return None
    numbers = {c.id: c.address for c in plan.chapters if c.id != chapter.id}
    remarks = enumerate(found.critiques[:MOST_ORDERED], start=1)
    lines = (f"{number}. {_said(one, numbers)}" for number, one in remarks)
    instruction = "\n".join(("Do what is asked for here, the gravest first:", *lines))
    return Order(chapter=chapter.id, instruction=instruction, reason=REASON)


def _said(one: Critique, numbers: Mapping[str, str]) -> str:
    number = numbers.get(one.other_chapter)
    where = f" (chapter {number})" if number else ""
    other = f" and “{one.other}”{where}" if one.other else ""
    return f"“{one.quote}”{other}: {one.why} {one.ask}"


def _with_orders(
    folder: BookFolder, chapters: Sequence[ChapterPlan], settings: Settings, model: LLM
) -> Reviewed:
    plan, target = load_plan(folder.read(PLAN)), wiring.target_of(model)
    read = sorted((_read(folder, chapter) for chapter in chapters), key=_rank)
    kept = _kept(folder, chapters, [*_orders(folder, read, plan)])
    orders = {order.chapter: order for order in kept}
    there = {*folder.paths()}
    texts = {c.path: _text(folder, c.path) for c in plan.chapters if c.path in there}
    return Reviewed(
        model=model.model,
        chapters=tuple(replace(r, order=orders.get(r.chapter.id)) for r in read),
        plan=plan,
        pages=Pages(texts, ()),
        orders=passes.forecast(folder, kept, settings, target),
    )


def _orders(folder: BookFolder, read: Iterable[Read], plan: Plan) -> Iterator[Order]:
    """None for a chapter that a person has locked: nobody may carry it out."""
    locks = locks_of(folder, plan)
    for one in read:
        order = order_from(one.chapter, one.review, plan)
        if order and not of_whole(locks, one.chapter.id):
            yield order


def _kept(
    folder: BookFolder, chapters: Sequence[ChapterPlan], orders: Sequence[Order]
) -> tuple[Order, ...]:
    """What an earlier review has ordered for these chapters gives way, as far as nobody began it."""
    there = {chapter.id for chapter in chapters}
    for old in waiting(folder):
        is_said_again = replace(old, revision=0, number=0) in orders
        if old.reason == REASON and old.chapter in there and not is_said_again:
            give_up(folder, old)
    return keep(folder, orders)


def _read(folder: BookFolder, chapter: ChapterPlan) -> Read:
    path = review_of(chapter.id)
    return Read(chapter, load(_text(folder, path), path))


def _text(folder: BookFolder, path: str) -> str:
    """What is there, without its counting as known to anybody who writes."""
    return folder.text(folder.versions(path)[-1])


def _rank(read: Read) -> tuple[int, ...]:
    """Those with the most serious remarks first, else in the order of the book."""
    return (*(-read.counts.get(weight, 0) for weight in Weight), read.chapter.number)


def _read_by_another(
    folder: BookFolder, chapters: Sequence[ChapterPlan], model: str
) -> frozenset[str]:
    """The instructions of those that were read, but not by this model."""
    were = (c for c in chapters if review_of(c.id) in folder.paths())
    return frozenset(reviewing(c).id for c in were if _read(folder, c).review.model != model)


def _unit(
    settings: Settings, book: BookFolder | MemoryBook, model: LLM, tell: Listener
) -> ControlUnit:
    """By the steps and prompts that ship, which do not mind how small a model is."""
    return wiring.editor(settings, book, model, tell, guided=False)
