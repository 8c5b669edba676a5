"""What lies before an agent: the whole book to read, and its own draft to change."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from l2mac_write.errors import NoSuchFile, ToolError
from l2mac_write.machine.arranging import REMOVED
from l2mac_write.ports import FileStore


class Desk:
    """The book as one agent sees it. Nothing it does here touches the book itself."""

    def __init__(
        self, store: FileStore, writes: str, draft: str = "", hidden: Collection[str] = ()
    ) -> None:
        self._store = store
        self._writes = writes
        self._hidden = hidden
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

    def _is_hidden(self, path: str) -> bool:
        return path in self._hidden or path.startswith(f"{REMOVED}/")

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
