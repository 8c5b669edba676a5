"""A model that says what it is told to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from l2mac_write.errors import L2macError, LLMError
from l2mac_write.messages import Reply, Request, Stop, ToolCall, Usage
from l2mac_write.ports import Abilities

T = TypeVar("T")


class ScriptedLLM:
    """Replies with each entry of its script in turn, and remembers what it heard.

    An error in the script is raised when its turn comes.
    """

    def __init__(
        self, script: Iterable[Reply | L2macError], *, abilities: Abilities | None = None
    ) -> None:
        self._script = iter(script)
        self.model = "scripted"
        self.abilities = abilities or Abilities()
        self.heard: list[Request] = []

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        self.heard.append(request)
        entry = next(self._script, None)
        if entry is None:
            raise LLMError(
                f"The script has no reply number {len(self.heard)}. Make the script longer."
            )
        if isinstance(entry, L2macError):
            raise entry
        if entry.text:
            hear(entry.text)
        return entry

    def patiently(self, attempt: Callable[[], T]) -> T:
        return attempt()

    def ceiling(self, request: Request) -> float | None:
        return 0.0

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        pass


def says(text: str) -> Reply:
    return Reply(text)


def calls(tool: str, **arguments: object) -> Reply:
    return Reply("", (ToolCall(f"call-{tool}", tool, arguments),), Stop.TOOLS)
