"""What lies before an agent: the whole book to read, and its own draft to change."""

from __future__ import annotations

from collections.abc import Sequence

from l2mac_write.errors import ToolError
from l2mac_write.ports import FileStore


class Desk:
    """The book as one agent sees it. Nothing it does here touches the book itself."""

    def __init__(self, store: FileStore, writes: str, draft: str = "") -> None:
        self._store = store
        self._writes = writes
        self.draft = draft
        self.patches = 0

    def paths(self) -> Sequence[str]:
        mine = {self._writes} if self.draft else set()
        return sorted({*self._store.paths(), *mine})

    def read(self, path: str) -> str:
        if path == self._writes and self.draft:
            return self.draft
        return self._store.read(path)

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
