"""How long may it take? Bounds in seconds that mean the same on a slow machine and under coverage."""

import functools
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
ROUNDS = 3


class TooSlow(AssertionError):
    """A bound was missed. Once may be chance: the test is run again, up to `ROUNDS` times in all."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fails what takes longer than so many seconds of processor of the reference machine.

    A bound is two to three times what was measured there: what grows four times slower fails.
    """
    before = pace()
    gc.freeze()  # what other tests left behind is not walked through on this one's time
    start = time.process_time()
    try:
        yield
    finally:
        took = time.process_time() - start
        gc.unfreeze()
    insist(took, ROOM * seconds * max(before, pace()))


def insist(took: float, allowed: float) -> None:
    if took > allowed:
        raise TooSlow(f"it took {took:.2f} s, and may take {allowed:.2f} s here and now")


class Again:
    """A plugin of pytest: who is too slow in one round may be fast enough in another.

    What the product remembers of the round before is forgotten, or the next would cost nothing.
    """

    rounds = pytest.StashKey[int]()

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        try:
            return (yield)
        except TooSlow:
            done = pyfuncitem.stash.get(self.rounds, 1)
            if done == ROUNDS:
                raise
            pyfuncitem.stash[self.rounds] = done + 1
        forget()
        pyfuncitem.runtest()
        return True


def forget() -> None:
    """Empties what `functools` remembers for the product."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and _is_ours(thing):
            thing.cache_clear()


def _is_ours(thing: object) -> bool:
    return getattr(thing, "__module__", "").startswith("l2mac_write.")


def cost(act: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the quickest round: what two sizes are compared by."""
    return min(_timed(act) for _ in range(rounds))


def pace() -> float:
    """How many times longer plain Python takes here and now than on the reference machine.

    Coverage traces this module like the product (`source` in pyproject.toml), so that a traced
    run is allowed what tracing costs.
    """
    return cost(yardstick) / YARD


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


def _timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start
