"""What has become of the files of a book, version by version, and who did it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from l2mac_write.errors import UsageError
from l2mac_write.history.lineage import Lines
from l2mac_write.orders import is_proposed, place_of
from l2mac_write.plan import PLAN, ChapterPlan, Plan
from l2mac_write.plan_file import load
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.spending import by_instruction
from l2mac_write.store.versions import Origin, Version

PLACE = frozenset({"number", "id"})
"""What says where a chapter is, and not what it is to be."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a file, 0 while it is in no journal yet. `at` is in seconds since 1970.

    `by` is `agent`, `person` or `revision`, which is what a person decided. `words` is 0 where the
    file was taken away, and `changed` says what is new in a plan. `moved` is the file from which
    the plan has taken it, unchanged. `cost` is that of all calls of the instruction, told with the
    last text that it wrote; None elsewhere, and where a price is unknown.
    """

    number: int
    at: float
    path: str
    by: str
    instruction: str
    words: int
    gone: bool
    changed: tuple[str, ...] = ()
    moved: str = ""
    cost: float | None = None


def revisions(
    folder: BookFolder, name: str = "", plan: Callable[[], Plan | None] = lambda: None
) -> tuple[Revision, ...]:
    """Oldest first; of one text alone where its file or its chapter is named."""
    lines = Lines(folder)
    asked = lines.called(name, plan).versions if name else lines.versions
    changes, costs = _changes(folder, asked), _costs(folder, lines)
    return tuple(_revision(version, lines, changes.get(version, ()), costs) for version in asked)


def _changes(folder: BookFolder, versions: Iterable[Version]) -> dict[Version, tuple[str, ...]]:
    """What each version of the plan says otherwise."""
    found: dict[Version, tuple[str, ...]] = {}
    before: Plan | None = None
    for version in versions:
        if version.path == PLAN:
            after = _plan(folder.text(version), before)
            if before and after and after is not before:
                found[version] = tuple(changes(before, after))
            before = after
    return found


def _costs(folder: BookFolder, lines: Lines) -> dict[int, float | None]:
    """Of each last version that an instruction has made, or that was taken in from one."""
    last = {v.instruction: v.id for v in lines.versions if _is_made(v, lines)}
    taken = {v.instruction.partition(":")[0]: v.id for v in lines.versions if _is_taken(v)}
    spends = by_instruction(folder.spend())
    return {
        number: spend.cost
        for spend in spends
        for number in (taken.get(place_of(spend.instruction)) or last.get(spend.instruction),)
        if number
    }


def _is_taken(version: Version) -> bool:
    """Whether it is a chapter that became what was proposed."""
    return version.origin is Origin.REVISION and not is_proposed(version.path)


def _is_made(version: Version, lines: Lines) -> bool:
    return version.origin is Origin.AGENT and lines.is_change(version)


def changes(before: Plan, after: Plan) -> Iterator[str]:
    """What the second plan says otherwise, chapter by chapter."""
    if what := _differing(before, after, "chapters"):
        yield f"the book: {what}"
    old = {chapter.id: chapter for chapter in before.chapters}
    for chapter in after.chapters:
        name = chapter.named
        if chapter.id not in old:
            yield f"{name}: added"
            continue
        was = old.pop(chapter.id)
        moved = f"was chapter {was.shown}" if was.shown != chapter.shown else ""
        if said := ", ".join(filter(None, (moved, _differing(was, chapter, *PLACE)))):
            yield f"{name}: {said}"
    for chapter in old.values():
        yield f"{chapter.named}: taken out"


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


def _revision(
    version: Version,
    lines: Lines,
    changed: tuple[str, ...],
    costs: Mapping[int, float | None],
) -> Revision:
    return Revision(
        number=version.id,
        at=version.at,
        path=version.path,
        by=str(version.origin),
        instruction=version.instruction,
        words=version.words,
        gone=version.sha is None,
        changed=changed,
        moved=lines.moved_from(version),
        cost=costs.get(version.id),
    )
