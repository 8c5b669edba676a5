"""Which changes of a text are undone, and what the text is without one of them, or with it again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from l2mac_write.errors import UsageError
from l2mac_write.history.lineage import Line
from l2mac_write.store.versions import PROSE, Origin, Version
from l2mac_write.text.headings import body, headed, title
from l2mac_write.text.weaving import woven

UNDO, REDO, BACK = "undo", "redo", "back"
TURN = re.compile(rf"({UNDO}|{REDO}) (\d+)")


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of a text that is to be undone, or done again."""

    line: Line
    version: Version
    is_undo: bool

    @property
    def at(self) -> int:
        """The number of the version that is taken back: the change, or its undoing."""
        taken = (v.id for v in self.line.changes if turned(v) == (UNDO, self.version.id))
        return self.version.id if self.is_undo else max(taken)

    @property
    def why(self) -> str:
        """What the new version says of itself."""
        return f"{UNDO if self.is_undo else REDO} {self.version.id}"


def undo(line: Line) -> Turn | None:
    """The last change that is not undone yet; the first text of a file is none."""
    undone = _undone(line)
    rest = (v for v in reversed(line.changes[1:]) if not turned(v) and v.id not in undone)
    return next((Turn(line, version, is_undo=True) for version in rest), None)


def redo(line: Line) -> Turn | None:
    """The change that was undone last."""
    numbers = [*_undone(line)]
    again = (v for v in line.changes if numbers and v.id == numbers[-1])
    return next((Turn(line, version, is_undo=False) for version in again), None)


def of_version(line: Line, version: Version) -> Turn:
    """The undoing of that very change; who undoes an undo does the change again."""
    if version not in line.changes:
        raise UsageError(
            f"version {version.id} only moved its text: it is the plan that says where."
        )
    what, number = turned(version) or (REDO, version.id)
    changed = line.version(str(number))
    if (changed.id in _undone(line)) != (what == UNDO):
        raise UsageError(f"version {version.id} is undone already; nothing was changed.")
    return Turn(line, changed, is_undo=what == REDO)


def text_after(turn: Turn, text: Callable[[Version], str]) -> str | None:
    """The newest text with that change undone or done, None where there is to be no file.

    Raises `UsageError` where that is no change, or where what came later is in its way.
    """
    line, version = turn.line, turn.version
    before = line.before(version)
    then, was = (before, version) if turn.is_undo else (version, before)
    new, old, newest = (_held(side, text) for side in (then, was, line.newest))
    if newest == old:
        return _where_it_is_now(line, then, new, newest)
    after = _woven(line.path, old, new, newest)
    if after is None:
        raise UsageError(
            f"what was changed in `{line.path}` after version {version.id} is in the same sentences;"
            " nothing was changed. With --force the whole text becomes what it was"
            f" {'before' if turn.is_undo else 'with'} it."
        )
    if after == newest:
        raise UsageError(f"`{line.path}` reads so already; nothing was changed.")
    return after


def text_then(line: Line, version: Version | None, text: Callable[[Version], str]) -> str | None:
    """The whole text as it was in that version, under the title that the plan gives it now."""
    then, newest = _held(version, text), _held(line.newest, text)
    then = _where_it_is_now(line, version, then, newest)
    if then == newest:
        raise UsageError(f"`{line.path}` reads so already; nothing was changed.")
    return then


def _where_it_is_now(
    line: Line, version: Version | None, then: str | None, newest: str | None
) -> str | None:
    """A text of a chapter that the plan has moved since has the title that the plan gives it."""
    has_moved = version is not None and version.path != line.path
    return _under_title_of(newest, then) if has_moved and then and newest else then


def turned(version: Version) -> tuple[str, int] | None:
    """Whether the version undoes or redoes a change, and which."""
    found = TURN.fullmatch(version.instruction) if version.origin is Origin.REVISION else None
    return (found[1], int(found[2])) if found else None


def _undone(line: Line) -> dict[int, None]:
    """The numbers of the changes that are undone now, in the order in which they were."""
    undone: dict[int, None] = {}
    for what, number in filter(None, map(turned, line.changes)):
        undone.pop(number, None)
        if what == UNDO:
            undone[number] = None
    return undone


def _held(version: Version | None, text: Callable[[Version], str]) -> str | None:
    return text(version) if version and version.sha else None


def _woven(path: str, old: str | None, new: str | None, newest: str | None) -> str | None:
    """Where only the plan's title is in the way, that of the newest text stays."""
    if old is None or new is None or newest is None or not path.endswith(PROSE):
        return None
    both = woven(old, new, newest)
    if both is None and title(old) and title(new) and title(newest):
        both = woven(_under_title_of(newest, old), _under_title_of(newest, new), newest)
    return both


def _under_title_of(newest: str, text: str) -> str:
    return headed(title(newest), body(text)) if title(newest) and title(text) else text
