"""What judges read of a chapter: a section is shown whole, and gone through stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from l2mac_write.items import Item
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.passages import passages
from l2mac_write.machine.sources import source
from l2mac_write.machine.texts import beginning, ending
from l2mac_write.machine.window import harmless
from l2mac_write.text.characters import in_one_line
from l2mac_write.text.counting import count_words
from l2mac_write.text.languages import Language

LONGEST, USUAL = 8000, 6000
"""Words; a chapter that is longer is cut into sections of about the usual length.

A section comes from the server's cache with every stretch of it: a longer one would cost more.
"""
ANEW = 0.7
"""Of a section, so much is not in the one before."""
STRETCH = 1000
"""Words: in longer ones readers find hardly more contradictions than chance would."""
WORDS_PER_TOKEN = 0.6
EDGE = 10
PART = "A part of the chapter"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a section, known by the words at both its ends; `number` counts from 1."""

    number: int
    of: int
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Section:
    """As it is shown, and what to read of it one after the other."""

    item: Item
    stretches: tuple[Stretch, ...]


def sections(agent: Agent) -> tuple[Section, ...]:
    """Of the agent's chapter. A whole one is shown as to all who work on the chapter.

    There are more and shorter ones for a model with a small window.
    """
    whole = source("chapter", agent.situation).item(agent.situation, 0)
    room = round(agent.budget * WORDS_PER_TOKEN)
    texts = overlapping(whole.text, agent.language, min(room, LONGEST), min(room, USUAL))
    return tuple(
        Section(
            harmless(whole if text == whole.text else replace(whole, title=PART, text=text)),
            tuple(_stretches(text, agent.language)),
        )
        for text in texts
    )


def overlapping(text: str, language: Language, longest: int, usual: int) -> tuple[str, ...]:
    """Whole paragraphs, so that only one that is longer than a section makes a longer one."""
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


def _stretches(text: str, language: Language) -> Iterator[Stretch]:
    """As many as it takes, of about the same length."""
    words = count_words(text)
    many = max(1, -(-words // language.scaled(STRETCH)))
    parts = passages(text, max(1, -(-words // many)))
    for number, line in enumerate(map(in_one_line, parts), start=1):
        begins, ends = beginning(line, EDGE, language.tag), ending(line, EDGE, language.tag)
        yield Stretch(number, len(parts), begins, ends)
