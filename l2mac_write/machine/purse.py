"""What a run may still spend: the worst that a call can cost is set aside before it is made."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from l2mac_write.errors import BudgetReached

CENT = 0.01


@dataclass(slots=True)
class Bill:
    """What an attempt cost, in US dollars; until it is known, as much as it can."""

    amount: float


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
    def set_aside(self, ceiling: float | None) -> Iterator[Bill]:
        """Room for one attempt, waited for while others may give some back.

        Raises `BudgetReached` where even that would not do. Write into the bill what it cost.
        """
        bill = Bill(ceiling or 0.0)
        self._take(bill.amount)
        try:
            yield bill
        finally:
            self._settle(ceiling or 0.0, bill.amount)

    def _take(self, amount: float) -> None:
        with self._change:
            while self.budget is not None and self.spent + self._aside + amount > self.budget:
                if not self._under_way:
                    raise self._reached(amount, self.budget)
                self._change.wait()
            self._aside += amount
            self._under_way += 1

    def _settle(self, aside: float, amount: float) -> None:
        with self._change:
            self._under_way -= 1
            # Sums of floats drift; with nothing under way nothing is set aside.
            self._aside = self._aside - aside if self._under_way else 0.0
            self.spent += amount
            self._change.notify_all()

    def _reached(self, amount: float, budget: float) -> BudgetReached:
        need = self.spent + amount
        return BudgetReached(
            f"the budget of ${budget:.2f} is reached: ${self.spent:.2f} may be spent already, and"
            f" the next call could cost ${amount:.2f}. Go on with a higher one, such as"
            f" --budget {need + CENT:.2f}."
        )
