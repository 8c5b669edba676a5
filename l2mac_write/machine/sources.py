"""What an agent may see of the book: the named sources that its window is compiled from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from l2mac_write.items import Item, tokens
from l2mac_write.locks import told
from l2mac_write.machine import afterwards, avoiding, so_far
from l2mac_write.machine.recalling import passages
from l2mac_write.machine.remembering import known, state, stated, threads
from l2mac_write.machine.situation import BIBLE, BOOK_SUMMARY, REQUIREMENTS, SUMMARY, Situation
from l2mac_write.machine.texts import beginning, first_lines
from l2mac_write.plan import ChapterPlan, Plan

TOLD = frozenset({"craft", "contract"})
"""Sources that are words of the program: each has a prompt of its name."""
AROUND = 3
"""Chapters on either side of this one whose goals are shown."""
HERE = " (this chapter)"
UNTITLED = "(no title yet)"
OPENING_WORDS = 250
NO_LIMIT = 1_000_000_000


class Alike(StrEnum):
    """For whom a source shows the same, so that a server's cache can keep it."""

    IN_THE_BOOK = "book"
    IN_THE_CHAPTER = "chapter"
    NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Source:
    """`item` makes the best of so many tokens; one that gives more than that is cut.

    `most` is what it may take however much room there is.
    """

    item: Callable[[Situation, int], Item]
    most: int = NO_LIMIT
    alike: Alike = Alike.NOWHERE


def _requirements(situation: Situation, _: int) -> Item:
    text = situation.body(REQUIREMENTS)
    return Item("requirements", "What the request asks for", "the book is held to it", text)


def _bible(situation: Situation, room: int) -> Item:
    text = first_lines(situation.body(BIBLE), room)
    return Item("bible", "The book's bible", "true in every chapter", text)


def _names(situation: Situation, room: int) -> Item:
    """What the plan settles for the whole book: its rules, and all names as they are to be spelt."""
    plan = situation.plan
    rules = plan.rules if plan else ()
    people = ((p.name, p.who) for p in plan.people) if plan else ()
    entries = ((e.name, e.what) for e in (*plan.places, *plan.terms)) if plan else ()
    named = (": ".join(filter(None, row)) for row in (*people, *entries))
    text = first_lines("\n".join((*rules, *named)), room)
    return Item("names", "Rules and names of the plan", "the same in every chapter", text)


def _chapters(situation: Situation, room: int) -> Item:
    """All of them, each with its goal or at least its title, where there is room for all."""
    chapters = situation.plan.chapters if situation.plan else ()
    goals = "\n".join(map(_in_a_line, chapters))
    titles = "\n".join(c.listed for c in chapters)
    text = next((text for text in (goals, titles) if tokens(text) <= room), "")
    return Item("chapters", "The chapters of the book", "what the whole book does", text)


def _plan(situation: Situation, _: int) -> Item:
    chapters = situation.plan.chapters if situation.plan else ()
    text = "\n\n".join(_in_lines(chapter) for chapter in chapters)
    return Item("plan", "The plan", "what the book sets out to do", text)


def _craft(situation: Situation, _: int) -> Item:
    return Item(
        "craft",
        "How it is to be written",
        "asked of every chapter",
        situation.told.get("craft", ""),
    )


def _contract(situation: Situation, _: int) -> Item:
    text = situation.told.get("contract", "")
    return Item("contract", "This chapter's contract", "what it has to do", text)


def _in_a_line(chapter: ChapterPlan, mark: str = "") -> str:
    """Without a goal where nobody knows it yet."""
    goal = f": {chapter.goal}" if chapter.goal else ""
    return f"{chapter.listed}{'' if chapter.title else UNTITLED}{mark}{goal}"


def _in_lines(chapter: ChapterPlan) -> str:
    """All that the plan says of a chapter, in a few lines."""
    said = (
        _in_a_line(chapter),
        f"Where and when: {chapter.setting}" if chapter.setting else "",
        f"Seen by: {chapter.point_of_view}" if chapter.point_of_view else "",
        f"What happens: {' / '.join(chapter.beats)}" if chapter.beats else "",
        f"Has to contain: {' / '.join(chapter.must)}" if chapter.must else "",
        f"May not contain: {' / '.join(chapter.must_not)}" if chapter.must_not else "",
    )
    return "\n".join(line for line in said if line)


def _outline(situation: Situation, _: int) -> Item:
    """A few chapters before and after this one; the next one whole, to be prepared for."""
    here = situation.chapter.number if situation.chapter else 0
    lines = (
        _in_lines(c) if c.number == here + 1 else _in_a_line(c, HERE if c.number == here else "")
        for c in _around(situation.plan, here)
    )
    return Item("outline", "The plan around this chapter", "where it stands", "\n".join(lines))


def _around(plan: Plan | None, here: int) -> tuple[ChapterPlan, ...]:
    """Always the same number of chapters, where the book has them."""
    chapters = plan.chapters if plan else ()
    start = max(0, min(here - 1 - AROUND, len(chapters) - 2 * AROUND - 1))
    return chapters[start : start + 2 * AROUND + 1]


def _summaries(situation: Situation, _: int) -> Item:
    """One paragraph a chapter; the budget keeps the latest."""
    told = ((c.called, situation.body(SUMMARY.format(c.number))) for c in situation.before)
    text = "\n\n".join(f"{called}: {summary}" for called, summary in told if summary)
    return Item("summaries", "What is written so far", "what the reader already knows", text)


def _synopsis(situation: Situation, room: int) -> Item:
    """The book as it was summed up at its end; chapter by chapter where that was not done."""
    text = situation.body(BOOK_SUMMARY) or _summaries(situation, room).text
    return Item("synopsis", "The book in short", "what is in it from beginning to end", text)


def _opening(situation: Situation, _: int) -> Item:
    text = situation.first_of(situation.before)
    page = beginning(text, OPENING_WORDS, situation.brief.language)
    return Item("opening", "The book's first page", "how the book sounds", page)


def _previous(situation: Situation, _: int) -> Item:
    title, why = "How the previous chapter ends (verbatim)", "to go on from there"
    text = situation.ending
    return Item("previous", title, why, text, stated(situation, situation.known[-1:], text))


def _chapter(situation: Situation, _: int) -> Item:
    text = situation.body(situation.chapter.path) if situation.chapter else ""
    return Item("chapter", "The chapter", "the text this is about", text)


def _draft(step: str, situation: Situation, _: int) -> Item:
    """What a step of the program wrote, named after it."""
    texts = (situation.body(path) for path in situation.drafts.get(step, ()))
    title = step.replace("-", " ").capitalize()
    return Item(step, title, f"what the step `{step}` wrote", "\n\n".join(filter(None, texts)))


def _locks(situation: Situation, _: int) -> Item:
    text = told(situation.locks, situation.chapter.id if situation.chapter else "")
    return Item("locks", "What the author has settled", "it stays word for word as it is", text)


SOURCES: Mapping[str, Source] = {
    "locks": Source(_locks, 1_000),
    "requirements": Source(_requirements),
    "bible": Source(_bible, 3_000, Alike.IN_THE_BOOK),
    "craft": Source(_craft, 2_000, Alike.IN_THE_BOOK),
    "names": Source(_names, 2_500, Alike.IN_THE_BOOK),
    "chapters": Source(_chapters, 4_000, Alike.IN_THE_BOOK),
    "plan": Source(_plan),
    "contract": Source(_contract, 4_000),
    "chapter": Source(_chapter, alike=Alike.IN_THE_CHAPTER),
    "outline": Source(_outline, 2_000),
    "state": Source(state, 800),
    "threads": Source(threads, 500),
    "known": Source(known, 600),
    "opening": Source(_opening, 800),
    "summaries": Source(_summaries),
    "so_far": Source(so_far.so_far, so_far.MOST),
    "synopsis": Source(_synopsis),
    "previous": Source(_previous, 800),
    "passages": Source(passages, most=1_200),
    "following": Source(afterwards.following, 800),
    "relied_on": Source(afterwards.relied_on, 1_200),
    "avoid": Source(avoiding.avoid, avoiding.MOST),
}


def source(name: str, situation: Situation) -> Source:
    """The one of that name; a step of the program is one by its own."""
    alike = Alike.IN_THE_BOOK if name in situation.of_the_book else Alike.NOWHERE
    return SOURCES.get(name) or Source(partial(_draft, name), alike=alike)
