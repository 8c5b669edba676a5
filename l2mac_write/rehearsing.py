"""A run of the real machine that costs nothing: which calls would it make, and how many tokens long?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import islice

from l2mac_write import wiring
from l2mac_write.evaluators.panel import evaluators
from l2mac_write.events import Event, Judged, Spent
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.instructions import Instruction
from l2mac_write.llm.standin import StandIn, Target
from l2mac_write.machine.program import Program
from l2mac_write.machine.texts import text_of
from l2mac_write.messages import Usage
from l2mac_write.plan import PLAN, Plan
from l2mac_write.plan_file import load
from l2mac_write.ports import Evaluator, Passage, Sought
from l2mac_write.settings import Settings
from l2mac_write.store.memory import MemoryBook


@dataclass(frozen=True, slots=True)
class Asked:
    """One call, in the repair round `round` of its instruction; 0 is the first draft."""

    instruction: str
    round: int
    usage: Usage


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that was asked in a run in which every draft was sent back once, where that can be."""

    program: Program
    plan: Plan
    left: tuple[Instruction, ...]
    asked: tuple[Asked, ...]

    def calls(self, rounds: float) -> Iterator[tuple[float, Asked]]:
        """How often each call is to be expected, if every draft needs so many rounds of repair.

        Where no repair was rehearsed, one is taken to cost what the draft did.
        """
        repaired = {asked.instruction for asked in self.asked if asked.round}
        steps = {i.id: self.program.step(i.step) for i in self.left}
        # what nobody judges is sent back only where it cannot be read at all
        allowed = {name: float(s.repeat if s.evaluators else 0) for name, s in steps.items()}
        for asked in self.asked:
            again = min(rounds, allowed[asked.instruction])
            if asked.round:
                yield again, asked
            else:
                yield (1 if asked.instruction in repaired else 1 + again), asked


@dataclass(slots=True)
class Clerk:
    """Listens to the machine and writes down what is asked."""

    asked: list[Asked] = field(default_factory=list)
    _judged: Counter[str] = field(default_factory=Counter)

    def __call__(self, event: Event) -> None:
        match event:
            case Spent(instruction, _, usage):
                self.asked.append(Asked(instruction, self._judged[instruction], usage))
            case Judged(instruction):
                self._judged[instruction] += 1


@dataclass(slots=True)
class Objector:
    """An evaluator that finds fault once with every text, and once more beside others."""

    _seen: set[tuple[str, int]] = field(default_factory=set)

    def __call__(self, work: Work, /) -> Sequence[Finding]:
        # what is judged without its length is a piece, which is never sent back
        is_piece = not work.words and work.path != PLAN
        judged = (work.path, len(work.earlier))
        if judged in self._seen or is_piece:
            return ()
        self._seen.add(judged)
        return (
            Finding("EST-AGAIN", Severity.REVISE, work.path, "Mend this.", quote=work.text[:40]),
        )


@dataclass(frozen=True, slots=True)
class Latest:
    """Passages as many and as long as a search would find, without a search: all say nothing."""

    book: MemoryBook

    def best(self, sought: Sought, seen: Sequence[str], most: int) -> Sequence[Passage]:
        found = (_passages(path, self.book) for path in reversed(seen))
        return tuple(islice((passage for some in found for passage in some), most if sought else 0))


def _passages(path: str, book: MemoryBook) -> Iterator[Passage]:
    paragraphs = text_of(book, path).split("\n\n")[1:]
    return (Passage(path, number, text) for number, text in enumerate(paragraphs, start=1))


def rehearsed(settings: Settings, target: Target, book: MemoryBook) -> Rehearsal:
    """What is left to be done for the book, which afterwards holds placeholders for all of it."""
    clerk = Clerk()
    unit = wiring.machine(
        replace(settings, parallel=1, approve=False), book, StandIn(target), clerk
    )
    before = unit.registry()
    registry = replace(unit, evaluators=_judges(target), passages=Latest(book)).run()
    # some are there only until they are done
    every = {i.id: i for i in (*before.instructions, *registry.instructions)}
    left = tuple(i for name, i in every.items() if name not in before.outcomes)
    return Rehearsal(unit.program, load(book.read(PLAN)), left, tuple(clerk.asked))


def _judges(target: Target) -> Mapping[str, Evaluator]:
    """Scenes are judged one by one, and repaired by other scenes: nothing to be rehearsed."""
    judge: Evaluator = accepting if target.abilities.guided else Objector()
    return dict.fromkeys(evaluators(), judge)


def accepting(_: Work, /) -> Sequence[Finding]:
    return ()


def elapsed(instructions: Sequence[Instruction], seconds: Mapping[str, float], hands: int) -> float:
    """Seconds until all are done by so many hands, each after those that it waits for."""
    now, waiting, left = 0.0, [*instructions], {i.id for i in instructions}
    under_way: list[tuple[float, str]] = []
    while left:
        ready = (i for i in waiting if left.isdisjoint(i.after))
        for instruction in [*islice(ready, hands - len(under_way))]:
            waiting.remove(instruction)
            heappush(under_way, (now + seconds.get(instruction.id, 0.0), instruction.id))
        now, done = heappop(under_way)
        left.discard(done)
    return now
