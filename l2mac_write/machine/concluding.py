"""What an instruction leaves behind once it is done: its files, and what is still wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from l2mac_write.findings import Finding
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.proposed import dump
from l2mac_write.text.headings import headed


def files(agent: Agent, draft: Draft) -> Mapping[str, str]:
    """What the draft makes of the instruction's file, and of one beside it where it is a proposal."""
    order, chapter = agent.situation.order, agent.situation.chapter
    if order and draft.proposed:
        return {order.path: draft.text, order.record: dump(draft.proposed)}
    if draft.text == agent.accepted:
        return {}
    if chapter and agent.step.is_chapter:
        return {agent.instruction.writes: headed(chapter.title, draft.text)}
    return {agent.instruction.writes: f"{draft.text.strip()}\n"}


def still_wrong(agent: Agent, draft: Draft) -> tuple[Finding, ...]:
    """Nothing that is said elsewhere: of a proposal beside it, of a chapter that stays by its judges."""
    has_stayed = agent.step.amends and draft.text == agent.accepted
    return () if agent.step.proposes or has_stayed else draft.findings
