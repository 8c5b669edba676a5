"""How long the text of an instruction is to be, and how much of it one reply can be relied upon for."""

from __future__ import annotations

from dataclasses import dataclass

from l2mac_write.machine.program import Step
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import Plan
from l2mac_write.text.languages import language, scaled

AROUND, SHARE, FAIR = ("front/", "back/"), 5, 120
"""What stands around the chapters, the part of their length that it may have, and how long it may
always be."""
MADE_UP = 0.07
"""Of its length, so much a chapter is asked for more or less than it is planned to have."""


@dataclass(frozen=True, slots=True)
class Due:
    """Lengths in the unit of the language, each 0 where there is none.

    `target` is what is due by the plan, `words` what is asked for, `reply` what one reply gives.
    """

    target: int
    words: int
    reply: int

    @property
    def is_long(self) -> bool:
        """Whether one reply cannot be relied upon to give that."""
        return 0 < self.reply < self.target

    @property
    def at_once(self) -> int:
        """So much of it is asked for at a time."""
        return self.reply if self.is_long else self.words


def due(step: Step, here: Situation, writes: str) -> Due:
    """A chapter makes up for what those before it have missed.

    So a model that always says a bit too much still ends at the length of the book.
    """
    tag = language(here.brief.language).tag
    target = _target(step, here, writes, tag)
    most = round(MADE_UP * target)
    owed = here.owed if step.is_chapter else 0
    return Due(target, target + max(-most, min(most, owed)), scaled(step.reply_words, tag))


def _target(step: Step, here: Situation, writes: str, tag: str) -> int:
    """The step's own, else the chapter's or a beat's share of it."""
    own = own_length(step, writes, here.plan, tag)
    words = here.chapter.words if here.chapter else 0
    if here.chapter and here.beat:
        words //= len(here.chapter.beats)
    return own or words


def own_length(step: Step, writes: str, plan: Plan | None, tag: str) -> int:
    """What stands around the chapters of a short book is short, too."""
    own = scaled(step.words, tag)
    if own and plan and writes.startswith(AROUND):
        return min(own, max(scaled(FAIR, tag), plan.words // SHARE))
    return own
