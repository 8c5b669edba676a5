"""A book rehearsed over the fake API, whose owner counts every token of every prompt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from l2mac_write import wiring
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.findings import Finding, Work
from l2mac_write.instructions import Outcome
from l2mac_write.llm.anthropic import Account, Anthropic
from l2mac_write.llm.rehearsal import Rehearsal, prose
from l2mac_write.messages import Reply, Request, Usage
from l2mac_write.plan import PLAN, ChapterPlan, Person, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.ports import Abilities, Evaluator
from l2mac_write.settings import Settings
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.spending import Spend
from tests.fake_api import FakeApi

MODEL = "claude-sonnet-5-5"
NAMES = ("Ann Dore", "Job Hale", "Ida Voss", "Carl Renn", "Mina Fell", "Otto Brandt")
BEATS = 4

T = TypeVar("T")


@dataclass
class OverTheWire:
    """The rehearsal model as the fake API's: every request goes through the socket."""

    api: FakeApi
    llm: Anthropic
    rehearsal: Rehearsal = field(default_factory=Rehearsal)

    @property
    def model(self) -> str:
        return self.llm.model

    @property
    def abilities(self) -> Abilities:
        return self.llm.abilities

    def reply(self, request: Request, hear: Callable[[str], None]) -> Reply:
        self.api.respond = lambda _: self.rehearsal.reply(request, lambda _: None).text
        return self.llm.reply(request, hear)

    def patiently(self, attempt: Callable[[], T]) -> T:
        return attempt()

    def ceiling(self, request: Request) -> float | None:
        return 0.0

    def price(self, usage: Usage) -> float | None:
        return 0.0

    def close(self) -> None:
        self.llm.close()


@dataclass(frozen=True)
class Metered:
    """What a book has cost, and the chapter that each instruction was for; 0 is the whole book."""

    spends: tuple[Spend, ...]
    chapters: dict[str, int]
    bodies: tuple[dict, ...]

    def prompts(self) -> dict[int, int]:
        """Input tokens of each chapter, by its number."""
        found: Counter[int] = Counter()
        for spend in self.spends:
            found[self.chapters[spend.instruction]] += spend.usage.prompt
        return {number: found[number] for number in sorted(found) if number}

    def by_step(self) -> dict[str, tuple[int, int]]:
        """Input tokens of each step, and those of them that were read from the cache."""
        found: dict[str, tuple[int, int]] = {}
        for spend in self.spends:
            step = spend.instruction.partition("/")[0]
            prompt, read = found.get(step, (0, 0))
            found[step] = prompt + spend.usage.prompt, read + spend.usage.cache_read_tokens
        return found

    def cached(self) -> float:
        """The share of all input tokens that was read from the cache."""
        usages = [spend.usage for spend in self.spends]
        return sum(u.cache_read_tokens for u in usages) / sum(u.prompt for u in usages)


def metered(chapters: int, words: int, judges: dict[str, Evaluator] | None = None) -> Metered:
    """The book by a plan with sentences of usual length, every text accepted at once."""
    book, settings = (
        MemoryBook(),
        Settings(prompt="A tale.", chapters=chapters, words=chapters * words),
    )
    book.commit(
        Outcome("requirements", writes="notes/requirements.md"),
        {"notes/requirements.md": "1. It is a tale.\n"},
    )
    book.commit(Outcome("plan", writes=PLAN), {PLAN: dump(plan(chapters, words))})
    with FakeApi() as api:
        llm = OverTheWire(api, Anthropic(MODEL, account=Account("a-key-of-no-use", api.url)))
        unit = wiring.machine(settings, book, llm, lambda _: None)
        registry = replace(unit, evaluators=judges or dict.fromkeys(EVALUATORS, accepting)).run()
        llm.close()
    numbers = {i.id: i.chapter for i in registry.instructions}
    return Metered(book.spend(), numbers, tuple(api.bodies))


def accepting(_: Work, /) -> tuple[Finding, ...]:
    return ()


def plan(chapters: int, words: int) -> Plan:
    return Plan(
        title="Two Banks",
        premise=prose(30, "premise"),
        style=prose(40, "style"),
        people=tuple(Person(name, prose(12, name)) for name in NAMES),
        chapters=tuple(_chapter(number, words) for number in range(1, chapters + 1)),
        requirements=("It is a tale.",),
    )


def _chapter(number: int, words: int) -> ChapterPlan:
    def said(what: str, length: int) -> str:
        return prose(length, f"{what} {number}").replace("\n\n", " ")

    return ChapterPlan(
        number=number,
        title=f"Chapter {number}",
        goal=said("goal", 20),
        words=words,
        beats=tuple(said(f"beat {n}", 18) for n in range(BEATS)),
        must=(said("must", 10),),
        people=tuple(NAMES[(number + n) % len(NAMES)] for n in range(2)),
        covers=(1,),
        id=f"chapter-{number}",
    )
