"""What an agent is shown: one thing in its window, and why it is there."""

from __future__ import annotations

from dataclasses import dataclass

FRAME = 8
"""Tokens that the tags around an item take."""


@dataclass(frozen=True, slots=True)
class Item:
    """Where it comes from, why it is there, and its words.

    `facts` are the keys of the ledger's rows that it shows.
    """

    source: str
    title: str
    reason: str
    text: str
    facts: tuple[str, ...] = ()

    @property
    def tokens(self) -> int:
        """An estimate: four bytes a token, erring on the side of too many."""
        return tokens(self.text)


def tokens(text: str) -> int:
    """What it takes as an item of a window, its tags and all; rather too many than too few."""
    return len(text.encode("utf-8", "replace")) // 4 + FRAME
