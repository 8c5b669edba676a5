"""Who judges: the checks that need no model, one module each."""

from __future__ import annotations

from collections.abc import Mapping

from l2mac_write.evaluators import (
    abbreviations,
    babble,
    cast,
    coverage,
    duplicates,
    language,
    leaks,
    length,
    namesakes,
    sections,
    strangers,
    structure,
    truncation,
)
from l2mac_write.ports import Evaluator, WholeEvaluator

EVALUATORS: Mapping[str, Evaluator] = {
    "length": length.judge,
    "language": language.judge,
    "structure": structure.judge,
    "sections": sections.judge,
    "abbreviations": abbreviations.judge,
    "leaks": leaks.judge,
    "truncation": truncation.judge,
    "duplicates": duplicates.judge,
    "cast": cast.judge,
    "strangers": strangers.judge,
    "babble": babble.judge,
    "coverage": coverage.judge,
    "namesakes": namesakes.judge,
}

ASSIGNED = frozenset({"structure", "strangers", "babble", "coverage", "namesakes"})
"""Those that judge only what a program gives them: what they ask for is not asked of every text."""

TOGETHER = frozenset({"cast"})
"""Those that ask about all texts before this one: of a whole book, `WHOLE` answers at once."""

WHOLE: Mapping[str, WholeEvaluator] = {}
