"""The program that a book was begun with, by its journal: a person's own folder need not be there."""

from __future__ import annotations

from collections.abc import Callable

from l2mac_write.machine.program import Program
from l2mac_write.machine.program_text import PROGRAM, Page, made
from l2mac_write.settings import Settings
from l2mac_write.shipped import folder

GUIDED, OWN, WRITTEN_BY, ADOPTED = "guided", "program", "model", "adopted"
"""What a journal remembers: whether small models are led, the text of a person's program, the model
that was last at work, and whether the text was there before the book."""


def begun(settings: Settings, meta: Callable[[str], str | None]) -> Program:
    """It was looked at closely when it was begun, so that nothing need be loaded to do it again."""
    name = shipped(settings, guided=bool(meta(GUIDED)))
    text = meta(OWN) or (folder() / "programs" / name / PROGRAM).read_text("utf-8")
    return made(Page(text, PROGRAM))


def shipped(settings: Settings, *, guided: bool) -> str:
    """Small models are led by programs of their own."""
    return f"{settings.kind}-small" if guided else settings.kind
