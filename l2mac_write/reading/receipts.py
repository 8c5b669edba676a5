"""What a book has cost: role by role, in all, and how much of its budget is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l2mac_write.store.spending import Spend, by_role, total


@dataclass(frozen=True, slots=True)
class Receipts:
    """`budget` is in US dollars, 0 where there is none."""

    roles: tuple[Spend, ...]
    total: Spend
    budget: float = 0.0

    @property
    def left(self) -> float | None:
        """US dollars that may still be spent, whatever the attempts that broke off have cost."""
        return max(0.0, self.budget - self.total.at_most) if self.budget else None


def receipts(spends: Sequence[Spend], budget: float) -> Receipts:
    return Receipts(by_role(spends), total(spends), budget)
