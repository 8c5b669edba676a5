"""A fresh agent: one model on one instruction, with all it may see, ask and use."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from l2mac_write.book import count_words
from l2mac_write.findings import Work
from l2mac_write.instructions import Instruction
from l2mac_write.languages import Language, language
from l2mac_write.machine import planning
from l2mac_write.machine.calls import Line
from l2mac_write.machine.desk import Desk
from l2mac_write.machine.drafts import Draft, judged
from l2mac_write.machine.program import Program, Step
from l2mac_write.machine.window import Item, Situation, compiled
from l2mac_write.messages import Conversation, Prose, Request, Shape, Structured, Told
from l2mac_write.ports import Evaluator, Prompts

PLAN_FORM = "plan"
LEAST_WINDOW = 400
"""Tokens; what is shown is never cut to less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    instruction: Instruction
    step: Step
    program: Program
    situation: Situation
    line: Line
    prompts: Prompts
    evaluators: tuple[Evaluator, ...]
    narrowed: int = 0
    """How often its window was halved because the model could not hold it."""

    @property
    def words(self) -> int:
        """The length asked for, in the unit of the language: the step's own, else the chapter's; 0 where there is none."""
        chapter = self.situation.chapter
        return self.language.scaled(self.step.words) or (chapter.words if chapter else 0)

    @property
    def language(self) -> Language:
        return language(self.situation.brief.language)

    @property
    def shape(self) -> Shape:
        if self.step.form == PLAN_FORM:
            return Structured(planning.plan_schema(self.situation.brief))
        return Prose(self.words, self.language.tag)

    def desk(self, draft: str = "") -> Desk:
        """The whole book to read, and this draft to change."""
        situation = self.situation
        return Desk(situation.store, self.instruction.writes, draft, situation.hidden)

    @property
    def has_tools(self) -> bool:
        return self.step.tools and self.line.llm.abilities.tools

    def request(self, prompt: str, shape: Shape, *, attempt: int = 0, **values: object) -> Request:
        """A conversation that opens with the window and one prompt of the program."""
        return Request(
            system=self.say("system.md.j2"),
            conversation=(Told(self.say(prompt, shape=shape, **values)),),
            shape=shape,
            seed=self.seed(attempt),
        )

    def seed(self, attempt: int) -> int:
        """Chance is an argument: the same instruction and attempt, the same seed."""
        return zlib.crc32(f"{self.instruction.id}#{attempt}".encode())

    def say(self, prompt: str, **values: object) -> str:
        return self.prompts.render(
            prompt,
            role=self.step.role,
            brief=self.situation.brief,
            plan=self.situation.plan,
            chapter=self.situation.chapter,
            program=self.program,
            words=self.words,
            language=self.language,
            window=self.window(),
            writes=self.instruction.writes,
            tools=self.has_tools,
            **values,
        )

    def window(self) -> Iterator[Item]:
        """Compiled only if the prompt shows it: reading the book is what costs."""
        yield from compiled(self.step.reads, self.situation, budget=self.budget)

    @property
    def budget(self) -> int:
        """Tokens of the window that what is shown may take; the rest is for talk and answer."""
        room = self.line.llm.abilities.window // 2 - 2 * self.words
        return max(LEAST_WINDOW, room >> self.narrowed)

    def say_go_on(self, said: str) -> str:
        """What is told to a model whose reply broke off after `said`."""
        words = count_words(said, self.language.tag)
        return self.say("go_on.md.j2", said=said, said_words=words)

    def verdict(self, text: str, conversation: Conversation = ()) -> Draft:
        """The draft of this instruction that the text makes, with what is wrong with it."""
        if self.step.form == PLAN_FORM:
            draft = planning.settled(text, self.situation.brief)
            found = (f for judge in self.evaluators for f in judge(self.work(text)))
            draft = replace(draft, findings=(*draft.findings, *found))
        else:
            draft = judged(self.work(text), self.evaluators)
        return replace(draft, conversation=conversation)

    def work(self, text: str) -> Work:
        plan, chapter = self.situation.plan, self.situation.chapter
        return Work(
            path=self.instruction.writes,
            text=text.strip(),
            words=self.words,
            title=chapter.title if chapter else "",
            language=self.language.tag,
            earlier=self.situation.earlier if self.step.is_chapter else (),
            cast=tuple(person.name for person in plan.people) if plan else (),
        )
