"""How an instruction's text comes to be: at once, scene by scene, or piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from l2mac_write.book import count_words
from l2mac_write.findings import Text
from l2mac_write.machine import planning
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft, better, judged
from l2mac_write.machine.toolbox import NO_TOOLS, file_tools
from l2mac_write.machine.turn import grown, take_turn
from l2mac_write.messages import Prose, Request, Structured, Told

FED_BACK = 12
"""Findings told to a model at a time, worst first."""
CANDIDATES = 3
"""Tries at one scene or one piece of a plan, each with a seed of its own."""
SHORTEST_SCENE = 60
TAIL_WORDS = 90

Method: TypeAlias = Callable[[Agent, Draft | None, int], Draft]
"""A first draft where there is none yet, else another try at the draft: (agent, draft, round)."""


def whole(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """One conversation: the text is the reply, findings are answered by patches or a new text."""
    if draft is None:
        return _spoken(agent, agent.request(agent.step.prompt, agent.shape), "")
    told = agent.say("findings.md.j2", findings=draft.to_revise[:FED_BACK], draft=draft.text)
    opening = agent.request(agent.step.prompt, agent.shape, attempt=round_)
    return _spoken(
        agent, grown(replace(opening, conversation=draft.conversation), Told(told)), draft.text
    )


def _spoken(agent: Agent, request: Request, draft: str) -> Draft:
    desk = agent.desk(draft)
    toolbox = file_tools(desk) if agent.has_tools else NO_TOOLS
    turn = take_turn(
        agent.line,
        toolbox,
        replace(request, tools=toolbox.specs),
        go_on=agent.say("go_on.md.j2"),
    )
    return agent.verdict(desk.draft if desk.patches else turn.text, turn.conversation)


def scenes(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """Scene after scene until the length is there; a second try goes on where the draft ends."""
    text = draft.text if draft else ""
    for number in range(2 * agent.words // agent.step.scene_words + 1):
        left = agent.words - count_words(text, agent.situation.brief.language)
        if left < agent.step.scene_words // 2:
            break
        words = max(SHORTEST_SCENE, min(agent.step.scene_words, left))
        text = f"{text}\n\n{_scene(agent, text, words, round_ * 100 + number)}".strip()
    return agent.verdict(text)


def _scene(agent: Agent, before: str, words: int, number: int) -> str:
    """The best of a few candidates for the next scene; the first clean one ends the search."""
    asked = agent.say(
        agent.step.prompt,
        beat=_beat(agent, before),
        scene_words=words,
        tail=_tail(before),
    )
    best = Draft("", missed=words)
    for attempt in range(CANDIDATES):
        request = Request(
            system=agent.say("system.md.j2"),
            conversation=(Told(asked),),
            shape=Prose(words),
            seed=agent.seed(number * CANDIDATES + attempt),
        )
        candidate = _heard(agent, before, agent.line.reply(request).text, words)
        best = candidate if not best.text else better(best, candidate)
        if best.accepted and best.missed < words // 2:
            break
    return best.text


def _heard(agent: Agent, before: str, text: str, words: int) -> Draft:
    work = agent.work(text)
    so_far = (*work.earlier, Text(work.path, before))
    return judged(replace(work, words=words, earlier=so_far), agent.evaluators)


def _beat(agent: Agent, before: str) -> str:
    """The beat that is due once so many of the chapter's words are written."""
    chapter = agent.situation.chapter
    if not chapter or not chapter.beats:
        return ""
    share = count_words(before, agent.situation.brief.language) / max(1, agent.words)
    return chapter.beats[min(len(chapter.beats) - 1, round(share * len(chapter.beats)))]


def _tail(text: str) -> str:
    return " ".join(text.split()[-TAIL_WORDS:])


def piecewise(agent: Agent, _: Draft | None, round_: int) -> Draft:
    """A plan by many small answers: first what the book is, then one chapter after the other."""
    book = _piece(agent, agent.step.prompt, planning.head_schema(), seed=round_ * 1000)
    chapters: list[Mapping[str, Any]] = []
    for number in range(1, agent.situation.brief.chapters + 1):
        chapters.append(_chapter(agent, book, chapters, round_ * 1000 + number * 10))
    return agent.verdict(json.dumps({**book, "chapters": chapters}, ensure_ascii=False))


def _chapter(
    agent: Agent, book: Mapping[str, Any], before: list[Mapping[str, Any]], seed: int
) -> Mapping[str, Any]:
    """The next chapter's contract; one whose title is taken already is asked for again."""
    number, chapters = len(before) + 1, agent.situation.brief.chapters
    words = agent.situation.brief.words // chapters
    schema = planning.chapter_schema(max(3, words // max(1, agent.step.scene_words)))
    taken = {str(chapter["title"]).casefold() for chapter in before}
    for attempt in range(CANDIDATES):
        piece = _piece(
            agent,
            agent.step.piece_prompt,
            schema,
            seed=seed + attempt,
            book=book,
            before=before,
            number=number,
            stage=agent.program.stage(number, chapters),
        )
        if str(piece["title"]).casefold() not in taken:
            break
    return {**piece, "words": words}


def _piece(
    agent: Agent, prompt: str, schema: Mapping[str, Any], *, seed: int, **values: object
) -> dict[str, Any]:
    request = agent.request(prompt, Structured(schema), attempt=seed, **values)
    return planning.piece(agent.line.reply(request).text, schema)


METHODS: Mapping[str, Method] = {"whole": whole, "scenes": scenes, "piecewise": piecewise}
