"""A chapter in stretches that a reader can keep in mind, each beginning within the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l2mac_write.counting import count_words
from l2mac_write.languages import Language
from l2mac_write.machine.agent import Agent

LONGEST, USUAL = 2500, 2000
"""Words; a chapter that is longer is cut into stretches of about the usual length."""
ANEW = 0.7
"""Of a stretch, so much is not in the one before."""
WORDS_PER_TOKEN = 0.6


def stretches(agent: Agent, text: str) -> tuple[str, ...]:
    """Shorter ones for a model with a small window."""
    room = round(agent.budget * WORDS_PER_TOKEN)
    return overlapping(text, agent.language, min(room, LONGEST), min(room, USUAL))


def overlapping(text: str, language: Language, longest: int, usual: int) -> tuple[str, ...]:
    """Whole paragraphs, so that only one that is longer than a stretch makes a longer one."""
    paragraphs = [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
    lengths = [count_words(paragraph) for paragraph in paragraphs]
    if sum(lengths) <= language.scaled(longest):
        return (text.strip(),) if paragraphs else ()
    return tuple(
        "\n\n".join(paragraphs[start:end]) for start, end in _cuts(lengths, language.scaled(usual))
    )


def _cuts(lengths: Sequence[int], usual: int) -> Iterator[tuple[int, int]]:
    start = 0
    while True:
        end, words, begin = start, 0, start + 1
        while end < len(lengths) and (end == start or words + lengths[end] <= usual):
            words += lengths[end]
            end += 1
            begin = end if words <= ANEW * usual else begin
        yield start, end
        if end == len(lengths):
            return
        start = max(start + 1, min(begin, end))
