"""What an agent sees: items compiled from named sources under a token budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from l2mac_write.items import FRAME, Item
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.sources import source

CHARACTERS_PER_TOKEN = 3
"""At least; a text cut by it is sure to fit."""


@dataclass(frozen=True)
class Window:
    """The compiled items, like a tuple of them; read when a prompt first looks, for reading costs."""

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


def compiled(names: Sequence[str], situation: Situation, *, budget: int) -> tuple[Item, ...]:
    """The sources' items in order; one that would pass the budget is cut to its latest part."""
    items: list[Item] = []
    for name in names:
        from_ = source(name)
        room = min(from_.most, budget - sum(taken.tokens for taken in items))
        item = from_.item(situation, room)
        if item.text and (fitting := _fitted(item, room)).text:
            items.append(fitting)
    return tuple(items)


def _fitted(item: Item, room: int) -> Item:
    if item.tokens <= room:
        return item
    kept = item.text.encode()[-(room - FRAME) * 4 :] if room > FRAME else b""
    text = kept.decode(errors="ignore")
    return replace(item, text=text.partition("\n")[2] or text)
