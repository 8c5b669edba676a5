"""Which chapter does a person mean who names it by its number, its title or its file?"""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.errors import UsageError
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.text.meant import meant


def planned(plan: Plan | None) -> Plan:
    """The plan that is there. Raises `UsageError` where none is yet."""
    if plan is None:
        raise UsageError("the book has no plan yet, so it has no chapter. Resume it first.")
    return plan


def chapter_called(plan: Plan | None, name: str) -> ChapterPlan:
    """Raises `UsageError` where no chapter is called so, or several are.

    A number comes before a title that is one, a whole title before a part of one.
    """
    plan = planned(plan)
    found = next(filter(None, _readings(plan, name.strip().casefold())), [])
    if len(found) > 1:
        which = " and ".join(chapter.address for chapter in found)
        how = "number" if all(chapter.shown for chapter in found) else "file"
        raise UsageError(f"`{name}` may be chapter {which}. Name one by its {how}.")
    if found:
        return found[0]
    titles = [chapter.title for chapter in plan.chapters]
    raise UsageError(
        f"the book has no chapter `{name}`.{meant(name, titles)} Name one by its number, from 1 to"
        f" {max(chapter.shown for chapter in plan.chapters)}, its title or its file."
    )


def _readings(plan: Plan, name: str) -> Iterator[list[ChapterPlan]]:
    """The chapters that are called so by their numbers, their files, their titles, or in part.

    Files count places, with a zero before the first nine: `02` may be the number of either.
    """
    chapters = plan.chapters
    yield [c for c in chapters if c.shown and name == str(c.shown)]
    yield [c for c in chapters if name.startswith("0") and name in _two_digits(c)]
    yield [c for c in chapters if name in {c.path.casefold(), c.path.rpartition("/")[2].casefold()}]
    yield [c for c in chapters if name == c.title.casefold()]
    if name and not name.isdecimal():
        yield [c for c in chapters if f" {name} " in f" {c.title.casefold()} "]


def _two_digits(chapter: ChapterPlan) -> frozenset[str]:
    return frozenset(f"{number:02d}" for number in (chapter.shown, chapter.number) if number)
