"""A book that ends is given more chapters, which grow out of what is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from l2mac_write import library, wiring
from l2mac_write.asking import asked_of_a_run
from l2mac_write.called import planned
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener, nobody
from l2mac_write.machine.program import CONTINUED
from l2mac_write.opened import Book
from l2mac_write.plan import PLAN, ChapterPlan, Plan, shares
from l2mac_write.plan_file import MOST_CHAPTERS, load
from l2mac_write.plan_writing import extended
from l2mac_write.programs.chosen import stored
from l2mac_write.reading.standing import plan_of
from l2mac_write.settings import SHORTEST_CHAPTER, Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.text.naming import names_for

MERE_NUMBER = re.compile(r"(.*?)(\d{1,4})\s*")


def extend(
    root: Path | str,
    chapters: int,
    *,
    wish: str = "",
    words: int = 0,
    tell: Listener = nobody,
    **settings: str | float | None,
) -> Book:
    """Give a book so many chapters in all, and have those that are new planned; then it stops.

    `wish` is what is to happen in them, `words` how many the book has in all then. Chapters that
    no model has read yet are read first. `resume` writes the new ones. Other settings are those of
    a run. Called again after a stop, it goes on with the same chapters.
    """
    with closing(BookFolder.open(Path(root))) as folder:
        wanted = asked_of_a_run(folder, settings)
        step = _planner(replace(wanted, model=wiring.model_named(wanted.model, os.environ)), tell)
        _insist_on_more(folder, chapters)
        if not _to_come(folder):
            _lengthen(folder, chapters, wish.strip(), words)
        first = _to_come(folder)[0]
    return library.resume(root, tell=tell, until=f"{step}/{first.id}", **settings)


def _planner(settings: Settings, tell: Listener) -> str:
    """The step of the program that plans chapters to come. Raises `UsageError` without one."""
    model = wiring.able(settings, os.environ, tell)
    guided = model.abilities.guided
    model.close()
    steps = stored(settings, guided=guided).steps
    if found := next((step.id for step in steps if step.draft == CONTINUED), ""):
        return found
    raise UsageError(
        f"`{model.model}` cannot plan what is to come by this program. Choose another --model, or"
        f" add the chapters to `{PLAN}` yourself: each with title, goal, words and beats."
    )


def _insist_on_more(folder: BookFolder, chapters: int) -> None:
    plan = planned(plan_of(folder))
    there, last = plan.count, plan.chapters[-1]
    if chapters > MOST_CHAPTERS:
        raise UsageError(f"a book has {MOST_CHAPTERS:,} chapters at most, not {chapters:,}.")
    if chapters < there or (chapters == there and not _to_come(folder)):
        raise UsageError(
            f"the book has {there} chapters already. Name a higher number with --chapters."
        )
    if there and not last.numbered:
        raise UsageError(
            f"{last.named} ends the book, and new chapters would come after it. Cut its"
            f" `[[chapter]]` out of `{PLAN}`, and put it back below them once they are written: its"
            " text is kept."
        )


def _to_come(folder: BookFolder) -> tuple[ChapterPlan, ...]:
    """The chapters that nobody has planned or written."""
    there = {*folder.paths()}
    return tuple(c for c in planned(plan_of(folder)).chapters if not c.goal and c.path not in there)


def _lengthen(folder: BookFolder, chapters: int, wish: str, words: int) -> None:
    """Adds the new chapters to the plan, without a word of what they are for."""
    rows = _rows(planned(plan_of(folder)), chapters, words)
    text = extended(folder.read(PLAN), [*rows], [wish] if wish else [])
    load(text)
    folder.revise(folder.versions(PLAN)[-1], text, f"plan --chapters {chapters}")


def _rows(plan: Plan, chapters: int, words: int) -> Iterator[dict[str, Any]]:
    new = chapters - plan.count
    counted = [c for c in plan.chapters if c.numbered] or plan.chapters
    usual = max(SHORTEST_CHAPTER, round(median(chapter.words for chapter in counted)))
    left = words - plan.words if words else usual * new
    if left < new * SHORTEST_CHAPTER:
        raise UsageError(
            f"{words} words are too few for {chapters} chapters: those that are there have"
            f" {plan.words}."
        )
    numbers = range(plan.count + 1, chapters + 1)
    names = names_for((f"Chapter {n}" for n in numbers), {c.id for c in plan.chapters})
    part = {"part": plan.parts[-1].title} if plan.chapters[-1].part else {}
    for number, name, length in zip(numbers, names, shares([1] * new, left), strict=True):
        yield {"id": name, "title": _title(plan, number), **part, "goal": "", "words": length}


def _title(plan: Plan, number: int) -> str:
    """As the last ones are called where that is a mere number, such as `Chapter 4`; else none yet."""
    last = next((chapter for chapter in reversed(plan.chapters) if chapter.numbered), None)
    said = MERE_NUMBER.fullmatch(last.title) if last else None
    return f"{said[1]}{number}" if said and int(said[2]) == plan.count else ""
