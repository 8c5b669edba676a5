"""What a run may still spend: the worst that a call can cost is set aside before it is made."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf

from l2mac_write.errors import BudgetReached

CENT = 0.01


@dataclass(slots=True)
class Bill:
    """What an attempt cost, in US dollars; until it is known, as much as it can.

    `choice` says for which of the ceilings offered there was room.
    """

    amount: float
    choice: int


@dataclass(slots=True)
class Purse:
    """Shared by all agents of a run. `budget` is in US dollars, None for no limit at all.

    `spent` counts every attempt of earlier runs, at its worst where nobody knows better.
    """

    budget: float | None = None
    spent: float = 0.0
    _aside: float = 0.0
    _under_way: int = 0
    _change: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def set_aside(self, *ceilings: float) -> Iterator[Bill]:
        """Room for one attempt, for the first of the ceilings that is possible, dearest first.

        It is waited for while others may give some back. Raises `BudgetReached` where even then
        there is none. Write into the bill what the attempt cost.
        """
        choice = self._taken(ceilings)
        bill = Bill(ceilings[choice], choice)
        try:
            yield bill
        finally:
            self._settle(ceilings[choice], bill.amount)

    def _taken(self, ceilings: Sequence[float]) -> int:
        with self._change:
            while self._under_way and ceilings[0] > self._left:
                self._change.wait()
            fitting = [n for n, ceiling in enumerate(ceilings) if ceiling <= self._left]
            if not fitting:
                raise self._reached(ceilings[-1])
            self._aside += ceilings[fitting[0]]
            self._under_way += 1
            return fitting[0]

    @property
    def _left(self) -> float:
        return inf if self.budget is None else self.budget - self.spent - self._aside

    def _settle(self, aside: float, amount: float) -> None:
        with self._change:
            self._under_way -= 1
            # Sums of floats drift; with nothing under way nothing is set aside.
            self._aside = self._aside - aside if self._under_way else 0.0
            self.spent += amount
            self._change.notify_all()

    def _reached(self, amount: float) -> BudgetReached:
        return BudgetReached(
            f"the budget of ${self.budget:.2f} is reached: ${self.spent:.2f} may be spent already,"
            f" and the next call could cost ${amount:.2f}. Go on with a higher one, such as"
            f" --budget {self.spent + amount + CENT:.2f}."
        )
