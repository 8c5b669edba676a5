"""Receipts and estimates: as tables for a person, as rows for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from l2mac_write.beforehand.amounts import dollars, lasting
from l2mac_write.reading.receipts import Receipts
from l2mac_write.store.spending import Spend, total

if TYPE_CHECKING:  # it loads the whole machine, and few who are told of money ask for it
    from l2mac_write.beforehand.estimating import Estimate, Figures

WIDTH = 80
NO_CHAPTER = "No chapter to write; what is there is to be read and noted"
RECEIPT = "{:<12}{:>6}{:>13}{:>8}{:>13}{:>12}"
ESTIMATE = "  {:<20}{:>14}{:>14}"


def receipt(receipts: Receipts) -> Iterator[str]:
    """A row for each role, the sum, and what is uncertain about it."""
    yield RECEIPT.format("", "calls", "tokens in", "cached", "tokens out", "cost")
    for role in receipts.roles:
        yield _row(f"  {role.role}", role)
    everything = receipts.total
    if len(receipts.roles) != 1:
        yield _row("  in all", everything)
    if everything.unanswered:
        yield _unanswered(everything)
    if receipts.left is not None:
        yield f"Budget {dollars(receipts.budget)}, of which {dollars(receipts.left)} is left."


def costs(spends: Sequence[Spend]) -> Iterator[str]:
    """A row for each instruction, and the sum."""
    yield RECEIPT.format("", "calls", "tokens in", "cached", "tokens out", "cost")
    for spend in spends:
        yield _row(f"  {spend.instruction.partition('/')[0]}", spend)
    yield _row("  in all", total(spends))


def _row(name: str, spend: Spend) -> str:
    usage = spend.usage
    cached, cost = f"{spend.cached:.0%}", money(spend.cost)
    counts = (f"{spend.calls:,}", f"{usage.prompt:,}", cached, f"{usage.output_tokens:,}")
    return RECEIPT.format(name, *counts, cost)


def _unanswered(total: Spend) -> str:
    attempts = "1 attempt" if total.unanswered == 1 else f"{total.unanswered} attempts"
    if not total.doubt:
        return f"{attempts} unanswered, which cost no more than is counted here."
    more, most = dollars(total.doubt), dollars(total.at_most)
    return f"{attempts} unanswered: may have cost up to {more} more (at most {most} in all)."


def money(cost: float | None) -> str:
    """For a narrow column."""
    return "unknown" if cost is None else f"${cost:,.2f}"


def receipt_rows(roles: Sequence[Spend]) -> list[dict[str, Any]]:
    return [{"role": role.role, **spend_row(role)} for role in roles]


def spend_row(spend: Spend) -> dict[str, Any]:
    return {
        "calls": spend.calls,
        "unanswered": spend.unanswered,
        **asdict(spend.usage),
        "cost_usd": spend.cost,
        "doubt_usd": spend.doubt,
        "at_most_usd": None if spend.cost is None else spend.at_most,
    }


def estimate(estimate: Estimate) -> Iterator[str]:
    """The figures side by side, and what they rest on."""
    if not estimate.clean.calls:
        yield "Nothing is left to be written."
        return
    chapters = "1 chapter" if estimate.chapters == 1 else f"{estimate.chapters:,} chapters"
    what = f"{chapters} to write, {estimate.words:,} words" if estimate.chapters else NO_CHAPTER
    yield f"{what}, by {estimate.model}"
    yield ""
    yield ESTIMATE.format("", "likely", "at most")
    for name, likely, at_most in zip(
        NAMES, _cells(estimate.likely), _cells(estimate.at_most), strict=True
    ):
        yield ESTIMATE.format(name, likely, at_most)
    if estimate.budget:
        yield ""
        yield f"Budget {estimate.allowed}: never passed, whatever this says."
    yield from ("", "This takes for granted:")
    for sentence in estimate.assumptions:
        yield from wrap(sentence, WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if estimate.advice:
        yield from ("", *wrap(f"The price is unknown. {estimate.advice}", WIDTH))


NAMES = ("calls", "tokens in", "  from the cache", "tokens out", "US dollars", "time")


def _cells(figures: Figures) -> tuple[str, ...]:
    usage = figures.usage
    counts = (figures.calls, usage.prompt, usage.cache_read_tokens, usage.output_tokens)
    return (*(f"{n:,}" for n in counts), money(figures.cost), lasting(figures.minutes))


def estimate_document(estimate: Estimate) -> dict[str, Any]:
    """One row a figure, under `figures`."""
    kinds = {"clean": estimate.clean, "likely": estimate.likely, "at_most": estimate.at_most}
    return {
        "model": estimate.model,
        "chapters": estimate.chapters,
        "words": estimate.words,
        "figures": [{"figure": kind, **_figure_row(figure)} for kind, figure in kinds.items()],
        "assumptions": [*estimate.assumptions],
        "advice": estimate.advice,
        "budget_usd": estimate.budget or None,
        "spent_usd": estimate.spent,
    }


def _figure_row(figures: Figures) -> dict[str, Any]:
    return {
        "calls": figures.calls,
        **asdict(figures.usage),
        "cost_usd": figures.cost,
        "minutes": round(figures.minutes, 1),
    }
