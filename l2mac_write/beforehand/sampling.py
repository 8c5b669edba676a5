"""Which chapters of a long book are rehearsed, and what is taken over from them for the others."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from l2mac_write.instructions import Instruction, Outcome
from l2mac_write.machine.following import made_from
from l2mac_write.machine.texts import text_of
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load
from l2mac_write.store.memory import MemoryBook

CLOSE = 8
"""So many chapters are rehearsed one by one at first: what they are shown still grows."""
SPARSER = 0.5
"""Then the next one is when so much more of them have passed than there were at the last."""
LIKENESS = 0.0025
"""So far chapters alike may differ in length, times how many there are to choose from."""
AMONG = 8
"""So many of the latest that are alike stand for those that follow."""

Place: TypeAlias = tuple[str, str, int]
"""The step, the chapter and the beat of an instruction."""


@dataclass(frozen=True, slots=True)
class Example:
    """A chapter as it stood before it was rehearsed: how long it is to be, and if it is there."""

    id: str
    words: int
    beats: int
    is_there: bool

    def distance(self, other: Example) -> float:
        """How much their lengths differ, of two that are written in the same way."""
        if (self.beats, self.is_there) != (other.beats, other.is_there):
            return math.inf
        return abs(math.log(max(1, self.words) / max(1, other.words)))


@dataclass(slots=True)
class Sampling:
    """Carries out all that concerns the book or some chapters, which stand for those like them.

    `repeat` hears of each instruction that is not carried out, and before it of the one like it.
    """

    carry_out: Callable[[Instruction], Outcome]
    book: MemoryBook
    repeat: Callable[[Instruction, Instruction], None]
    _met: int = 0
    _due: int = 0
    _examples: list[Example] = field(default_factory=list)
    _chosen: dict[str, str] = field(default_factory=dict)
    _done: dict[Place, tuple[Instruction, Outcome]] = field(default_factory=dict)

    def __call__(self, instruction: Instruction) -> Outcome:
        step, beat = instruction.step, instruction.beat
        done = self._done.get((step, self._example(instruction.subject), beat))
        # where several chapters write the same file, each adds to it
        if done and done[0].writes != instruction.writes:
            return self._taken_over(instruction, *done)
        outcome = self.carry_out(instruction)
        self._done[step, instruction.subject, beat] = (instruction, outcome)
        return outcome

    @property
    def taken_over(self) -> int:
        """How many chapters others stood for."""
        return self._met - len(self._examples)

    def _example(self, subject: str) -> str:
        """The chapter that stands for this one, which may be itself."""
        if subject and subject not in self._chosen:
            self._chosen[subject] = self._like(self._described(subject)).id
            self._met += 1
        return self._chosen.get(subject, "")

    def _like(self, here: Example) -> Example:
        """One of the latest like it, by turns, for those alike still differ; itself if it is due."""
        most = LIKENESS * len(self._examples)
        alike = [e for e in self._examples if here.distance(e) <= most][-AMONG:]
        if alike and self._met < self._due:
            return alike[self._met % len(alike)]
        if self._met >= self._due:
            self._due = self._met + 1 + int(SPARSER * max(0, self._met - CLOSE))
        self._examples.append(here)
        return here

    def _described(self, subject: str) -> Example:
        chapter = load(self.book.read(PLAN)).called(subject)
        is_there = bool(text_of(self.book, chapter.path))
        return Example(chapter.id, chapter.words, len(chapter.beats), is_there)

    def _taken_over(self, instruction: Instruction, like: Instruction, done: Outcome) -> Outcome:
        """What was written for the one is written for the other, unless a text is there."""
        text = partial(text_of, self.book)
        said = text(like.writes)
        outcome = Outcome(
            instruction.id,
            rounds=done.rounds,
            writes=done.writes and instruction.writes,
            made_from=made_from(instruction, text),
        )
        is_new = bool(said) and not text(instruction.writes)
        self.book.commit(outcome, {instruction.writes: said} if is_new else {})
        self.repeat(like, instruction)
        return outcome
