"""How long and how often a server is asked again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from l2mac_write.errors import LLMUnavailable
from l2mac_write.llm.faults import RESUME
from l2mac_write.ports import Interrupted

T = TypeVar("T")
SHORT = 120
MOST_DOUBLINGS = 30


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits are drawn from a range that doubles, in seconds, from `first` to `longest`.

    A server that asks for more than `patience` is not waited for: the run pauses instead.
    """

    attempts: int = 10
    first: float = 1.0
    longest: float = 60.0
    patience: float = 900.0

    def wait(self, failures: int, chance: float) -> float:
        """How long to rest after so many failures; `chance` is at least 0 and below 1."""
        return chance * min(self.longest, self.first * 2.0 ** min(failures - 1, MOST_DOUBLINGS))


class CoolDown:
    """The moment before which no thread may ask the server again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = float("-inf")

    def hold(self, until: float) -> None:
        with self._lock:
            self._until = max(self._until, until)

    def rest(self, now: float) -> float:
        with self._lock:
            return max(0.0, self._until - now)


def _silently(_: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Retrying:
    """Shared by all models of one server, so that one thread's cool-down is everyone's.

    `tell` hears a sentence before every wait worth mentioning to a person.
    """

    backoff: Backoff = Backoff()
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    tell: Callable[[str], None] = _silently
    cool_down: CoolDown = field(default_factory=CoolDown)

    def run(self, attempt: Callable[[], T]) -> T:
        """The first result of `attempt` that is not an `Interrupted`. Raises `LLMUnavailable`."""
        failures = 0
        while True:
            self._cool_down()
            try:
                return attempt()
            except Interrupted as fault:
                failures += 1
                self._rest(fault, failures)

    def _cool_down(self) -> None:
        while (rest := self.cool_down.rest(self.clock())) > 0:
            # a little spread, or all threads come back in the same instant
            self.sleep(rest * (1 + self.chance() / 10))

    def _rest(self, fault: Interrupted, failures: int) -> None:
        if failures >= self.backoff.attempts:
            raise LLMUnavailable(
                f"The model's server failed {failures} times in a row: {fault}. {RESUME}"
            ) from None
        wait = fault.after or self.backoff.wait(failures, self.chance())
        if wait > self.backoff.patience:
            raise LLMUnavailable(
                f"The model's server asks to wait {_span(wait)}: {fault}. {RESUME}"
            ) from None
        self.tell(f"Trying again in {_span(wait)}: {fault}.")
        if fault.shared:
            self.cool_down.hold(self.clock() + wait)
        else:
            self.sleep(wait)


def _span(seconds: float) -> str:
    if seconds < 1:
        return "a moment"
    return f"{seconds:.0f} seconds" if seconds < SHORT else f"{seconds / 60:,.0f} minutes"
