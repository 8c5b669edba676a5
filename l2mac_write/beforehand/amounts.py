"""Amounts of money and of time, as a person reads them."""

from __future__ import annotations


def dollars(amount: float | None) -> str:
    if amount is None:
        return "price unknown"
    return "under $0.01" if 0 < amount < 0.01 else f"${amount:,.2f}"  # noqa: PLR2004  a cent


def lasting(minutes: float) -> str:
    hours, rest = divmod(max(round(minutes), 1 if minutes else 0), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
