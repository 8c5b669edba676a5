"""What is to be done: the instructions of the stored program, and how far they have run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from l2mac_write.findings import Finding, blocking
from l2mac_write.items import Item
from l2mac_write.orders import Order


class Status(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FLAWED = "flawed"
    """Its text is there, with blocking findings that no round of repair could remove."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step of the program for one subject, such as `chapter` for chapter 3.

    `writes` is the only file it may write; `chapter` is 0 for what concerns the whole book or a
    part, `part` for what concerns the whole book, `beat` for what concerns a whole chapter.
    Its `id` stays the same wherever the chapter, whose own id is `subject`, is moved.
    `follows` are the files whose texts it merely follows from: once one changes, it waits again.
    One that carries out an `order` changes a chapter that is there.
    """

    id: str
    step: str
    writes: str
    chapter: int = 0
    subject: str = ""
    part: int = 0
    beat: int = 0
    after: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an instruction ended, and which file holds what it made.

    `made_from` are the texts that it followed from: their paths then, and a hash of each.
    `shown` is what its agent saw of the book.
    """

    instruction: str
    findings: tuple[Finding, ...] = ()
    rounds: int = 0
    writes: str = ""
    made_from: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[Item, ...] = ()

    @property
    def status(self) -> Status:
        return Status.FLAWED if blocking(self.findings) else Status.DONE


@dataclass(frozen=True, slots=True)
class Move:
    """What an instruction wrote is to be found elsewhere from now on, with these words."""

    instruction: str
    source: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Registry:
    """The instructions in order, and the outcomes so far. Each step returns a new one.

    What waits for those that are `overdue`, near or far, waits although all between is finished.
    """

    instructions: tuple[Instruction, ...]
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    overdue: frozenset[str] = frozenset()

    def status(self, instruction: str) -> Status:
        outcome = self.outcomes.get(instruction)
        return outcome.status if outcome else Status.WAITING

    @property
    def ready(self) -> Iterator[Instruction]:
        """The waiting instructions whose predecessors are all finished, in order."""
        held = self._held() if self.overdue else frozenset()
        return (i for i in self.instructions if self._is_ready(i) and i.id not in held)

    @property
    def is_done(self) -> bool:
        return all(i.id in self.outcomes for i in self.instructions)

    def has_done(self, name: str) -> bool:
        """Whether the instruction of that name is finished, or one of the step of that name."""
        return name in self.outcomes or any(
            i.step == name and i.id in self.outcomes for i in self.instructions
        )

    def record(self, outcome: Outcome) -> Registry:
        outcomes = {**self.outcomes, outcome.instruction: outcome}
        return Registry(self.instructions, outcomes, self.overdue - {outcome.instruction})

    def without(self, names: Collection[str]) -> Registry:
        """These wait again."""
        kept = {name: outcome for name, outcome in self.outcomes.items() if name not in names}
        return Registry(self.instructions, kept, self.overdue.union(names))

    @property
    def in_turn(self) -> Registry:
        """The same where nothing goes on from what was finished before its turn.

        So it is with chapters that were there before their book had a plan, or that stand behind
        one that was put in between.
        """
        finished = (i for i in self.instructions if i.id in self.outcomes)
        skipped = {name for i in finished for name in i.after if name not in self.outcomes}
        return replace(self, overdue=self.overdue | skipped) if skipped else self

    def _is_ready(self, instruction: Instruction) -> bool:
        return instruction.id not in self.outcomes and all(
            before in self.outcomes for before in instruction.after
        )

    def _held(self) -> frozenset[str]:
        """All that waits for what is overdue, directly or not."""
        waiters: dict[str, list[str]] = {}
        for i in self.instructions:
            for name in i.after:
                waiters.setdefault(name, []).append(i.id)
        found: set[str] = set()
        passing = [*self.overdue]
        while passing:
            for name in waiters.get(passing.pop(), ()):
                if name not in found:
                    found.add(name)
                    passing.append(name)
        return frozenset(found)
