"""What the book has cost so far: by instruction, by role, by model, or in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from l2mac_write.messages import Usage

NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Spend:
    """Calls of one role to one model for one instruction; an empty name stands for all of them.

    `unanswered` counts attempts without a whole reply, which a provider may still charge for.
    `cost` is in US dollars, None where the price of any call is unknown; up to `doubt` more may
    have been charged for attempts that broke off, or are still under way.
    """

    instruction: str = ""
    role: str = ""
    model: str = ""
    calls: int = 0
    unanswered: int = 0
    usage: Usage = NOTHING
    cost: float | None = 0.0
    doubt: float = 0.0

    @property
    def at_most(self) -> float:
        """US dollars that it cannot have passed, as far as prices are known."""
        return (self.cost or 0.0) + self.doubt

    @property
    def cached(self) -> float:
        """The share of the prompts' tokens that came out of the server's cache, 0 to 1."""
        return self.usage.cache_read_tokens / max(1, self.usage.prompt)


def by_role(spends: Iterable[Spend]) -> tuple[Spend, ...]:
    return grouped(replace(spend, instruction="", model="") for spend in spends)


def by_instruction(spends: Iterable[Spend]) -> tuple[Spend, ...]:
    return grouped(replace(spend, role="", model="") for spend in spends)


def total(spends: Iterable[Spend]) -> Spend:
    return reduce(added, spends, Spend())


def grouped(spends: Iterable[Spend]) -> tuple[Spend, ...]:
    """One for each instruction, role and model, in order of appearance."""
    groups: dict[tuple[str, str, str], Spend] = {}
    for spend in spends:
        key = (spend.instruction, spend.role, spend.model)
        groups[key] = added(groups[key], spend) if key in groups else spend
    return tuple(groups.values())


def added(spend: Spend, more: Spend) -> Spend:
    known = spend.cost is not None and more.cost is not None
    return replace(
        spend,
        calls=spend.calls + more.calls,
        unanswered=spend.unanswered + more.unanswered,
        usage=spend.usage + more.usage,
        cost=(spend.cost or 0) + (more.cost or 0) if known else None,
        doubt=spend.doubt + more.doubt,
    )
