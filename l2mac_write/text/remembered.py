"""What was found out about texts is remembered, and the texts are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec, TypeAlias, TypeVar

More = ParamSpec("More")
Found = TypeVar("Found")
Asked: TypeAlias = Callable[Concatenate[str, More], Found]


class Remembered(Generic[More, Found]):
    """Like `lru_cache` for what is asked of a whole chapter, which is known by its hash again.

    Once there are too many it begins anew. Threads may find out the same thing at the same time.
    """

    def __init__(self, find_out: Asked[More, Found], most: int) -> None:
        self._find_out, self._most = find_out, most
        self._known: dict[object, Found] = {}

    def __call__(self, text: str, *more: More.args, **named: More.kwargs) -> Found:
        key = (hash(text), len(text), more, *named.items())
        if (there := self._known.get(key)) is not None:
            return there
        found = self._find_out(text, *more, **named)
        if len(self._known) >= self._most:
            self.forget()
        self._known[key] = found
        return found

    def forget(self) -> None:
        self._known.clear()


def remembered(most: int) -> Callable[[Asked[More, Found]], Remembered[More, Found]]:
    return lambda find_out: Remembered(find_out, most)
