"""Who judges: the checks that need no model, one module each."""

from __future__ import annotations

from collections.abc import Mapping

from l2mac_write.evaluators import (
    babble,
    cast,
    coverage,
    duplicates,
    language,
    leaks,
    length,
    namesakes,
    structure,
    truncation,
)
from l2mac_write.ports import Evaluator

EVALUATORS: Mapping[str, Evaluator] = {
    "length": length.judge,
    "language": language.judge,
    "structure": structure.judge,
    "leaks": leaks.judge,
    "truncation": truncation.judge,
    "duplicates": duplicates.judge,
    "cast": cast.judge,
    "babble": babble.judge,
    "coverage": coverage.judge,
    "namesakes": namesakes.judge,
}
