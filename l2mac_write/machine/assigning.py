"""A wish for the whole book is shared out: one work order for each chapter that has to change for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from l2mac_write.called import chapter_called
from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.items import tokens
from l2mac_write.locks import of_whole
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import number, record, text
from l2mac_write.machine.changed import order
from l2mac_write.machine.claims import said
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.questions import Question, asked
from l2mac_write.machine.situation import SUMMARY, Situation
from l2mac_write.machine.texts import beginning
from l2mac_write.orders import Order, dump
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.text.counting import known_words

ASSIGN = "EDT-ORDERS"
OPENING_WORDS = 120
"""Of a chapter that nobody has summed up."""
AT_ONCE = 30
"""Chapters of which one answer can say what is to become of them."""
SHORTEST, LONGEST = 0.25, 4.0
"""Of a chapter's words; whoever wants fewer or more wants another chapter."""
MOST = 1200
"""Characters of an order."""


@dataclass(frozen=True, slots=True)
class Known:
    """A chapter as it is told to whoever shares out the work."""

    chapter: ChapterPlan
    words: int
    told: str

    @property
    def name(self) -> str:
        """By which an order means it, and it alone."""
        return str(self.chapter.shown or self.chapter.path)


def assigned(agent: Agent, _: Draft | None, __: int) -> Draft:
    """The orders as their file holds them. A small model shares out nothing: all get the wish itself."""
    there, wish, plan = known(agent.situation), order(agent), agent.situation.plan
    if agent.line.llm.abilities.guided:
        return Draft(dump(_placed([replace(wish, chapter=one.chapter.id) for one in there], wish)))
    orders: list[Order] = []
    unread: list[Finding] = []
    for attempt, batch in enumerate(batches(there, agent.budget)):
        answer = asked(agent, _question(batch, there, wish, attempt), _maker(plan, batch, wish))
        orders += _first_of_each(answer.found)
        unread += [_unread(agent, answer.unread)] if answer.unread else []
    if unread and not orders:
        return Draft("", tuple(unread))
    return Draft(dump(_placed(orders, wish)), tuple(unread))


def known(situation: Situation) -> tuple[Known, ...]:
    """The chapters that are written, each with its summary, or the way it begins.

    One that the person has locked stays as it is: no order can be for it.
    """
    chapters = situation.plan.chapters if situation.plan else ()
    free = (chapter for chapter in chapters if not of_whole(situation.locks, chapter.id))
    texts = ((chapter, situation.body(chapter.path)) for chapter in free)
    return tuple(
        Known(c, known_words(words), _told(situation, c, words)) for c, words in texts if words
    )


def batches(there: Sequence[Known], room: int) -> Iterator[tuple[Known, ...]]:
    """In the order of the book, each no more than one prompt can hold."""
    batch: list[Known] = []
    for one in there:
        size = sum(tokens(each.told) for each in (*batch, one))
        if batch and (len(batch) == AT_ONCE or size > room):
            yield tuple(batch)
            batch = []
        batch.append(one)
    if batch:
        yield tuple(batch)


def _told(situation: Situation, chapter: ChapterPlan, words: str) -> str:
    summary = situation.body(SUMMARY.format(chapter.number))
    return summary or f"{beginning(words, OPENING_WORDS, situation.brief.language)} …"


def _question(
    batch: Sequence[Known], there: Sequence[Known], wish: Order, attempt: int
) -> Question:
    return Question(
        prompt="assign.md.j2",
        rows="orders",
        row=record(("words",), chapter=text(), instruction=text(MOST), words=number()),
        most=2 * len(batch),
        attempt=attempt,
        values={"wish": wish, "known": batch, "book_words": sum(one.words for one in there)},
        example=[{"chapter": one.name, "instruction": wish.instruction} for one in batch],
    )


def _maker(plan: Plan | None, batch: Sequence[Known], wish: Order) -> Callable[[Any], Order]:
    there = {one.chapter.id: one for one in batch}

    def made(row: Any) -> Order:
        (instruction,) = said(row, "instruction")
        chapter, words = chapter_called(plan, str(row.get("chapter"))), row.get("words", 0)
        one = there.get(chapter.id)
        if one is None:
            raise UsageError(f"`chapter` must be one of {', '.join(o.name for o in batch)}.")
        if not instruction.strip():
            raise UsageError(f"the instruction for {chapter.named} is empty.")
        if words and not SHORTEST * one.words <= words <= LONGEST * one.words:
            raise UsageError(f"{chapter.named} has {one.words} words; {words} are another chapter.")
        return replace(wish, chapter=one.chapter.id, instruction=instruction.strip(), words=words)

    return made


def _first_of_each(orders: Sequence[Order]) -> Iterable[Order]:
    """One a chapter, in the order of the book as they were told."""
    first: dict[str, Order] = {}
    for one in orders:
        first.setdefault(one.chapter, one)
    return first.values()


def _placed(orders: Sequence[Order], wish: Order) -> Iterator[Order]:
    """With their numbers, and what they are all for."""
    for place, one in enumerate(orders, start=1):
        yield replace(one, number=place, reason=wish.instruction)


def _unread(agent: Agent, why: str) -> Finding:
    return Finding(
        ASSIGN, Severity.ADVISE, agent.instruction.writes, f"Nobody could share it out: {why}"
    )
