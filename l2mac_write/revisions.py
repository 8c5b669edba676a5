"""What has become of the files of a book, version by version, and who did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from l2mac_write.counting import count_words
from l2mac_write.errors import UsageError
from l2mac_write.machine.texts import body
from l2mac_write.plan import PLAN, ChapterPlan, Plan
from l2mac_write.plan_file import load
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Version

PLACE = frozenset({"number", "id"})
"""What says where a chapter is, and not what it is to be."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a file. `at` is in seconds since 1970, `by` is `agent` or `person`.

    `words` is 0 where the file was taken away, and `changed` says what is new in a plan.
    """

    at: float
    path: str
    by: str
    instruction: str
    words: int
    gone: bool
    changed: tuple[str, ...] = ()


def revisions(folder: BookFolder, path: str = "") -> tuple[Revision, ...]:
    """Oldest first; of one file alone where its path is given."""
    plan: Plan | None = None
    found: list[Revision] = []
    for version in folder.every_version():
        text = folder.text(version)
        before, plan = plan, _plan(text, plan) if version.path == PLAN else plan
        if path in {"", version.path}:
            changed = tuple(changes(before, plan)) if before and plan is not before and plan else ()
            found.append(_revision(version, text, changed))
    return tuple(found)


def changes(before: Plan, after: Plan) -> Iterator[str]:
    """What the second plan says otherwise, chapter by chapter."""
    if what := _differing(before, after, "chapters"):
        yield f"the book: {what}"
    old = {chapter.id: chapter for chapter in before.chapters}
    for chapter in after.chapters:
        name = f"chapter {chapter.number} `{chapter.title}`"
        if chapter.id not in old:
            yield f"{name}: added"
            continue
        was = old.pop(chapter.id)
        moved = f"was chapter {was.number}" if was.number != chapter.number else ""
        if said := ", ".join(filter(None, (moved, _differing(was, chapter, *PLACE)))):
            yield f"{name}: {said}"
    for chapter in old.values():
        yield f"chapter {chapter.number} `{chapter.title}`: taken out"


def _differing(before: Plan | ChapterPlan, after: Plan | ChapterPlan, *without: str) -> str:
    """The names of what is not the same."""
    names = (field.name for field in fields(after) if field.name not in without)
    return ", ".join(n for n in names if getattr(before, n) != getattr(after, n))


def _plan(text: str, before: Plan | None) -> Plan | None:
    """A plan that a person broke has changed nothing yet."""
    try:
        return load(text)
    except UsageError:
        return before


def _revision(version: Version, text: str, changed: tuple[str, ...]) -> Revision:
    return Revision(
        at=version.at,
        path=version.path,
        by=str(version.origin),
        instruction=version.instruction,
        words=count_words(body(text)),
        gone=version.sha is None,
        changed=changed,
    )
