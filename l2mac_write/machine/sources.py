"""What an agent may see of the book: the named sources that its window is compiled from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from l2mac_write.items import Item
from l2mac_write.machine.recalling import passages
from l2mac_write.machine.situation import BIBLE, BOOK_SUMMARY, REQUIREMENTS, SUMMARY, Situation
from l2mac_write.machine.so_far import MOST, so_far
from l2mac_write.machine.texts import beginning
from l2mac_write.plan import ChapterPlan

NEIGHBOURS = 8
HERE = " (this chapter)"
OPENING_WORDS = 250
NO_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """`item` makes the best of so many tokens; one that gives more than that is cut.

    `most` is what it may take however much room there is.
    """

    item: Callable[[Situation, int], Item]
    most: int = NO_LIMIT


def _requirements(situation: Situation, _: int) -> Item:
    text = situation.body(REQUIREMENTS)
    return Item("requirements", "What the request asks for", "the book is held to it", text)


def _bible(situation: Situation, _: int) -> Item:
    return Item("bible", "The book's bible", "true in every chapter", situation.body(BIBLE))


def _plan(situation: Situation, _: int) -> Item:
    chapters = situation.plan.chapters if situation.plan else ()
    text = "\n\n".join(_contract(chapter) for chapter in chapters)
    return Item("plan", "The plan", "what the book sets out to do", text)


def _contract(chapter: ChapterPlan) -> str:
    """All that the plan says of a chapter, in a few lines."""
    said = (
        f"{chapter.number}. {chapter.title}: {chapter.goal}",
        f"Where and when: {chapter.setting}" if chapter.setting else "",
        f"Seen by: {chapter.point_of_view}" if chapter.point_of_view else "",
        f"What happens: {' / '.join(chapter.beats)}" if chapter.beats else "",
        f"Has to contain: {' / '.join(chapter.must)}" if chapter.must else "",
        f"May not contain: {' / '.join(chapter.must_not)}" if chapter.must_not else "",
    )
    return "\n".join(line for line in said if line)


def _outline(situation: Situation, _: int) -> Item:
    """The chapters around this one in a line each; the next one whole, to be prepared for."""
    here = situation.chapter.number if situation.chapter else 0
    chapters = situation.plan.chapters if situation.plan else ()
    lines = (
        _contract(c)
        if c.number == here + 1
        else f"{c.number}. {c.title}{HERE if c.number == here else ''}: {c.goal}"
        for c in chapters
        if abs(c.number - here) <= NEIGHBOURS
    )
    return Item("outline", "The plan around this chapter", "where it stands", "\n".join(lines))


def _summaries(situation: Situation, _: int) -> Item:
    """One paragraph a chapter; the budget keeps the latest."""
    told = ((c.number, situation.body(SUMMARY.format(c.number))) for c in situation.before)
    text = "\n\n".join(f"Chapter {number}: {summary}" for number, summary in told if summary)
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
    title = "How the previous chapter ends (verbatim)"
    return Item("previous", title, "to go on from there", situation.ending)


def _chapter(situation: Situation, _: int) -> Item:
    text = situation.body(situation.chapter.path) if situation.chapter else ""
    return Item("chapter", "The chapter", "the text this is about", text)


def _draft(step: str, situation: Situation, _: int) -> Item:
    """What a step of the program wrote, named after it."""
    texts = (situation.body(path) for path in situation.drafts.get(step, ()))
    title = step.replace("-", " ").capitalize()
    return Item(step, title, f"what the step `{step}` wrote", "\n\n".join(filter(None, texts)))


SOURCES: Mapping[str, Source] = {
    "requirements": Source(_requirements),
    "bible": Source(_bible),
    "plan": Source(_plan),
    "chapter": Source(_chapter),
    "outline": Source(_outline),
    "opening": Source(_opening),
    "summaries": Source(_summaries),
    "so_far": Source(so_far, MOST),
    "synopsis": Source(_synopsis),
    "previous": Source(_previous),
    "passages": Source(passages, most=1_200),
}


def source(name: str) -> Source:
    """The one of that name; a step of the program is one by its own."""
    return SOURCES.get(name) or Source(partial(_draft, name))
