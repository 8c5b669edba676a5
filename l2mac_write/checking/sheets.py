"""What is checked of a manuscript: its texts in their order, each with those who judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from l2mac_write.checking.proofs import Sheet
from l2mac_write.errors import UsageError
from l2mac_write.evaluators import panel
from l2mac_write.evaluators.language import likeliest
from l2mac_write.findings import Work
from l2mac_write.importers import manuscripts
from l2mac_write.machine.binding import AROUND
from l2mac_write.machine.due import MADE_UP, own_length
from l2mac_write.plan import Plan
from l2mac_write.programs.begun import begun
from l2mac_write.reading.standing import plan_of, registry, settings_of
from l2mac_write.store.complaints import CHECK
from l2mac_write.store.folder import BookFolder
from l2mac_write.text.counting import known_words
from l2mac_write.text.headings import body
from l2mac_write.text.languages import language

Files: TypeAlias = Mapping[str, str]
Reader: TypeAlias = Callable[[Files], Iterator[Sheet]]
"""How files, word for word, are read as texts to be judged."""
SAMPLE = 20_000
"""Characters that tell the language."""


def of_files(files: Files, said: str) -> Reader:
    """Of files that belong to no book; in the language `said`, or the one that they are in."""
    sample = "\n".join(text[:SAMPLE] for text in files.values())[:SAMPLE]
    return partial(_cut, language(said).tag if said else likeliest(sample))


def _cut(tag: str, files: Files) -> Iterator[Sheet]:
    for file, text in files.items():
        for piece in manuscripts.cut(file, manuscripts.plain(text)):
            work = Work(piece.path, piece.text, 0, piece.title, tag)
            yield Sheet(work, file, piece.start)


def of_book(folder: BookFolder, root: Path, said: str) -> tuple[Files, Reader]:
    """The files of a book that a reader gets, as they are now, and how they are judged."""
    plan, there = plan_of(folder), {*folder.paths()}
    blank = _blank_sheets(folder, plan, said) if plan else ()
    sheets = {sheet.file: sheet for sheet in blank if sheet.file in there}
    if not any(sheet.is_chapter for sheet in sheets.values()):
        raise UsageError(
            f"`{root}` has no chapter yet. Write it first: `l2mac-write resume --book {root}`."
        )
    files = {path: folder.read(path, by=CHECK) for path in sheets}
    return files, lambda files: (_filled(sheets[path], files[path]) for path in files)


def _blank_sheets(folder: BookFolder, plan: Plan, said: str) -> Iterator[Sheet]:
    """Of all texts that the plan and the program know; chapters first."""
    settings = settings_of(folder)
    program = begun(settings, folder.meta)
    work = Work(
        "",
        "",
        0,
        language=language(said).tag if said else settings.language,
        cast=tuple(person.name for person in plan.people),
        known=tuple(entry.name for entry in (*plan.places, *plan.terms)),
        brief=settings.prompt,
    )
    steps = (step for step in program.steps if step.is_chapter)
    names = panel.own().union(*(step.evaluators for step in steps))
    for chapter in plan.chapters:
        own = replace(work, path=chapter.path, words=chapter.words, title=chapter.title)
        yield Sheet(own, chapter.path, evaluators=names)
    for instruction in registry(folder).instructions:
        if AROUND.fullmatch(instruction.writes):
            step = program.step(instruction.step)
            words = own_length(step, instruction.writes, plan, work.language)
            own = replace(work, path=instruction.writes, words=words)
            evaluators = panel.own().union(step.evaluators)
            yield Sheet(own, own.path, evaluators=evaluators, is_chapter=False)


def _filled(sheet: Sheet, text: str) -> Sheet:
    """The sheet with its text; a run may have asked a chapter for a little more or less."""
    text = manuscripts.plain(text)
    said, words = body(text), sheet.work.words
    least, most = round(words * (1 - MADE_UP)), round(words * (1 + MADE_UP))
    asked = max(least, min(most, known_words(said))) if sheet.is_chapter else words
    start = text.find(said, text.find("\n") + 1 if text.startswith("# ") else 0)
    return replace(sheet, work=replace(sheet.work, text=said, words=asked), start=start)
