"""Every step of a person's own program tried on a made-up book: what is wrong with it costs nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from l2mac_write.beforehand.estimating import estimated
from l2mac_write.beforehand.rehearsing import rehearsed
from l2mac_write.instructions import Outcome
from l2mac_write.llm.standin import Target
from l2mac_write.machine.conditions import NOT
from l2mac_write.plan import PLAN, ChapterPlan, Entry, PartPlan, Person, Plan
from l2mac_write.plan_file import MATTER
from l2mac_write.plan_writing import dump
from l2mac_write.programs.chosen import stored
from l2mac_write.settings import Settings
from l2mac_write.store.memory import MemoryBook
from l2mac_write.text.languages import language

SHORT = 300
"""Words of a made-up chapter; the first is too long for one reply."""
PARTS = (0, 1, 1, 2)
AFTER = (None, None, (1,), None)
"""The third of the made-up chapters is written without having seen the second."""


def insist_on_prompts(settings: Settings, target: Target) -> None:
    """Raises `UsageError` with the line of the first mistake that shows when prompts are filled in.

    The book that is asked for comes first, with a plan by the stand-in. That may lack what other
    steps are there for, so each is tried on a book for which its conditions hold, too.
    """
    estimated(settings, target)
    steps = stored(settings, guided=target.abilities.guided).steps
    long = language(settings.language).scaled(SHORT + 2 * max(step.reply_words for step in steps))
    tried = _tried(settings, target, made_up((), long))
    for step in steps:
        if step.when and step.id not in tried:
            tried |= _tried(_asked(settings, step.when), target, made_up(step.when, long))


def _tried(settings: Settings, target: Target, plan: Plan) -> set[str]:
    """The steps that a book by this plan has."""
    book = MemoryBook()
    book.commit(Outcome("plan", writes=PLAN), {PLAN: dump(plan)})
    return {instruction.step for instruction in rehearsed(settings, target, book).left}


def _asked(settings: Settings, when: Collection[str]) -> Settings:
    """A book for which the conditions hold that are about what was asked for."""
    is_fiction = "fiction" in when or f"{NOT}nonfiction" in when
    return replace(
        settings,
        title=settings.title or "A title" if _may("asked.title", when) else "",
        author=settings.author or "A name" if _may("asked.author", when) else "",
        kind="book" if is_fiction else settings.kind,
    )


def made_up(when: Collection[str], long: int) -> Plan:
    """A plan with all that one can have, but for what these conditions deny.

    What only some chapters have, beats and a part, all of them have where a condition asks for it.
    """
    people = (Person("Ann Dore", "a keeper"), Person("Job Hale", "a miller"))
    parts = (PartPlan(1, "One", "It begins."), PartPlan(2, "Two", "It ends."))
    return Plan(
        title="A title",
        premise="A premise.",
        style="Plainly.",
        people=people if _may("people", when) else (),
        chapters=tuple(_chapters(when, long)),
        fiction=_may("fiction", when) and "nonfiction" not in when,
        matter=tuple(name for name in MATTER if _may(f"asked.{name}", when)),
        rules=("Nobody lies.",),
        places=(Entry("the house", "on the shore"),) if _may("places", when) else (),
        terms=(Entry("tide", "the sea rises and falls"),) if _may("terms", when) else (),
        parts=parts if _may("parts", when) else (),
    )


def _chapters(when: Collection[str], long: int) -> Iterator[ChapterPlan]:
    for number in range(1, 5 if _may("chapters", when) else 2):
        has_beats = "beats" in when or (number % 2 == 1 and _may("beats", when))
        part = max(PARTS[number - 1], "parts" in when)
        yield ChapterPlan(
            number=number,
            title=f"Chapter {number}",
            goal="Something changes.",
            words=long if number == 1 else SHORT,
            beats=("It begins.", "It ends.") if has_beats else (),
            must=("A lamp.",),
            must_not=("The end.",),
            point_of_view="Ann Dore",
            setting="A house.",
            people=("Ann Dore",) if _may("people", when) else (),
            terms=("tide",) if _may("terms", when) else (),
            after=AFTER[number - 1],
            part=part if _may("parts", when) else 0,
            id=f"chapter-{number}",
        )


def _may(name: str, when: Collection[str]) -> bool:
    return f"{NOT}{name}" not in when
