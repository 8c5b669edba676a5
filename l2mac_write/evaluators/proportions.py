"""Is a chapter far shorter than the others of its book, as if the writer had given up?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from l2mac_write.findings import Finding, Severity, Whole
from l2mac_write.text.counting import known_words
from l2mac_write.text.languages import unit

FEWEST = 4
"""Fewer chapters have no usual length."""
SHARE = 0.25
"""Of the usual length; less is a stump where the book's chapters are of a size."""
SPREADS = 4.0
"""A chapter that is so many times as far from the usual length as chapters of the book are."""


def judge(whole: Whole) -> tuple[Finding, ...]:
    lengths = [known_words(text.text) for text in whole.texts]
    written = [length for length in lengths if length]
    if len(written) < FEWEST:
        return ()
    usual, least = median(written), _least(written)
    return tuple(
        Finding(
            code="DOC-STRUCT",
            severity=Severity.ADVISE,
            path=text.path,
            message=f"The chapter has {length:,} {unit(whole.language)}; the others of the book"
            f" have about {usual:,.0f}.",
            hint="Make sure that nothing is told in haste, and that nothing is missing.",
        )
        for text, length in zip(whole.texts, lengths, strict=True)
        if 0 < length < least
    )


def _least(lengths: Sequence[int]) -> float:
    """A length that is out of the book's own proportions."""
    usual = median(map(math.log, lengths))
    spread = median(abs(math.log(length) - usual) for length in lengths)
    return min(SHARE * math.exp(usual), math.exp(usual - SPREADS * spread))
