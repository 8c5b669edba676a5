"""The real backend wired to a fake server, with time that costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from l2mac_write.events import Event, Heard, Listener
from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.llm.retrying import Backoff, Retrying
from l2mac_write.machine.calls import Line
from l2mac_write.machine.purse import Purse
from l2mac_write.messages import Message, Prose, Reply, Request, Told, ToolSpec
from l2mac_write.ports import LLM
from l2mac_write.store.memory import MemoryBook
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


class Patient:
    """A model as an agent speaks to it: through a line of the machine, anew for each reply."""

    def __init__(self, llm: Anthropic) -> None:
        self.llm = llm
        self.book = MemoryBook()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.llm, name)

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        def tell(event: Event) -> None:
            if isinstance(event, Heard):
                hear(event.text)

        self.book = MemoryBook()
        return line(self.llm, self.book, tell=tell).reply(request)


def line(
    llm: LLM, book: MemoryBook, *, purse: Purse | None = None, tell: Listener = lambda _: None
) -> Line:
    return Line(
        llm=llm,
        journal=book,
        purse=purse or Purse(),
        instruction="chapter/01",
        role="author",
        tell=tell,
    )


@contextmanager
def wired(
    respond: Respond | str | Answer = "Once upon a time.",
    *faults: Fault | None,
    retrying: Retrying | None = None,
    patience: float = 10.0,
    model: str = MODEL,
) -> Iterator[tuple[Patient, FakeApi]]:
    with FakeApi(respond, in_turn(*faults)) as api:
        llm = Anthropic(
            model,
            account=Account(KEY, api.url),
            retrying=retrying or FakeTime().retrying(),
            patience=patience,
        )
        try:
            yield Patient(llm), api
        finally:
            llm.close()


def unheard(_: str) -> None:
    pass
