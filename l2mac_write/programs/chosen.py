"""Which program a run executes: one that ships, or a person's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from l2mac_write.errors import PathRefused, UsageError
from l2mac_write.machine.drafting import PROMPTS_OF
from l2mac_write.machine.program import Program, Step
from l2mac_write.machine.program_file import Surroundings, load
from l2mac_write.machine.variables import (
    EVERYWHERE,
    OF_A_METHOD,
    OF_A_PROMPT,
    OF_A_REVIEW,
    OF_A_STEP,
)
from l2mac_write.orders import REVISE
from l2mac_write.programs.begun import shipped
from l2mac_write.programs.words import ProgramWords
from l2mac_write.settings import Settings
from l2mac_write.store.paths import writable

LENGTH = "length"
ALWAYS = ("system.md.j2", "findings.md.j2", "go_on.md.j2", "recap.md.j2")
"""Prompts that every program needs, whatever its steps name."""


def words(settings: Settings, *, guided: bool) -> ProgramWords:
    """A person's own program is for every model."""
    if settings.program:
        return ProgramWords(Path(settings.program))
    return ProgramWords(shipped(settings, guided=guided))


def stored(settings: Settings, *, guided: bool) -> Program:
    """The program itself. Raises `UsageError` for one that cannot be carried out."""
    found = words(settings, guided=guided)
    program = examined(found) if settings.program else load(found.steps)
    if guided and program.step("plan").draft != "piecewise":
        raise UsageError(
            "a small local model cannot make a plan by itself: choose another --model for this"
            ' program, or let its step `plan` have `draft = "piecewise"`.'
        )
    program.insist_on(settings.language, guided=guided)
    return program


def revising(program: Program) -> Program:
    """The one that changes chapters of a book that was begun with that program.

    What judges its chapters judges what is to become of them, but for their length: how long a
    text is to be, whoever orders a change decides.
    """
    chapter = next(step for step in program.steps if step.is_chapter and not step.mends)
    judges = tuple(name for name in chapter.evaluators if name != LENGTH)
    found = load(ProgramWords(REVISE).steps)
    return replace(found, steps=tuple(replace(s, evaluators=judges) for s in found.steps))


def examined(found: ProgramWords) -> Program:
    """A program that has been looked at closely, with all its prompts."""
    from l2mac_write.evaluators import panel  # noqa: PLC0415 (a book that is begun needs none)

    program = load(
        found.steps, str(found.file), Surroundings({*panel.evaluators()}, found.names, _refusal)
    )
    if ordering := [step.draft for step in program.steps if step.is_for_orders]:
        raise UsageError(
            f'`{found.file}`: `draft = "{ordering[0]}"` is for changing chapters that are there; a'
            " program of your own writes them."
        )
    for step in program.steps:
        for prompt, more in _prompts(step):
            found.insist_on(prompt, EVERYWHERE | more)
    return program


def _prompts(step: Step) -> Iterator[tuple[str, frozenset[str]]]:
    """Those that it needs, each with what it may speak of besides what all may."""
    yield step.prompt, OF_A_STEP | OF_A_METHOD.get(step.draft, frozenset())
    if step.review:
        yield step.review, OF_A_REVIEW
    for name in (*ALWAYS, *PROMPTS_OF.get(step.draft, ())):
        yield name, OF_A_PROMPT.get(name, frozenset())


def _refusal(path: str) -> str:
    try:
        writable(path)
    except PathRefused as error:
        return f"writes a file that cannot be: {error}"
    return ""
