"""Ten drafts with planted mechanical errors go through the feedback loop of a model: what becomes of them?

`python -m tests.benchmarks.feedback_loop` asks the local model, `--model NAME` another.
Exit code 1 unless findings fall in sum, rise in no draft, and nothing outside of what was at fault changes.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from l2mac_write import wiring
from l2mac_write.book import Brief
from l2mac_write.evaluators.panel import evaluators
from l2mac_write.findings import Finding, Severity, blocking
from l2mac_write.instructions import Outcome
from l2mac_write.llm.rehearsal import prose
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.program_file import load
from l2mac_write.plan import PLAN
from l2mac_write.ports import LLM
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from l2mac_write.text.counting import count_words

DRAFTS, WORDS = 10, 400
BREAK = "\n\n"
PLAN_OF_ONE = """
title = "The Ford"
premise = "Two men count the stones of a ford."
people = [{{ name = "Ansel Rook", who = "a ferryman" }}]

[[chapter]]
title = "The Stones"
goal = "Ansel counts the stones of the ford."
beats = ["He begins to count."]
words = {words}
"""
PLACEHOLDERS = (
    "[insert description here]",
    "[character name]",
    "{{place}}",
    "TODO: describe the mill.",
)
TALK = (
    "As an AI language model, I cannot know what he saw.",
    "Let me know if you would like changes!",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What was wrong before and after, and whether all else is as it was."""

    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    rounds: int
    is_kept: bool

    @property
    def is_sound(self) -> bool:
        """Nothing has become worse."""
        fewer = [len(blocking(self.after)) <= len(blocking(self.before))]
        return all((*fewer, len(self.after) <= len(self.before), self.is_kept))


def planted(number: int) -> str:
    """Clean prose, with four errors in it that code finds and alone cannot mend."""
    chance = random.Random(f"feedback-{number}")
    paragraphs = prose(WORDS, f"feedback-{number}").split(BREAK)
    places = chance.sample(range(len(paragraphs)), min(4, len(paragraphs)))
    for at, what in zip(places, (*chance.sample(PLACEHOLDERS, 2), *TALK), strict=False):
        sentences = paragraphs[at].split(". ")
        sentences.insert(len(sentences) // 2, what.rstrip("."))
        paragraphs[at] = ". ".join(sentences)
    return BREAK.join(paragraphs)


def unit(model: LLM) -> ControlUnit:
    words = ProgramWords("book-small" if model.abilities.guided else "book")
    book = MemoryBook(
        {PLAN: PLAN_OF_ONE.format(words=WORDS), "notes/requirements.md": "1. A ford."}
    )
    for done in ("requirements", "plan"):
        book.commit(Outcome(done), {})
    return ControlUnit(
        program=load(words.steps),
        brief=Brief("A tale of a ford.", chapters=1, words=WORDS),
        llm=model,
        store=book,
        passages=IndexedPassages(book.rows),
        ledger=StoredLedger(book.rows),
        journal=book,
        prompts=words,
        evaluators=evaluators(),
        tell=lambda _: None,
    )


def mended(model: LLM, text: str) -> Result:
    """The draft as the loop leaves it; what was wrong is what code alone had left."""
    machine = unit(model)
    instruction = next(i for i in machine.registry().instructions if i.step == "chapter")
    agent = machine.agent(instruction)
    before = agent.verdict(text)
    _, after, rounds = machine.mended(agent, before)
    return Result(before.to_revise, after.to_revise, rounds, kept(before, after))


def kept(before: Draft, after: Draft) -> bool:
    """Whether every paragraph that nothing was held against is there still, in its place."""
    paragraphs = after.text.split(BREAK)
    at = 0
    for paragraph in before.text.split(BREAK):
        if not any(f.quote and f.quote in paragraph for f in before.to_revise):
            if paragraph not in paragraphs[at:]:
                return False
            at = paragraphs.index(paragraph, at) + 1
    return True


def told(number: int, result: Result) -> str:
    counts = [
        f"{sum(f.severity is severity for f in result.before)} → "
        f"{sum(f.severity is severity for f in result.after)} {severity}"
        for severity in (Severity.BLOCK, Severity.REVISE)
    ]
    outside = "outside unchanged" if result.is_kept else "OUTSIDE CHANGED"
    return f"draft {number:>2}: {', '.join(counts)}, {result.rounds} rounds, {outside}"


def passed(results: Sequence[Result]) -> bool:
    before, after = (
        sum(len(row) for row in rows)
        for rows in zip(*((r.before, r.after) for r in results), strict=True)
    )
    print(
        f"findings: {before} → {after}; drafts with nothing left: {sum(not r.after for r in results)}"
    )
    return after < before and all(result.is_sound for result in results)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=wiring.LOCAL)
    parser.add_argument("--drafts", type=int, default=DRAFTS)
    chosen = parser.parse_args()
    name = wiring.model_named(chosen.model, os.environ)
    results = []
    with closing(wiring.llm(name, os.environ, lambda _: None)) as model:
        for number in range(1, chosen.drafts + 1):
            results.append(mended(model, planted(number)))
            print(told(number, results[-1]), flush=True)
    print(f"{chosen.drafts} drafts of about {count_words(planted(1))} words, by {name}")
    sys.exit(0 if passed(results) else 1)


if __name__ == "__main__":
    main()
