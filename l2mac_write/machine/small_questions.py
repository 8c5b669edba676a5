"""A plan by small questions, each so short that a small model answers it soundly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from l2mac_write.machine import planning
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.program import Step
from l2mac_write.messages import Reply, Request, Structured, Told

ANSWERS = 5
"""Tries at one answer, each with a seed of its own."""


def by_questions(agent: Agent, _: Draft | None, round_: int) -> Draft:
    """A plan by small questions: what the book is about, then each chapter's title.

    The program's own sentences, with the answers in their slots, are what the plan is made of.
    """
    brief = agent.situation.brief
    answers: dict[str, str] = {}
    for slot, question in agent.step.asks.items():
        asked = f"{brief.prompt}\n{question.format_map(answers)}"
        answers[slot] = _answer(agent, slot, asked, (round_, [*answers.values()]))
    chapters: list[Mapping[str, Any]] = []
    for number in range(1, brief.chapters + 1):
        stage = agent.program.stage(number, brief)
        goal = stage.goal.format_map(answers)
        taken = [answers["title"], *(str(chapter["title"]) for chapter in chapters)]
        title = stage.title.format_map(answers)
        if not title or title in taken:
            title = _answer(agent, "title", f"{goal}\n{agent.step.asks['title']}", (round_, taken))
        beats = [beat.format_map(answers) for beat in stage.beats]
        words = brief.words // brief.chapters
        chapters.append({"title": title, "goal": goal, "beats": beats, "words": words})
    book = planning.framed(agent.program, answers)
    return agent.verdict(json.dumps({**book, "chapters": chapters}, ensure_ascii=False))


def _answer(agent: Agent, slot: str, asked: str, so_far: tuple[int, list[str]]) -> str:
    """The first sound answer to one question; after a few tries, the last one as it is."""
    round_, before = so_far
    names = planning.names_in(agent.situation.brief.prompt) or agent.step.names
    schema = planning.answer_schema(slot, names if slot == "name" else ())
    shown = [example[slot] for example in agent.step.examples]
    answer = ""
    for attempt in range(ANSWERS):
        request = Request(
            system=agent.say("system.md.j2"),
            conversation=(*_examples(agent.step, slot), Told(asked)),
            shape=Structured(schema),
            seed=agent.seed(round_ * 1000 + len(before) * ANSWERS + attempt),
        )
        answer = planning.answered(agent.line.reply(request).text, slot) or answer
        known = () if slot == "name" else before
        if answer not in shown and planning.is_sound(answer, known):
            break
    return answer


def _examples(step: Step, slot: str) -> Iterator[Told | Reply]:
    """Questions and answers that show how such an answer looks."""
    for example in step.examples:
        yield Told(f"{example['ask']}\n{step.asks[slot].format_map(example)}")
        yield Reply(json.dumps({slot: example[slot]}, ensure_ascii=False))
