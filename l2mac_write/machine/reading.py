"""The book's files as one instruction reads them: a person's words count as known to it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l2mac_write.ports import FileStore

NOBODY = "nobody"
"""Reads without a person's words counting as known to anyone: none of them will be replaced."""


@dataclass(frozen=True, slots=True)
class Reading:
    store: FileStore
    instruction: str

    def paths(self) -> Sequence[str]:
        return self.store.paths()

    def read(self, path: str, *, by: str = "") -> str:
        return self.store.read(path, by=by or self.instruction)
