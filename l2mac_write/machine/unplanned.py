"""Chapters that nobody has planned: one that is there is read, those to come are planned."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from l2mac_write.errors import UsageError
from l2mac_write.items import Item
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.contracting import MOST_BEATS, due, no_contract, rows
from l2mac_write.machine.digesting import pieces
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.window import CHARACTERS_PER_TOKEN, harmless

Planning: TypeAlias = Callable[[Agent, Draft | None, int], Draft]


def read(agent: Agent, _: Draft | None, round_: int) -> Draft:
    """The plan with what the chapter does; as it is where there is none, or where it is known.

    A chapter that is longer than the window is read piece by piece.
    """
    chapter = agent.situation.chapter
    words = agent.situation.body(chapter.path) if chapter else ""
    if not words or not due(agent.situation):
        return Draft(agent.accepted)
    words = harmless(Item("piece", "", "", words)).text
    told: list[dict[str, Any]] = []
    for at, piece in enumerate(pieces(words, agent.budget * CHARACTERS_PER_TOKEN)):
        seed = round_ * len(words) + at
        request = agent.request(agent.step.prompt, agent.shape, attempt=seed, piece=piece)
        try:
            told += rows(agent.answer(request))[:1]
        except UsageError as error:
            return Draft("", (no_contract(str(error)),))
    return agent.verdict(json.dumps({"chapters": [_joined(told)]}, ensure_ascii=False))


def continued(plan: Planning, agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """The plan with what the chapters from here on are to do; as it is where that is known."""
    return plan(agent, draft, round_) if due(agent.situation) else Draft(agent.accepted)


def _joined(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was read of a chapter piece by piece, as one row."""
    whole: dict[str, Any] = {}
    for row in rows:
        for key, value in row.items():
            if isinstance(value, list) and isinstance(whole.get(key), list):
                whole[key] = [*whole[key], *value]
            elif key == "goal" and isinstance(value, str) and key in whole:
                whole[key] = f"{whole[key]} {value}"
            else:
                whole.setdefault(key, value)
    if isinstance(beats := whole.get("beats"), list) and len(beats) > MOST_BEATS:
        whole["beats"] = beats[:: -(-len(beats) // MOST_BEATS)]
    return whole
