"""How long may it take? Bounds in seconds that mean the same on a slow machine and under coverage."""

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

YARD = 0.009
"""Seconds the yardstick takes on the machine whose seconds the bounds are told in."""
ROOM = 1.5
"""For what the yardstick cannot feel, such as neighbours who use the same memory."""
Clock = Callable[[], float]


@contextmanager
def at_most(seconds: float, clock: Clock = time.process_time) -> Iterator[None]:
    """Fails what takes longer than so many seconds of processor of the reference machine.

    A bound is two to three times what was measured there: what grows four times slower fails.
    """
    before = pace(clock)
    gc.freeze()  # what other tests left behind is not walked through on this one's time
    start = clock()
    yield
    took = clock() - start
    gc.unfreeze()
    allowed = ROOM * seconds * max(before, pace(clock))
    if took > allowed:
        pytest.fail(f"it took {took:.2f} s, and may take {allowed:.2f} s here and now")


def cost(act: Callable[[], object], rounds: int = 3, clock: Clock = time.process_time) -> float:
    """Seconds of the quickest round: what two sizes are compared by."""
    return min(_timed(act, clock) for _ in range(rounds))


def pace(clock: Clock = time.process_time) -> float:
    """How many times longer plain Python takes here and now than on the reference machine.

    Coverage traces this module like the product (`source` in pyproject.toml), so that a traced
    run is allowed what tracing costs.
    """
    return cost(yardstick, clock=clock) / YARD


def yardstick() -> int:
    """A fixed piece of plain Python: calls, loops, words, a dictionary."""
    seen: Counter[str] = Counter()
    for number in range(24_000):
        word = _word(number)
        if word in seen:
            seen[word] += 1
        else:
            seen[word] = number
    return sum(seen.values())


def _word(number: int) -> str:
    letters = ""
    while number:
        letters += "abcdefgh"[number % 8]
        number //= 8
    return letters


def _timed(act: Callable[[], object], clock: Clock) -> float:
    start = clock()
    act()
    return clock() - start
