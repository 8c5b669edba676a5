"""How an instruction's text comes to be: at once, scene by scene, or piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from l2mac_write.book import count_words
from l2mac_write.findings import Text
from l2mac_write.machine import planning
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft, better, judged
from l2mac_write.machine.program import Step
from l2mac_write.machine.toolbox import NO_TOOLS, file_tools
from l2mac_write.machine.turn import take_turn
from l2mac_write.machine.window import ending
from l2mac_write.messages import Prose, Reply, Request, Structured, Told

FED_BACK = 12
"""Findings told to a model at a time, worst first."""
CANDIDATES = 2
ANSWERS = 5
"""Tries at one scene, each with a seed of its own; at a short answer, `ANSWERS`."""
SHORTEST_SCENE = 50
MOST_SCENES = 3
"""Scenes tried for each that the length asks for; checks may leave little of one."""
TAIL_WORDS = 150

Method: TypeAlias = Callable[[Agent, Draft | None, int], Draft]
"""A first draft where there is none yet, else another try at the draft: (agent, draft, round)."""


def whole(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """One conversation: the text is the reply, findings are answered by patches or a new text."""
    if draft is None:
        return _spoken(agent, agent.request(agent.step.prompt, agent.shape), "")
    told = Told(agent.say("findings.md.j2", findings=draft.to_revise[:FED_BACK], draft=draft.text))
    opening = agent.request(agent.step.prompt, agent.shape, attempt=round_)
    anew = (*opening.conversation, Reply(draft.text))
    so_far = anew if agent.narrowed else draft.conversation
    return _spoken(agent, replace(opening, conversation=(*so_far, told)), draft.text)


def _spoken(agent: Agent, request: Request, draft: str) -> Draft:
    desk = agent.desk(draft)
    toolbox = file_tools(desk) if agent.has_tools else NO_TOOLS
    turn = take_turn(
        agent.line,
        toolbox,
        replace(request, tools=toolbox.specs),
        go_on=agent.say_go_on,
    )
    return agent.verdict(desk.draft if desk.patches else turn.text, turn.conversation)


def scenes(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """Scene after scene until the length is there; a second try goes on where the draft ends."""
    text = draft.text if draft else ""
    for number in range(MOST_SCENES * agent.words // agent.step.scene_words + 1):
        left = agent.words - count_words(text, agent.language.tag)
        if left < agent.step.scene_words // 2:
            break
        words = max(SHORTEST_SCENE, min(agent.step.scene_words, left))
        text = f"{text}\n\n{_scene(agent, text, words, round_ * 100 + number)}".strip()
    return agent.verdict(text)


def _scene(agent: Agent, before: str, words: int, number: int) -> str:
    """The best of a few candidates for the next scene; the first clean one ends the search.

    The model goes on from the text so far and the first sentence of the scene, the next beat.
    """
    opening = _beat(agent, before)
    so_far = f"{ending(before, TAIL_WORDS, agent.language.tag)}\n\n{opening}".strip()
    best = Draft("", missed=words)
    for attempt in range(CANDIDATES):
        request = Request(
            system=agent.say("system.md.j2"),
            conversation=(Told(agent.say(agent.step.prompt)), Reply(so_far)),
            shape=Prose(max(SHORTEST_SCENE, words - count_words(opening))),
            seed=agent.seed(number * CANDIDATES + attempt),
        )
        said = agent.line.reply(request).text
        candidate = _heard(agent, before, f"{opening} {said.lstrip(' ')}", words)
        best = candidate if not best.text else better(best, candidate)
        if best.accepted and best.missed < words // 2:
            break
    return best.text


def _heard(agent: Agent, before: str, text: str, words: int) -> Draft:
    work = agent.work(text)
    so_far = (*work.earlier, Text(work.path, before))
    return judged(replace(work, words=words, earlier=so_far), agent.evaluators)


def _beat(agent: Agent, before: str) -> str:
    """The beat whose turn it is by the chapter's words so far; empty once all are told."""
    chapter = agent.situation.chapter
    if not chapter or not chapter.beats:
        return ""
    written = count_words(before, agent.language.tag)
    due = round(written / max(1, agent.words) * len(chapter.beats))
    told = [beat for beat in chapter.beats if beat in before]
    left = [beat for beat in chapter.beats[: due + 1] if beat not in told]
    return left[0] if left else ""


def piecewise(agent: Agent, _: Draft | None, round_: int) -> Draft:
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


METHODS: Mapping[str, Method] = {"whole": whole, "scenes": scenes, "piecewise": piecewise}
