"""What an agent sees: items compiled from named sources under a token budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, takewhile
from typing import TypeAlias

from l2mac_write.items import FRAME, Item
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.sources import TOLD, Alike, source

CHARACTERS_PER_TOKEN = 3
"""At least; a text cut by it is sure to fit."""
LEAST = 400
"""Tokens; what is shown is never cut to less."""
LARGEST = 20_000
"""Tokens that a source without a limit is reckoned to need beside those that have one."""

Items: TypeAlias = tuple[Item, ...]
Compiled: TypeAlias = tuple[Items, ...]
"""Shelves of what others are shown too, and at the end what is for this instruction alone."""


@dataclass(frozen=True)
class Window:
    """The compiled items; read when a prompt first looks, for reading costs.

    `shelves` hold those at its beginning that others are shown too, all who work on the book or
    all who work on the chapter. It is itself like a tuple of the rest.
    """

    compiled: Callable[[], Compiled]

    @cached_property
    def _groups(self) -> Compiled:
        return self.compiled()

    @property
    def shelves(self) -> tuple[Items, ...]:
        return tuple(filter(None, self._groups[:-1]))

    @property
    def seen(self) -> Items:
        """All items in order; none where nobody looked."""
        return tuple(item for group in self.__dict__.get("_groups", ()) for item in group)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._groups[-1])

    def __len__(self) -> int:
        return len(self._groups[-1])

    def __getitem__(self, number: int) -> Item:
        return self._groups[-1][number]


def compiled(names: Sequence[str], situation: Situation, *, budget: int, shelf: int) -> Compiled:
    """The sources' items in order, within a token budget.

    What the book's shelf may take hangs on nothing but the model, so that all find the same on it.
    """
    alike = {name: source(name, situation).alike for name in names}
    shared = [*takewhile(alike.__getitem__, names)]
    books = [name for name in shared if alike[name] is Alike.IN_THE_BOOK]
    items = _filled(books, situation, shelf)
    left = max(LEAST, budget - sum(item.tokens for item in items.values()))
    items |= _filled([name for name in names if name not in books], situation, left)
    groups = (*(tuple(run) for _, run in groupby(shared, alike.get)), names[len(shared) :])
    return tuple(tuple(items[name] for name in group if name in items) for group in groups)


def _filled(names: Sequence[str], situation: Situation, room: int) -> dict[str, Item]:
    """Each takes its share of the room at most; what it leaves is for those after it."""
    items: dict[str, Item] = {}
    sources = {name: source(name, situation) for name in names}
    needs = sum(min(from_.most, LARGEST) for from_ in sources.values())
    for name, from_ in sources.items():
        need = min(from_.most, LARGEST)
        share = min(from_.most, room * need // needs)
        item = harmless(from_.item(situation, share))
        needs -= need
        if item.text and (fitting := _fitted(item, share)).text:
            items[name] = fitting
            room -= fitting.tokens
    return items


def harmless(item: Item) -> Item:
    """No text can end the tag it stands in, nor pass for the words of the program."""
    text = untagged(item.text, {item.source, *TOLD})
    return item if text == item.text else replace(item, text=text)


def untagged(text: str, names: Iterable[str]) -> str:
    """The text without tags of these names: theirs are plain words."""
    for name in names:
        text = text.replace(f"</{name}", f"&lt;/{name}").replace(f"<{name}", f"&lt;{name}")
    return text


def _fitted(item: Item, room: int) -> Item:
    """One that would pass the room is cut to its latest part."""
    if item.tokens <= room:
        return item
    kept = item.text.encode()[-(room - FRAME) * 4 :] if room > FRAME else b""
    text = kept.decode(errors="ignore")
    return replace(item, text=text.partition("\n")[2] or text)
