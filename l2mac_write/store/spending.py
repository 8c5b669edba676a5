"""What the book has cost so far, by model or by instruction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from l2mac_write.messages import Usage

NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Spend:
    """Calls to one model for one instruction; an empty name stands for all of them.

    `unanswered` counts attempts without a whole reply, which a provider may still charge for.
    `cost` is in US dollars, None where the price of any call is unknown.
    """

    instruction: str
    model: str
    calls: int = 0
    unanswered: int = 0
    usage: Usage = NOTHING
    cost: float | None = 0.0


def by_model(spends: Iterable[Spend]) -> tuple[Spend, ...]:
    return grouped(replace(spend, instruction="") for spend in spends)


def by_instruction(spends: Iterable[Spend]) -> tuple[Spend, ...]:
    return grouped(replace(spend, model="") for spend in spends)


def total(spends: Iterable[Spend]) -> Spend:
    return reduce(added, spends, Spend("", ""))


def grouped(spends: Iterable[Spend]) -> tuple[Spend, ...]:
    """One for each instruction with each model, in order of appearance."""
    groups: dict[tuple[str, str], Spend] = {}
    for spend in spends:
        key = (spend.instruction, spend.model)
        groups[key] = added(groups.get(key, Spend(*key)), spend)
    return tuple(groups.values())


def added(spend: Spend, more: Spend) -> Spend:
    known = spend.cost is not None and more.cost is not None
    return Spend(
        spend.instruction,
        spend.model,
        spend.calls + more.calls,
        spend.unanswered + more.unanswered,
        spend.usage + more.usage,
        (spend.cost or 0) + (more.cost or 0) if known else None,
    )
