"""The real backend wired to a fake server, with time that costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.llm.retrying import Backoff, Retrying
from l2mac_write.messages import Message, Prose, Request, Told, ToolSpec
from tests.fake_api import Answer, FakeApi, Fault, in_turn
from tests.fake_api.server import Respond

KEY = "sk-ant-canary-0123456789"
MODEL = "claude-sonnet-5-5"
READ = ToolSpec("read_file", "Reads a file.", {"type": "object"})


class FakeTime:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now

    def retrying(self, backoff: Backoff | None = None, *, chance: float = 0.5) -> Retrying:
        return Retrying(backoff or Backoff(), self.sleep, self.clock, lambda: chance)


def asking(*conversation: Message, words: int = 100, tools: tuple[ToolSpec, ...] = ()) -> Request:
    told = conversation or (Told("Write."),)
    return Request("You write books.", told, Prose(words), tools)


@contextmanager
def wired(
    respond: Respond | str | Answer = "Once upon a time.",
    *faults: Fault | None,
    retrying: Retrying | None = None,
    patience: float = 10.0,
    model: str = MODEL,
) -> Iterator[tuple[Anthropic, FakeApi]]:
    with FakeApi(respond, in_turn(*faults)) as api:
        llm = Anthropic(
            model,
            account=Account(KEY, api.url),
            retrying=retrying or FakeTime().retrying(),
            patience=patience,
        )
        try:
            yield llm, api
        finally:
            llm.close()


def unheard(_: str) -> None:
    pass
