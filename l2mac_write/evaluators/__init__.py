"""Who judges: the checks that need no model, one module each."""

from __future__ import annotations

from collections.abc import Mapping

from l2mac_write.evaluators import (
    abbreviations,
    ages,
    babble,
    cast,
    citations,
    coverage,
    days,
    duplicates,
    language,
    leaks,
    length,
    manner,
    namesakes,
    notes,
    numbering,
    promises,
    proportions,
    quantities,
    references,
    repeats,
    repetition,
    roster,
    sections,
    signs,
    strangers,
    structure,
    tables,
    terms,
    truncation,
    variants,
    weekdays,
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
    "signs": signs.judge,
    "duplicates": duplicates.judge,
    "cast": cast.judge,
    "strangers": strangers.judge,
    "babble": babble.judge,
    "coverage": coverage.judge,
    "namesakes": namesakes.judge,
    "weekdays": weekdays.judge,
    "ages": ages.judge,
    "days": days.judge,
    "quantities": quantities.judge,
    "tables": tables.judge,
    "notes": notes.judge,
}

ASSIGNED = frozenset({"structure", "strangers", "babble", "coverage", "namesakes"})
"""Those that judge only what a program gives them: what they ask for is not asked of every text."""

TOGETHER = frozenset({"cast", "duplicates", "quantities", "notes"})
"""Those that ask about all texts before this one: of a whole book, `WHOLE` answers at once."""

WHOLE: Mapping[str, WholeEvaluator] = {
    "variants": variants.judge,
    "roster": roster.judge,
    "quantities": quantities.judge_whole,
    "references": references.judge,
    "notes": notes.judge_whole,
    "citations": citations.judge,
    "promises": promises.judge,
    "terms": terms.judge,
    "repetition": repetition.judge,
    "duplicates": repeats.judge,
    "proportions": proportions.judge,
    "numbering": numbering.judge,
    "manner": manner.judge,
}
