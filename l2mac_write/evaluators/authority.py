"""What the word of an evaluator is worth: only what was measured, and found right, may block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from l2mac_write.findings import Finding, Severity
from l2mac_write.text.word_lists import word_list

PRECISE, SELDOM = 0.90, 0.5
"""Who may block is right in so many of its findings, at the lower end of the interval that is
95 % sure, and wrong no more often than this in 100,000 words of clean books."""
MOSTLY_RIGHT = 0.70
"""Whose findings are worth a repair."""


def capped(finding: Finding) -> Finding:
    """As grave as the card of its evaluator allows, which has signed it."""
    most = gravest(finding.by, finding.code)
    return replace(finding, severity=most) if most.rank > finding.severity.rank else finding


@cache
def gravest(evaluator: str, code: str) -> Severity:
    """What nobody has measured may be worth a repair, and no more."""
    if is_necessary(evaluator, code):
        return Severity.BLOCK
    judge, _, model = evaluator.partition("@")
    card = _table("judges.toml", judge, model) if model else _table("cards.toml", evaluator, code)
    if not card:
        return Severity.REVISE
    if card["interval"][0] >= PRECISE and card["false_alarms"] <= SELDOM:
        return Severity.BLOCK
    return Severity.REVISE if card["precision"] >= MOSTLY_RIGHT else Severity.ADVISE


def is_necessary(evaluator: str, code: str) -> bool:
    """Whether it may block without a card."""
    return bool(_table("necessary.toml", evaluator, code))


def _table(file: str, evaluator: str, code: str) -> Mapping[str, Any]:
    """What the file says of these; the cards are written by the benchmark.

    Of a judge that is a model, one card is for all its codes: `continuity@MODEL`.
    """
    table: Mapping[str, Any] = _read(file).get(evaluator, {}).get(code, {})
    return table


@cache
def _read(file: str) -> Mapping[str, Any]:
    return word_list(__file__, file)
