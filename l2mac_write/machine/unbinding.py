"""A manuscript unbound: each section gets its file in a book's folder, and its place in a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from l2mac_write.book import Part, Section
from l2mac_write.errors import UsageError
from l2mac_write.machine.binding import OPENING
from l2mac_write.plan import ChapterPlan, PartPlan, Plan
from l2mac_write.plan_file import MOST_CHAPTERS
from l2mac_write.text.counting import count_words
from l2mac_write.text.headings import headed
from l2mac_write.text.naming import names_for


def planned(title: str, sections: Sequence[Section], *, premise: str, style: str) -> Plan:
    """The plan that the chapters have followed: their titles and lengths, and nothing else of them.

    Raises `UsageError` where there are none, or more than a book can have.
    """
    chapters = [section for section in sections if is_chapter(section)]
    if not chapters:
        raise UsageError("there is no chapter in it. Say with --split which headings begin one.")
    if len(chapters) > MOST_CHAPTERS:
        raise UsageError(
            f"it has {len(chapters):,} chapters; a book has {MOST_CHAPTERS:,} at most. Say with"
            " --split which headings begin a chapter."
        )
    titles = [_line(chapter.title) for chapter in chapters]
    rows = zip(chapters, titles, names_for(titles), _parts_of(sections), strict=True)
    return Plan(
        title=title,
        premise=premise,
        style=style,
        people=(),
        chapters=tuple(
            ChapterPlan(number, line, "", max(1, count_words(c.markdown)), part=part, id=name)
            for number, (c, line, name, part) in enumerate(rows, start=1)
        ),
        parts=tuple(_parts(sections)),
    )


def paths(sections: Iterable[Section], plan: Plan) -> Iterator[str]:
    """Where the text of each section belongs, in their order."""
    chapters, parts = iter(plan.chapters), count(1)
    around = {Part.FRONT: count(1), Part.BACK: count(1)}
    for section in sections:
        if is_chapter(section):
            yield next(chapters).path
        elif section.part is Part.BODY:
            yield OPENING.format(next(parts))
        else:
            yield f"{section.part}/{next(around[section.part]):02d}-{section.kind}.md"


def file_of(section: Section) -> str:
    """The text of its file; without a title line where it has none, unless its text looks like one."""
    if section.title or section.markdown.startswith("# "):
        return headed(_line(section.title), section.markdown)
    return f"{section.markdown.strip()}\n"


def is_chapter(section: Section) -> bool:
    return section.part is Part.BODY and section.kind != "part"


def _parts_of(sections: Iterable[Section]) -> Iterator[int]:
    """The number of the part that each chapter is in, 0 before the first."""
    part = 0
    for section in sections:
        if is_chapter(section):
            yield part
        else:
            part += section.part is Part.BODY


def _parts(sections: Iterable[Section]) -> Iterator[PartPlan]:
    """Each under a title of its own, by which a plan tells them apart."""
    used: set[str] = set()
    for number, section in enumerate((s for s in sections if _opens_a_part(s)), start=1):
        title = _line(section.title) or f"Part {number}"
        title = title if title not in used else f"{title} ({number})"
        used.add(title)
        yield PartPlan(number, title)


def _opens_a_part(section: Section) -> bool:
    return section.part is Part.BODY and section.kind == "part"


def _line(title: str) -> str:
    return " ".join(title.split())
