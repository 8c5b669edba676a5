"""How an instruction's text comes to be: at once, in pieces, by small questions, or by mending."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from l2mac_write.findings import Severity, Text
from l2mac_write.machine import contradictions, planning, replanning
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.amending import amended
from l2mac_write.machine.assigning import assigned
from l2mac_write.machine.continuing import whole_sentences
from l2mac_write.machine.critiquing import critiqued
from l2mac_write.machine.digesting import digest
from l2mac_write.machine.drafts import FED_BACK, Draft, better, judged
from l2mac_write.machine.judging import judged as read_and_judged
from l2mac_write.machine.outlining import by_parts
from l2mac_write.machine.passages import Passage, mended, rid
from l2mac_write.machine.pieces import CLOSE, cleaned, in_pieces
from l2mac_write.machine.program import (
    AMENDED,
    ASSIGNED,
    CONTINUED,
    CRITICIZED,
    JUDGED,
    READ,
    REVISED,
    Step,
)
from l2mac_write.machine.revising import revised
from l2mac_write.machine.texts import ending
from l2mac_write.machine.unplanned import continued, read
from l2mac_write.messages import Prose, Reply, Request, Structured, Told
from l2mac_write.text.counting import count_words

LEAST_ANEW = 10
"""A reply shorter than this part of the draft is no text anew; it says that all may stay."""
CANDIDATES = 2
ANSWERS = 5
"""Tries at one scene, each with a seed of its own; at a short answer, `ANSWERS`."""
SHORTEST_SCENE = 30
MOST_SCENES = 3
"""Scenes tried for each that the length asks for; checks may leave little of one."""
TAIL_WORDS = 150
AT_ONCE = 30
"""Chapters that one answer may plan."""

PROMPTS_OF: Mapping[str, tuple[str, ...]] = {
    "beats": ("piece.md.j2", "passage.md.j2"),
    "joint": ("piece.md.j2", "passage.md.j2"),
    "planned": ("outline.md.j2", "part.md.j2"),
    JUDGED: ("compare.md.j2", "second_judge.md.j2", "fulfilment.md.j2", "quote_again.md.j2"),
    AMENDED: ("piece.md.j2", "passage.md.j2"),
    ASSIGNED: ("quote_again.md.j2",),
    CRITICIZED: ("quote_again.md.j2",),
    REVISED: ("edits_again.md.j2", "anew.md.j2", "prefer.md.j2", "retell.md.j2"),
}
"""The prompts that a method needs besides the step's own."""

Method: TypeAlias = Callable[[Agent, Draft | None, int], Draft]
"""A first draft where there is none yet, else another try at the draft: (agent, draft, round)."""


def whole(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """One conversation: the text is the reply, findings are answered by patches or a new text."""
    opening = agent.request(agent.step.prompt, agent.shape, attempt=round_)
    if draft is None or (agent.narrowed and not draft.text):
        return _spoken(agent, opening, "")
    told = Told(agent.say("findings.md.j2", findings=draft.to_revise[:FED_BACK], draft=draft.text))
    anew = (*opening.conversation, Reply(draft.text))
    so_far = anew if agent.narrowed else draft.conversation or anew
    return _spoken(agent, replace(opening, conversation=(*so_far, told)), draft.text)


def _spoken(agent: Agent, request: Request, draft: str) -> Draft:
    turn, desk = agent.turn(request, draft)
    is_anew = len(turn.text) * LEAST_ANEW > len(draft)
    said = turn.text if is_anew and not desk.patches else desk.draft
    return agent.verdict(said, turn.conversation)


def joint(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """The accepted text, and tries to mend what is wrong with it beside texts it had not seen.

    It stays as it is where nothing can be held against it that could not be before. What a model
    holds against it is asked once: an author who changes the text has answered it, and one who
    lets it stand leaves it to the reader.
    """
    known = replace(agent, situation=replace(agent.situation, together=False)).verdict(
        agent.accepted
    )
    now = beats(agent, draft, round_) if draft else agent.verdict(agent.accepted)
    old = {(finding.key, finding.severity) for finding in known.findings}
    news = tuple(f for f in now.findings if (f.key, f.severity) not in old)
    claims = contradictions.about(agent.situation)
    if draft:
        stands = now.text == draft.text
        claims = tuple(replace(claim, severity=Severity.ADVISE) for claim in claims if stands)
    is_new = news or now.text not in (agent.accepted, known.text)
    return replace(now, text=now.text if is_new else agent.accepted, findings=(*news, *claims))


def beats(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """Whole, or in pieces where that is too much for one reply.

    It is mended passage by passage where it is long, and where no tool can change a part of it.
    """
    if draft and draft.text and (agent.is_long or not agent.has_tools):
        told = mended(agent, draft, round_)
        if agent.is_long or told.demerit < draft.demerit:
            return told
    return in_pieces(agent, round_) if agent.is_long else whole(agent, draft, round_)


def scenes(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """Scene after scene until the length is there.

    A second try goes on where the draft ends, and tells its faulty paragraphs anew.
    """
    text = draft.text if draft else ""
    for number in range(MOST_SCENES * agent.words // agent.step.scene_words + 1):
        left = agent.words - count_words(text)
        if left < max(SHORTEST_SCENE // 2, round(CLOSE * agent.words)):
            break
        words = max(SHORTEST_SCENE, min(agent.step.scene_words, left))
        text = f"{text}\n\n{_scene(agent, text, words, round_ * 100 + number)}".strip()
    told = agent.verdict(text)
    return rid(agent, told, 1, _gone_on, first=round_ * 1000) if draft else told


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


def _gone_on(agent: Agent, passage: Passage, text: str, attempt: int) -> str:
    """The text with other words for the passage: a small model can only go on from those before."""
    before, _, after = text.partition(passage.text)
    request = Request(
        system=agent.say("system.md.j2"),
        conversation=(
            Told(agent.say(agent.step.prompt)),
            Reply(ending(before.strip(), TAIL_WORDS, agent.language.tag)),
        ),
        shape=Prose(max(SHORTEST_SCENE, passage.wanted)),
        seed=agent.seed(attempt),
    )
    said = cleaned(agent, whole_sentences(agent.line.reply(request).text.strip()))
    return f"{before}{said}{after}" if said else text


def _heard(agent: Agent, before: str, text: str, words: int) -> Draft:
    work = agent.work(text)
    so_far = (*work.earlier, Text(work.path, before))
    return judged(replace(work, words=words, earlier=so_far), agent.evaluators)


def _beat(agent: Agent, before: str) -> str:
    """The beat whose turn it is by the chapter's words so far; empty once all are told."""
    chapter = agent.situation.chapter
    if not chapter or not chapter.beats:
        return ""
    written = count_words(before)
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


def planned(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """A plan at once, or part by part where one answer cannot hold so many chapters."""
    if agent.situation.brief.chapters > AT_ONCE:
        return by_parts(agent, draft, round_)
    return whole(agent, draft, round_)


def replanned(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """The plan as it is where the chapter has kept to it; else with what has to change."""
    if not draft and not replanning.departure(agent.situation):
        return Draft(agent.accepted)
    return whole(agent, draft, round_)


METHODS: Mapping[str, Method] = {
    "whole": whole,
    "joint": joint,
    "beats": beats,
    "scenes": scenes,
    "piecewise": piecewise,
    "planned": planned,
    "replanned": replanned,
    "digest": digest,
    JUDGED: read_and_judged,
    AMENDED: partial(amended, beats),
    CRITICIZED: critiqued,
    REVISED: revised,
    ASSIGNED: assigned,
    READ: read,
    CONTINUED: partial(continued, whole),
}
