"""A fresh agent: one model on one instruction, with all it may see, ask and use."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from l2mac_write.findings import Finding, Work, unproven
from l2mac_write.instructions import Instruction
from l2mac_write.items import Item
from l2mac_write.ledger.keys import keys
from l2mac_write.locks import findings, of_whole
from l2mac_write.machine.calls import Line
from l2mac_write.machine.desk import Desk
from l2mac_write.machine.drafts import Draft, judged
from l2mac_write.machine.due import Due, due
from l2mac_write.machine.forms import FORMS
from l2mac_write.machine.looking_up import look_up
from l2mac_write.machine.overflow import Done
from l2mac_write.machine.program import Program, Step
from l2mac_write.machine.reading import NOBODY
from l2mac_write.machine.recalling import found
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.sources import TOLD
from l2mac_write.machine.texts import text_of
from l2mac_write.machine.toolbox import NO_TOOLS, file_tools, ledger_tool
from l2mac_write.machine.turn import Turn, Wording, take_turn
from l2mac_write.machine.window import (
    CHARACTERS_PER_TOKEN,
    LEAST,
    Compiled,
    Items,
    Window,
    compiled,
)
from l2mac_write.messages import Conversation, Prose, Request, Shape, Structured, Told
from l2mac_write.ports import Evaluator, Prompts
from l2mac_write.text.counting import count_words
from l2mac_write.text.headings import body
from l2mac_write.text.languages import Language, language

BRIEF_SHOWN = 2_000
"""Characters of the brief that whoever does not plan the book sees of it."""
ARCHITECT = "architect"
SHELF = 8
"""That part of the model's window may be taken by what is the same for the whole book."""


@dataclass(frozen=True, kw_only=True)
class Agent:
    instruction: Instruction
    step: Step
    program: Program
    situation: Situation
    line: Line
    prompts: Prompts
    evaluators: tuple[Evaluator, ...]
    weigh: Callable[[Finding], Finding] = unproven
    """How grave what a judge finds may be."""
    narrowed: int = 0
    """How often its window was halved because the model could not hold it."""

    @property
    def language(self) -> Language:
        return language(self.situation.brief.language)

    @cached_property
    def due(self) -> Due:
        """How long its text is to be."""
        return due(self.step, self.situation, self.instruction.writes)

    @property
    def shape(self) -> Shape:
        form = FORMS.get(self.step.form)
        return Structured(form.schema(self.situation)) if form else self.prose(self.due.words)

    def prose(self, words: int) -> Prose:
        return Prose(words, self.language.tag)

    def desk(self, draft: str) -> Desk:
        """The whole book to read, and this draft to change."""
        here, writes = self.situation, self.instruction.writes
        return Desk(here.store, writes, draft, here.hidden, partial(found, here, self.window.seen))

    def turn(self, request: Request, draft: str) -> tuple[Turn, Desk]:
        """What the model says with its tools at hand, and the draft as it was left by them."""
        desk = self.desk(draft)
        tools = file_tools(desk).with_tools(ledger_tool(partial(look_up, self.situation)))
        toolbox = tools if self.has_tools else NO_TOOLS
        request = replace(request, tools=toolbox.specs)
        return take_turn(self.line, toolbox, request, self.wording), desk

    def answer(self, request: Request) -> str:
        """What the model says without tools, gone on with where it broke off."""
        return take_turn(self.line, NO_TOOLS, request, self.wording).text

    @property
    def accepted(self) -> str:
        """The text that its file holds; empty while there is none."""
        return body(text_of(self.situation.store, self.instruction.writes, by=NOBODY))

    @property
    def has_tools(self) -> bool:
        return self.step.tools and self.line.llm.abilities.tools

    def request(
        self,
        prompt: str,
        shape: Shape,
        *,
        attempt: int = 0,
        shelf: Items = (),
        shared: bool = False,
        **values: object,
    ) -> Request:
        """A conversation that opens with one prompt of the program; others do too if it is `shared`.

        Before it comes what others are shown too, what most of them are first and `shelf` last,
        always in the same words, so that the server's cache has it.
        """
        shelves = filter(None, dict.fromkeys((*self.window.shelves, shelf)))
        shown = (self.say("window.md.j2", window=items) for items in shelves)
        asks = self.say(prompt, shape=shape, **values)
        # what only one call is likely to begin with is not worth a place in the cache
        opening = Told(asks, once=not (self.has_tools or self.due.is_long), shared=shared)
        return Request(
            system=self.say("system.md.j2"),
            conversation=(*(Told(text, shared=True) for text in shown), opening),
            shape=shape,
            seed=self.seed(attempt),
        )

    def seed(self, attempt: int) -> int:
        """Chance is an argument: the same instruction and attempt, the same seed."""
        return zlib.crc32(f"{self.instruction.id}#{attempt}".encode())

    def say(self, prompt: str, **values: object) -> str:
        here = {
            "role": self.step.role,
            "brief": self.situation.brief,
            "asked": self.asked,
            "plan": self.situation.plan,
            "part": self.situation.part,
            "chapter": self.situation.chapter,
            "beat": self.situation.beat,
            "program": self.program,
            "words": self.due.words,
            "is_long": self.due.is_long,
            "language": self.language,
            "window": self.window,
            "writes": self.instruction.writes,
            "tools": self.has_tools,
            "keys": tuple(keys().values()),
        }
        return self.prompts.render(prompt, **{**here, **values})

    @property
    def asked(self) -> str:
        """What the person asked for; of a long brief only its beginning, as much as has room."""
        prompt = self.situation.brief.prompt
        plans = self.step.role == ARCHITECT
        room = self.budget * CHARACTERS_PER_TOKEN if plans else BRIEF_SHOWN
        return prompt if len(prompt) <= room else f"{prompt[:room]} […]"

    @cached_property
    def window(self) -> Window:
        """Compiled once, for all that the agent is told."""
        return Window(self._compiled)

    @property
    def seen(self) -> tuple[Item, ...]:
        """All that it was shown, with what it was ordered to do."""
        order = self.situation.order
        said = "\n".join((order.instruction, *order.remarks)) if order else ""
        why = (order.reason if order else "") or "what was asked for"
        return (*((Item("order", "The order", why, said),) if said else ()), *self.window.seen)

    def _compiled(self) -> Compiled:
        reads = self.step.reads
        words = (name for name in reads if name in TOLD)
        told = {name: self.say(f"{name}.md.j2", window=()).strip() for name in words}
        situation = replace(self.situation, told=told)
        return compiled(reads, situation, budget=self.budget, shelf=self.shelf)

    @property
    def budget(self) -> int:
        """Tokens of the window that what is shown may take; the rest is for talk and answer."""
        room = self.line.llm.abilities.window // 2 - 2 * self.due.at_once
        return max(LEAST, room >> self.narrowed)

    @property
    def shelf(self) -> int:
        """Tokens for what is the same for the whole book; no fewer of them for a long chapter."""
        return self.line.llm.abilities.window // SHELF >> self.narrowed

    @property
    def wording(self) -> Wording:
        return Wording(self.say_go_on, self.say_recap)

    def say_go_on(self, said: str) -> str:
        """What is told to a model whose reply broke off after `said`."""
        words = count_words(said)
        return self.say("go_on.md.j2", said=said, said_words=words)

    def say_recap(self, done: Sequence[Done], earlier: int) -> str:
        """What is told in place of look-ups that are left out, `earlier` ones not even named."""
        return self.say("recap.md.j2", done=done, earlier=earlier)

    def verdict(self, text: str, conversation: Conversation = ()) -> Draft:
        """The draft of this instruction that the text makes, with what is wrong with it."""
        form = FORMS.get(self.step.form)
        made = form.settled(text, self.situation) if form else Draft(text)
        if made.text or not form:
            draft = judged(self.work(made.text), self.evaluators)
            made = replace(draft, findings=(*made.findings, *draft.findings))
        return replace(
            made, findings=(*made.findings, *self._unlocked(made.text)), conversation=conversation
        )

    def _unlocked(self, text: str) -> tuple[Finding, ...]:
        """What the person has locked in the text that is there, where this one would change it."""
        chapter, locks = self.situation.chapter, self.situation.locks
        if not locks or not chapter or not self.step.is_chapter:
            return ()
        return findings(locks, chapter.id, self.instruction.writes, self.accepted, text)

    @property
    def is_locked(self) -> bool:
        """Whether the person wants every word of the chapter to stay."""
        chapter = self.situation.chapter
        return bool(chapter and self.accepted) and of_whole(
            self.situation.locks, chapter.id if chapter else ""
        )

    def work(self, text: str) -> Work:
        situation, step = self.situation, self.step
        is_text = step.is_chapter or step.proposes
        chapter = situation.chapter if is_text else None
        work = situation.work(
            chapter.path if chapter else self.instruction.writes,
            text,
            self.due.target,
            situation.earlier if is_text else (),
        )
        return replace(work, asked=self.due.words)
