"""What lies before an agent: the whole book to read, and its own draft to change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from l2mac_write.errors import NoSuchFile, ToolError
from l2mac_write.machine.arranging import REMOVED
from l2mac_write.machine.reading import NOBODY
from l2mac_write.orders import is_proposed
from l2mac_write.ports import FileStore, Passage

Seek: TypeAlias = Callable[[str, Sequence[str], int], Sequence[Passage]]
"""The best so many passages of these files for some words."""


def nowhere(_: str, __: Sequence[str], ___: int) -> tuple[Passage, ...]:
    """Finds nothing, where there is nothing to look into."""
    return ()


class Desk:
    """The book as one agent sees it. Nothing it does here touches the book itself."""

    def __init__(
        self,
        store: FileStore,
        writes: str,
        draft: str = "",
        hidden: Collection[str] = (),
        seek: Seek = nowhere,
    ) -> None:
        self._store = store
        self._writes = writes
        self._hidden = hidden
        self._seek = seek
        self.draft = draft
        self.patches = 0

    def paths(self) -> Sequence[str]:
        mine = {self._writes} if self.draft else set()
        return sorted(p for p in {*self._store.paths(), *mine} if not self._is_hidden(p))

    def read(self, path: str) -> str:
        if path == self._writes and self.draft:
            return self.draft
        if self._is_hidden(path):
            raise NoSuchFile(path)
        return self._store.read(path)

    def size(self, path: str) -> int:
        """In characters."""
        is_draft = path == self._writes and self.draft
        return len(self.draft if is_draft else self._store.read(path, by=NOBODY))

    def passages(self, about: str, most: int) -> Sequence[Passage]:
        """Those that speak most of it, the best first; its own draft is before the agent anyway."""
        return self._seek(about, [p for p in self.paths() if p != self._writes], most)

    def _is_hidden(self, path: str) -> bool:
        return path in self._hidden or path.startswith(f"{REMOVED}/") or is_proposed(path)

    def patch(self, path: str, old: str, new: str) -> str:
        """Replace `old`, which must occur exactly once in the draft, by `new`."""
        if path != self._writes:
            raise ToolError(f"you may change only `{self._writes}`, not `{path}`")
        found = self.draft.count(old) if old else 0
        if found != 1:
            raise ToolError(
                f"`old` occurs {found} times in `{path}`; quote a passage that occurs exactly once"
            )
        self.draft = self.draft.replace(old, new)
        self.patches += 1
        return f"replaced in `{path}`"
