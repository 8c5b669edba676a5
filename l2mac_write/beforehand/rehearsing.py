"""A run of the real machine that costs nothing: which calls would it make, and how many tokens long?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import islice

from l2mac_write import wiring
from l2mac_write.beforehand.sampling import Sampling
from l2mac_write.evaluators.panel import evaluators
from l2mac_write.events import Event, Judged, Spent
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.instructions import Instruction
from l2mac_write.llm.standin import StandIn, Target
from l2mac_write.machine.program import JUDGED, Program
from l2mac_write.machine.second_opinion import JUDGEMENTS
from l2mac_write.machine.texts import text_of
from l2mac_write.messages import Usage
from l2mac_write.plan import PLAN, Plan
from l2mac_write.plan_file import load
from l2mac_write.ports import Evaluator, Passage, Sought
from l2mac_write.settings import Settings
from l2mac_write.store.memory import MemoryBook


@dataclass(frozen=True, slots=True)
class Asked:
    """One call, in the repair round `round` of its instruction; 0 is the first draft.

    `twice` where a second judge is asked about what a first one claims.
    """

    instruction: str
    round: int
    usage: Usage
    twice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """How often judges have something to say, in shares of the chapters.

    `heard` is how often second judges are asked, about so many claims at a time; `amended` how many
    chapters are changed on what they find, and noted and judged once more.
    """

    heard: float = 0
    at_once: int = 1
    amended: float = 0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that was asked in a run in which every draft was sent back once, where that can be.

    Every judge has claimed something, once a chapter, and no second one has found it true. For so many
    chapters as were `taken_over` the same was asked as for others like them.
    """

    program: Program
    plan: Plan
    left: tuple[Instruction, ...]
    asked: tuple[Asked, ...]
    taken_over: int

    def calls(self, rounds: float, doubts: Doubts) -> Iterator[tuple[float, Asked]]:
        """How often each call is to be expected, if every draft needs so many rounds of repair.

        Where no repair was rehearsed, one is taken to cost what the draft did. To amend a chapter
        takes what another round of repair does.
        """
        repaired = {asked.instruction for asked in self.asked if asked.round}
        steps = {i.id: self.program.step(i.step) for i in self.left}
        # what nobody judges is sent back only where it cannot be read at all
        allowed = {name: float(s.repeat if s.evaluators else 0) for name, s in steps.items()}
        judged, mended = self._judged_again, self._amended
        for asked in self.asked:
            step, again = steps[asked.instruction].id, min(rounds, allowed[asked.instruction])
            once = 1 + doubts.amended if step in judged else 1
            if asked.twice:
                yield once * doubts.heard, replace(asked, usage=asked.usage.times(doubts.at_once))
            elif asked.round:
                yield again + (doubts.amended if step in mended else 0), asked
            else:
                yield (once if asked.instruction in repaired else once + again), asked

    @property
    def _amended(self) -> frozenset[str]:
        """The steps whose texts are changed on what judges find."""
        steps = self.program.steps
        amends = any(step.amends for step in steps)
        return frozenset(s.id for s in steps if amends and s.is_chapter and not s.mends)

    @property
    def _judged_again(self) -> frozenset[str]:
        """Those that come again then: the judges, and what they go by."""
        if not self._amended:
            return frozenset()
        judges = [step for step in self.program.steps if step.draft == JUDGED]
        before = [self.program.step(name) for step in judges for name in step.after]
        return frozenset(step.id for step in (*judges, *before) if step.follows)


@dataclass(slots=True)
class Clerk:
    """Listens to the machine and writes down what is asked of the stand-in."""

    voice: StandIn
    asked: list[Asked] = field(default_factory=list)
    _judged: Counter[str] = field(default_factory=Counter)
    _of: defaultdict[str, list[Asked]] = field(default_factory=lambda: defaultdict(list))

    def __call__(self, event: Event) -> None:
        match event:
            case Spent(instruction, _, usage):
                twice = JUDGEMENTS in self.voice.asked
                self._write(Asked(instruction, self._judged[instruction], usage, twice))
            case Judged(instruction):
                self._judged[instruction] += 1

    def repeat(self, like: Instruction, instruction: Instruction) -> None:
        """The same is asked for another instruction as was for the one that is like it."""
        for asked in tuple(self._of[like.id]):
            self._write(replace(asked, instruction=instruction.id))

    def _write(self, asked: Asked) -> None:
        self.asked.append(asked)
        self._of[asked.instruction].append(asked)


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
    voice = StandIn(target, doubts=True)
    clerk = Clerk(voice)
    unit = wiring.machine(replace(settings, parallel=1, approve=False), book, voice, clerk)
    before = unit.registry()
    unit = replace(unit, evaluators=_judges(target), passages=Latest(book))
    sampling = Sampling(unit.carry_out, book, clerk.repeat)
    registry = unit.run(by=sampling)
    # some are there only until they are done
    every = {i.id: i for i in (*before.instructions, *registry.instructions)}
    left = tuple(i for name, i in every.items() if name not in before.outcomes)
    plan, asked = load(book.read(PLAN)), tuple(clerk.asked)
    return Rehearsal(unit.program, plan, left, asked, sampling.taken_over)


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
