"""The book bound: its accepted texts in reading order, ready for every exporter."""

from __future__ import annotations

import uuid
from datetime import datetime

from l2mac_write.book import Brief, Manuscript, Part, Section
from l2mac_write.machine.window import Situation
from l2mac_write.plan import Plan
from l2mac_write.ports import FileStore

ABOUT = "front/about.md"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/l2mac-write/")


def bound(
    brief: Brief, plan: Plan, store: FileStore, *, modified: datetime, written_by: str
) -> Manuscript:
    """What is written so far, chapters without a text left out; the same book, the same id."""
    here = Situation(brief, store, plan)
    about = here.body(ABOUT)
    chapters = (
        Section("chapter", Part.BODY, c.path, c.title, text, c.number)
        for c in plan.chapters
        if (text := here.body(c.path))
    )
    return Manuscript(
        title=brief.title or plan.title,
        author=brief.author,
        language=brief.language,
        identifier=uuid.uuid5(NAMESPACE, f"{brief.prompt}\n{plan.title}\n{brief.author}").urn,
        modified=modified,
        sections=tuple(chapters),
        description=about or plan.premise,
        written_by=written_by,
    )
