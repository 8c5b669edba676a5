"""The changes of a book on disk: told, shown, undone, and done again as a new version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from l2mac_write.errors import UsageError
from l2mac_write.history import undoing
from l2mac_write.history.comparing import Passage, compared
from l2mac_write.history.fast_import import stream
from l2mac_write.history.lineage import Line, Lines
from l2mac_write.history.revisions import Revision, revisions
from l2mac_write.history.undoing import BACK, Turn
from l2mac_write.orders import is_proposed
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load
from l2mac_write.reading.standing import follow_plan, plan_of
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Version


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a text, `old` None where it was not there yet, and what they have otherwise."""

    path: str
    old: Version | None
    new: Version
    passages: tuple[Passage, ...]


def difference(root: Path, name: str = "", old: str = "", new: str = "") -> Difference:
    """Between two versions of a text; by default what its last change changed.

    `name` is a file, or a chapter by its number or title, by default the text that was changed
    last. With `old` alone, it is all that has changed since. Works during a run too.
    """
    with closing(BookFolder.read_only(root)) as folder:
        follow_plan(folder)
        lines = Lines(folder)
        line = lines.called(name, partial(plan_of, folder)) if name else lines.changed_last
        after = line.version(new) if new else line.newest if old else line.changes[-1]
        return _difference(folder, line, line.version(old) if old else line.before(after), after)


def history(root: Path, name: str = "") -> tuple[Revision, ...]:
    """Every version of all texts, or of one of them, oldest first."""
    with closing(BookFolder.read_only(root)) as folder:
        follow_plan(folder)
        return revisions(folder, name, partial(plan_of, folder))


def fast_import(root: Path) -> Iterator[bytes]:
    """All of it as a stream that `git fast-import` makes a repository of."""
    with closing(BookFolder.read_only(root)) as folder:
        yield from stream(folder)


def undo(
    root: Path, name: str = "", *, to: str = "", revision: int | None = None, force: bool = False
) -> Difference:
    """Take back a change of a text: the last one, or that of the version `revision`.

    What has changed since stays, unless by `force` the text becomes what it was before, whole.
    `to` takes back all that came after that version. An undo is undone by `redo`, or by its number.
    """
    with closing(BookFolder.open(root)) as folder:
        made = follow_plan(folder)
        lines = Lines(folder)
        if to or revision:
            number = to or str(revision)
            line = lines.called(name, partial(plan_of, folder)) if name else lines.having(number)
            version = line.version(number)
            turn = None if to else undoing.of_version(line, version)
            return _turned(folder, turn, force=force) if turn else _back(folder, line, version)
        asked = [lines.called(name, partial(plan_of, folder))] if name else lines
        turns = [undoing.undo(line) for line in asked if name or _is_text(line, made)]
        return _turned(folder, _last(turns, name, "undo"), force=force)


def redo(root: Path, name: str = "", *, force: bool = False) -> Difference:
    """Do again what was undone last, in the book or in that text."""
    with closing(BookFolder.open(root)) as folder:
        follow_plan(folder)
        lines = Lines(folder)
        asked = [lines.called(name, partial(plan_of, folder))] if name else lines
        turns = [undoing.redo(line) for line in asked if name or _is_text(line)]
        turn = _last(turns, name, "redo")
        return _turned(folder, turn, force=force)


def _is_text(line: Line, made: Collection[str] = ()) -> bool:
    """Whether it is neither made of others nor what is merely proposed."""
    return line.path not in made and not is_proposed(line.path)


def _last(turns: Iterable[Turn | None], name: str, what: str) -> Turn:
    last = max(filter(None, turns), key=lambda turn: turn.at, default=None)
    if last is None:
        raise UsageError(f"there is nothing to {what}{f' in `{name}`' if name else ''}.")
    return last


def _turned(folder: BookFolder, turn: Turn, *, force: bool) -> Difference:
    if not force:
        text = undoing.text_after(turn, folder.text)
        return _revised(folder, turn.line, text, turn.why)
    version = turn.line.before(turn.version) if turn.is_undo else turn.version
    return _back(folder, turn.line, version)


def _back(folder: BookFolder, line: Line, version: Version | None) -> Difference:
    text = undoing.text_then(line, version, folder.text)
    return _revised(folder, line, text, f"{BACK} {version.id if version else 0}")


def _revised(folder: BookFolder, line: Line, text: str | None, why: str) -> Difference:
    if line.path == PLAN:
        _insist_on_a_plan(text)
    folder.revise(line.newest, text, why)
    new = folder.versions(line.path)[-1]
    found = _difference(folder, line, line.newest, new)
    if line.path == PLAN:
        follow_plan(folder)
    return found


def _insist_on_a_plan(text: str | None) -> None:
    try:
        load(text or "")
    except UsageError as error:
        raise UsageError(f"`{PLAN}` would be no plan then, and was not changed: {error}") from error


def _difference(folder: BookFolder, line: Line, old: Version | None, new: Version) -> Difference:
    text = folder.text(old) if old else ""
    return Difference(line.path, old, new, compared(text, folder.text(new)))
