"""A text scene by scene, from a small model that can only go on from the words before."""

from __future__ import annotations

from dataclasses import replace

from l2mac_write.findings import Text
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.continuing import whole_sentences
from l2mac_write.machine.drafts import Draft, better, judged
from l2mac_write.machine.passages import Passage, rid
from l2mac_write.machine.pieces import CLOSE, cleaned
from l2mac_write.machine.texts import ending
from l2mac_write.messages import Prose, Reply, Request, Told
from l2mac_write.text.counting import count_words

CANDIDATES = 2
"""Tries at one scene, each with a seed of its own."""
SHORTEST_SCENE = 30
MOST_SCENES = 3
"""Scenes tried for each that the length asks for; checks may leave little of one."""
TAIL_WORDS = 150


def by_scenes(agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """Scene after scene until the length is there.

    A second try goes on where the draft ends, and tells its faulty paragraphs anew.
    """
    text = draft.text if draft else ""
    for number in range(MOST_SCENES * agent.due.words // agent.step.scene_words + 1):
        left = agent.due.words - count_words(text)
        if left < max(SHORTEST_SCENE // 2, round(CLOSE * agent.due.words)):
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
    return judged(replace(work, words=words, asked=words, earlier=so_far), agent.evaluators)


def _beat(agent: Agent, before: str) -> str:
    """The beat whose turn it is by the chapter's words so far; empty once all are told."""
    chapter = agent.situation.chapter
    if not chapter or not chapter.beats:
        return ""
    written = count_words(before)
    due = round(written / max(1, agent.due.words) * len(chapter.beats))
    told = [beat for beat in chapter.beats if beat in before]
    left = [beat for beat in chapter.beats[: due + 1] if beat not in told]
    return left[0] if left else ""
