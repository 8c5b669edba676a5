"""What a prompt can show of the book: read when it first looks, for reading is what costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from l2mac_write.machine.window import Item


@dataclass(frozen=True)
class Window:
    """The compiled items, like a tuple of them: counted, taken one by one, gone through again."""

    compiled: Callable[[], tuple[Item, ...]]

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return self.compiled()

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, number: int) -> Item:
        return self._items[number]
