"""Does a step read only what is there for certain, and nothing that is there by chance?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from l2mac_write.machine.program import CHAPTER, READ, Program, Step
from l2mac_write.machine.program_slots import Flaw
from l2mac_write.machine.situation import BIBLE, BOOK_SUMMARY
from l2mac_write.machine.sources import SOURCES

LEDGER = "notes/ledger/{number}.toml"
SUMMARIES = "notes/summaries/{number}.md"
WRITTEN: Mapping[str, Collection[str]] = {
    "bible": (BIBLE,),
    "summaries": (SUMMARIES,),
    "so_far": (SUMMARIES, "notes/summaries/part-{part}.md"),
    "synopsis": (SUMMARIES, BOOK_SUMMARY),
    "state": (LEDGER,),
    "threads": (LEDGER,),
    "known": (LEDGER,),
    "opening": (CHAPTER,),
    "previous": (CHAPTER,),
    "passages": (CHAPTER,),
    "avoid": (CHAPTER,),
    "chapter": (CHAPTER,),
}
"""The files that a source shows."""
LATER = frozenset({"following", "relied_on"})
"""Sources that show what comes after a chapter."""


def before(program: Program, step: Step) -> set[str]:
    """All that it waits for, directly or not."""
    found: set[str] = set()
    waiting = [*step.after, *step.after_previous]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += (*program.step(name).after, *program.step(name).after_previous)
    return found


def chancy(program: Program, number: int, step: Step) -> Iterator[Flaw]:
    """To read what may not be there yet would make a book depend on who was faster."""
    earlier = before(program, step)
    for name in sorted(LATER.intersection(step.reads)):
        why = f"step `{step.id}` reads `{name}`: whether later chapters are there yet is chance."
        yield Flaw(f"{why} Only orders for chapters that are there may.", ("step", number, "reads"))
    for name in {*step.follows} - earlier:
        why = f"step `{step.id}` follows from `{name}` without coming after it. Add it to `after`."
        yield Flaw(why, ("step", number, "follows"))
    for name in step.reads:
        shown = WRITTEN.get(name, ())
        writers = {s.id for s in program.steps if s.writes in shown and not s.mends}
        if name not in SOURCES and name not in earlier:
            why = f"step `{step.id}` reads `{name}` without coming after it. Add it to `after`."
            yield Flaw(why, ("step", number, "reads"))
        elif late := {
            writer for writer in writers - earlier if not _is_there(program, step, writer)
        }:
            why = f"step `{step.id}` reads `{name}` without coming after `{min(late)}`, which"
            yield Flaw(f"{why} writes it. Add that to `after`.", ("step", number, "reads"))


def _is_there(program: Program, step: Step, writer: str) -> bool:
    """Whether all that the step can find of it is of chapters that were there before their plan.

    They were read before this step, and nobody writes another until it is done.
    """
    author = program.step(writer)
    if author.writes != CHAPTER or step.id not in before(program, author):
        return False
    return any(program.step(name).draft == READ for name in before(program, step))
