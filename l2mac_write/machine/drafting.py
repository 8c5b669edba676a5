"""How an instruction's text comes to be: at once, in pieces, by small questions, or by mending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from l2mac_write.findings import Severity
from l2mac_write.machine import contradictions, replanning
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.amending import amended
from l2mac_write.machine.assigning import assigned
from l2mac_write.machine.critiquing import critiqued
from l2mac_write.machine.digesting import digest
from l2mac_write.machine.drafts import FED_BACK, Draft
from l2mac_write.machine.judging import judged as read_and_judged
from l2mac_write.machine.outlining import by_parts
from l2mac_write.machine.passages import mended
from l2mac_write.machine.pieces import in_pieces
from l2mac_write.machine.program import (
    AMENDED,
    ASSIGNED,
    CONTINUED,
    CRITICIZED,
    JUDGED,
    READ,
    REVISED,
)
from l2mac_write.machine.revising import revised
from l2mac_write.machine.scenes import by_scenes
from l2mac_write.machine.small_questions import by_questions
from l2mac_write.machine.unplanned import continued, read
from l2mac_write.messages import Reply, Request, Told

LEAST_ANEW = 10
"""A reply shorter than this part of the draft is no text anew; it says that all may stay."""
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
    if draft and draft.text and (agent.due.is_long or not agent.has_tools):
        told = mended(agent, draft, round_)
        if agent.due.is_long or told.demerit < draft.demerit:
            return told
    return in_pieces(agent, round_) if agent.due.is_long else whole(agent, draft, round_)


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
    "scenes": by_scenes,
    "piecewise": by_questions,
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
