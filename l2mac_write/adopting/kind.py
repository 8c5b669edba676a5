"""Is a manuscript a story or a book of facts? Told by how much is spoken in it, and what shows facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from l2mac_write.evaluators.portrait import Portrait
from l2mac_write.findings import Text
from l2mac_write.text.counting import count_words
from l2mac_write.text.languages import unit

SHOWS_FACTS = re.compile(
    r"(?m)^#{2,6} \S|^ {0,4}(?:[-*+]|\d+[.)]) |^\|.*\|$|^ {0,3}`{3}|^\[\^[^\]]+\]:"
    r"|\[\d+(?:[,–-] ?\d+)*\](?!\()|\(\w[\w.& ]+,? (?:1[5-9]|20)\d\d[a-z]?\)"
    r"|\b(?:1[5-9]|20)\d\d\b|\d ?%|\d\.\d"
)
"""Headings below chapters, items of lists, rows, code, notes, citations, years and measured figures."""
EACH = 1000
SPOKEN, MANY = 0.15, 3.0
HARDLY_SPOKEN, SOME = 0.05, 0.75
"""Shares of what is spoken below which so many signs of facts in a thousand words say what it is."""
FEWEST = 300
"""Words; what is shorter tells nothing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`signs` of facts in a thousand words, and the share that is `spoken`."""

    is_fiction: bool
    spoken: float
    signs: float

    def told(self, language: str) -> str:
        """What it was taken for, why, and how a person says otherwise."""
        spoken = f"{round(100 * self.spoken)} of 100 {unit(language)} are spoken"
        if self.is_fiction:
            return (
                f"Taken for a story ({spoken}). If it is a book of facts, set `fiction = false` in"
                " plan.toml."
            )
        return (
            f"Taken for a book of facts ({spoken}, and there are {self.signs:.1f} headings, rows,"
            " notes and figures in 1,000). If it is a story, set `fiction = true` in plan.toml."
        )


def kind_of(texts: Sequence[Text], portrait: Portrait) -> Kind:
    words = sum(count_words(text.text) for text in texts)
    signs = sum(len(SHOWS_FACTS.findall(text.text)) for text in texts) * EACH / max(1, words)
    is_quiet = portrait.spoken < HARDLY_SPOKEN and portrait.past is not True
    has_facts = signs >= MANY and portrait.spoken < SPOKEN
    is_factual = words >= FEWEST and (has_facts or (is_quiet and signs >= SOME))
    return Kind(not is_factual, portrait.spoken, signs)
