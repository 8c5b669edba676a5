"""The book bound: its accepted texts in reading order, ready for every exporter."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime

from l2mac_write.book import Brief, Manuscript, Part, Section, no_image
from l2mac_write.edition import NOTHING, Edition
from l2mac_write.machine.apparatus import apparatus
from l2mac_write.machine.conditions import Case
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import ChapterPlan, PartPlan, Plan
from l2mac_write.ports import FileStore
from l2mac_write.text.headings import title

ABOUT = "front/about.md"
OPENING = "parts/{:02d}.md"
"""The text below the title of a part, before the first of its chapters."""
AROUND = re.compile(r"(?P<folder>front|back)/(?:\d+-)?(?P<kind>[a-z][a-z0-9-]*)\.md")
"""A text before or after the chapters: `front/dedication.md`, `back/2-glossary.md`."""
SPELLED = {"acknowledgements": "acknowledgments"}
"""As a person writes it, and as the vocabulary of `Section.kind` does."""
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/l2mac-write/")


def bound(  # noqa: PLR0913 (what a book is bound from)
    brief: Brief,
    plan: Plan,
    store: FileStore,
    *,
    modified: datetime,
    written_by: str,
    edition: Edition = NOTHING,
    image: Callable[[str], bytes | None] = no_image,
) -> Manuscript:
    """What is written so far, chapters without a text left out; the same book, the same id."""
    here = Situation(brief, store, plan)
    about = here.body(ABOUT)
    around = [*_around(here)]
    front, back = ([s for s in around if s.part is part] for part in (Part.FRONT, Part.BACK))
    body = (*_chapters(here, plan),)
    made = apparatus(
        Case(brief, plan), [s for s in body if not s.is_part], {section.kind for section in back}
    )
    return Manuscript(
        title=brief.title or plan.title,
        author=brief.author,
        language=brief.language,
        identifier=uuid.uuid5(NAMESPACE, f"{brief.prompt}\n{plan.title}\n{brief.author}").urn,
        modified=modified,
        sections=(*front, *body, *back, *made),
        description=edition.description or about or plan.premise,
        written_by=written_by,
        kind=brief.kind,
        edition=edition,
        image=image,
    )


def _chapters(here: Situation, plan: Plan) -> Iterator[Section]:
    is_document = here.brief.kind == "document"
    kind, opened = "section" if is_document else "chapter", 0
    for c in plan.chapters:
        if text := here.body(c.path):
            if c.part > opened:
                opened = c.part
                yield _opening(here, plan.parts[c.part - 1])
            within, counts = c.part > 0, is_document and c.numbered
            kind_ = kind if c.numbered else _unnumbered(c, plan)
            yield Section(kind_, Part.BODY, c.path, c.title, text, c.shown, counts, within)


def _unnumbered(chapter: ChapterPlan, plan: Plan) -> str:
    """A prologue stands before all chapters that are numbered, an epilogue after them."""
    numbers = [other.number for other in plan.chapters if other.numbered]
    if chapter.number < min(numbers, default=0):
        return "prologue"
    return "epilogue" if chapter.number > max(numbers, default=0) else "chapter"


def _opening(here: Situation, part: PartPlan) -> Section:
    """A part begins with the first of its chapters that is there."""
    path = OPENING.format(part.number)
    return Section("part", Part.BODY, path, part.title, here.body(path), part.number)


def _around(here: Situation) -> Iterator[Section]:
    """In the order of their names. Without a title line of its own, one is called by its kind."""
    for path in sorted(here.store.paths()):
        found = AROUND.fullmatch(path)
        if found and path != ABOUT and (text := here.body(path)):
            kind = SPELLED.get(found["kind"], found["kind"])
            yield Section(kind, Part(found["folder"]), path, title(here.store.read(path)), text)
