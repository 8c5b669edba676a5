"""What a few calls come to, said to a person before any of them is made."""

from __future__ import annotations

from dataclasses import dataclass

from l2mac_write.beforehand.amounts import dollars


@dataclass(frozen=True, slots=True)
class Foretold:
    """`likely` and `at_most` are in US dollars, None where the price is unknown."""

    calls: int
    likely: float | None
    at_most: float | None

    @property
    def cost(self) -> str:
        most = f" (at most {dollars(self.at_most)})" if self.at_most is not None else ""
        return f"{dollars(self.likely)}{most}"

    def told(self, idle: str) -> str:
        """In one line; `idle` says why there may be nothing to call for."""
        return (
            f"about {self.calls} calls, {self.cost}" if self.calls else f"{idle}: no call, no cost"
        )
