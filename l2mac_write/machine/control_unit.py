"""The control unit: takes instructions in order, has them carried out, and has the result judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from l2mac_write.book import Brief
from l2mac_write.errors import AnswerRefused, NoSuchFile, Paused, UsageError, WindowOverflow
from l2mac_write.events import Finished, Judged, Listener, Planned, Started
from l2mac_write.findings import Finding, unproven
from l2mac_write.instructions import Instruction, Outcome, Registry
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.arranging import arranged
from l2mac_write.machine.calls import Line
from l2mac_write.machine.concluding import files, still_wrong
from l2mac_write.machine.crew import Crew
from l2mac_write.machine.drafting import METHODS
from l2mac_write.machine.drafts import Draft, better, repaired, sparing
from l2mac_write.machine.expanding import (
    drafts,
    instructions,
    paths_of,
)
from l2mac_write.machine.following import after, held_against, made_from
from l2mac_write.machine.forms import FORMS
from l2mac_write.machine.preferring import compared
from l2mac_write.machine.program import Program, Step
from l2mac_write.machine.purse import Purse
from l2mac_write.machine.reading import Reading
from l2mac_write.machine.reviewing import reviewed
from l2mac_write.machine.situation import Beat, Situation
from l2mac_write.machine.sources import SOURCES
from l2mac_write.plan import PLAN, Plan
from l2mac_write.plan_file import load
from l2mac_write.ports import LLM, Evaluator, FileStore, Journal, Ledger, Passages, Prompts
from l2mac_write.text.counting import known_words

NARROWINGS = 3

CarryOut: TypeAlias = Callable[[Instruction], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlUnit:
    program: Program
    brief: Brief
    llm: LLM
    store: FileStore
    journal: Journal
    passages: Passages
    ledger: Ledger
    prompts: Prompts
    evaluators: Mapping[str, Evaluator]
    tell: Listener
    weigh: Callable[[Finding], Finding] = unproven
    """How grave what a judge finds may be."""
    purse: Purse = field(default_factory=Purse)
    parallel: int = 1
    approve: bool = False
    """Whether a person wants to see each change of plan before anything is written by it."""

    def run(self, *, until: str = "", by: CarryOut | None = None) -> Registry:
        """Have every waiting instruction carried out, or stop once the step `until` is; resumable."""
        registry, plan = self.registry(), self.plan()
        crew = Crew(by or self.carry_out, self.parallel)
        while not registry.has_done(until) and (outcome := crew.next(registry)):
            registry = after(registry.record(outcome), outcome.instruction, self.store)
            with crew.troubled_by(UsageError, Paused):
                if plan is not (plan := self.plan()):
                    registry = self.registry()
                    self.pause(outcome.instruction)
        return registry

    def finish(self, registry: Registry) -> Registry:
        """Carry out what waits, and nothing that would follow from it."""
        crew = Crew(self.carry_out, self.parallel)
        while outcome := crew.next(registry):
            registry = registry.record(outcome)
        return registry

    def pause(self, name: str) -> None:
        """Where the instruction of that name has changed the plan, and a person wants to see it."""
        step = self.program.step(name.partition("/")[0])
        if self.approve and step.writes == PLAN:
            raise Paused(f"`{PLAN}` is as `{name}` left it: read it, change what you like.")

    def carry_out(self, instruction: Instruction) -> Outcome:
        """A fresh agent drafts; evaluators judge; at most so many rounds mend; the best is kept."""
        agent = self.agent(instruction)
        texts = made_from(instruction, agent.situation.text)
        agent, draft = drafted(agent, None, 0)
        draft = reviewed(agent, draft, 0)
        self.tell(Judged(instruction.id, 0, draft.findings, draft.accepted))
        agent, draft, rounds = self.mended(agent, draft)
        return self.conclude(agent, compared(agent, draft), rounds, texts)

    def mended(self, agent: Agent, draft: Draft) -> tuple[Agent, Draft, int]:
        """The best of the draft and its repairs, and how many rounds of these there were.

        A text is repaired, and what a repair makes worse is taken back; an answer in a form is
        given anew.
        """
        chosen, rounds = better if agent.step.form in FORMS else repaired, 0
        most = 0 if agent.step.is_chapter and agent.is_locked else agent.step.repeat
        while not draft.accepted and rounds < most:
            rounds += 1
            agent, candidate = drafted(agent, draft, rounds)
            candidate = reviewed(agent, candidate, rounds)
            self.tell(Judged(agent.instruction.id, rounds, candidate.findings, candidate.accepted))
            draft = chosen(draft, candidate)
        return agent, draft, rounds

    def conclude(
        self, agent: Agent, draft: Draft, rounds: int, made_from: Mapping[str, str]
    ) -> Outcome:
        """Completion is decided here: a text is there, and it is in the book for good."""
        if not draft.text:
            why = draft.findings[0].message if draft.findings else "every answer was empty."
            raise AnswerRefused(f"`{agent.instruction.id}` came to nothing: {why}")
        instruction = agent.instruction
        outcome = Outcome(
            instruction.id,
            still_wrong(agent, draft),
            rounds,
            "" if agent.step.mends else instruction.writes,
            {**made_from, **held_against(draft.beside, agent.situation.text)},
            agent.seen,
        )
        self.journal.commit(outcome, files(agent, draft))
        self.tell(Finished(instruction, outcome, known_words(draft.text)))
        return outcome

    def agent(self, instruction: Instruction) -> Agent:
        step, situation = self.program.step(instruction.step), self.situation(instruction)
        self.tell(Started(instruction, situation.chapter.title if situation.chapter else ""))
        return Agent(
            instruction=instruction,
            step=step,
            program=self.program,
            situation=situation,
            line=self.line(instruction, step),
            prompts=self.prompts,
            evaluators=self.judges(step),
            weigh=self.weigh,
        )

    def judges(self, step: Step) -> tuple[Evaluator, ...]:
        """The step's evaluators, deaf to what a person lets stand."""
        waived = self.journal.waived()
        judges = (self.evaluators[name] for name in step.evaluators)
        return tuple(sparing(judge, waived) if waived else judge for judge in judges)

    def situation(self, instruction: Instruction) -> Situation:
        plan, number = self.plan(), instruction.beat
        here = Situation(self.brief, Reading(self.store, instruction.id), plan)
        if not plan:
            return here
        chapter = plan.called(instruction.subject) if instruction.subject else None
        step = self.program.step(instruction.step)
        steps = [self.program.step(name) for name in step.reads if name not in SOURCES]
        shown = {before.id: tuple(paths_of(plan, before, instruction)) for before in steps}
        others = drafts(self.program, plan) if step.tools else ()
        return replace(
            here,
            chapter=chapter,
            together=step.together or step.proposes,
            part=plan.parts[instruction.part - 1] if instruction.part else None,
            beat=Beat(number, chapter.beats[number - 1]) if chapter and number else None,
            drafts=shown,
            unseen=frozenset(others).difference(*shown.values()),
            passages=self.passages,
            of_the_book=frozenset(before.id for before in steps if not before.for_each),
            ledger=self.ledger,
            order=instruction.order,
        )

    def line(self, instruction: Instruction, step: Step) -> Line:
        return Line(
            llm=self.llm,
            journal=self.journal,
            purse=self.purse,
            instruction=instruction.id,
            role=step.role,
            tell=self.tell,
        )

    def registry(self) -> Registry:
        """The program for the plan as it stands now, with all that is finished already."""
        plan = self.plan()
        if plan:
            titles = tuple(chapter.title for chapter in plan.chapters)
            words = tuple(chapter.words for chapter in plan.chapters)
            shown = tuple(chapter.shown for chapter in plan.chapters)
            self.tell(Planned(plan.title, titles, words, self.brief.language, shown))
        todo = instructions(self.program, plan, self.brief)
        return arranged(todo, plan, self.store, self.journal)

    def plan(self) -> Plan | None:
        try:
            return load(self.store.read(PLAN))
        except NoSuchFile:
            return None


def drafted(agent: Agent, draft: Draft | None, round_: int) -> tuple[Agent, Draft]:
    """A draft, and the agent who made it: its window halved until the model can hold it."""
    method = METHODS[agent.step.draft]
    for _ in range(NARROWINGS):
        try:
            return agent, method(agent, draft, round_)
        except WindowOverflow:
            agent = replace(agent, narrowed=agent.narrowed + 1)
    return agent, method(agent, draft, round_)
