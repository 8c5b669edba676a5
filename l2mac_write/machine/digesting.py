"""A brief of any length is read piece by piece, and its wishes are gathered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress

from l2mac_write.errors import UsageError
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.requirements import no_list, wishes
from l2mac_write.machine.window import CHARACTERS_PER_TOKEN

CUTS = ("\n\n", "\n", ". ", " ")
"""Where a brief is cut, the best first."""


def digest(agent: Agent, _: Draft | None, round_: int) -> Draft:
    """Each piece is as long as the window lets it be."""
    found: list[tuple[str, str]] = []
    for piece in pieces(agent.situation.brief.prompt, agent.budget * CHARACTERS_PER_TOKEN):
        try:
            found += _wishes(agent, piece, round_)
        except UsageError as error:
            return Draft("", (no_list(str(error)),))
    rows = [{"wish": wish, "quote": quote} for wish, quote in found]
    return agent.verdict(json.dumps({"requirements": rows}, ensure_ascii=False))


def _wishes(agent: Agent, piece: str, rounds: int) -> list[tuple[str, str]]:
    """Of the first answer that can be read; those of earlier rounds are in the journal.

    So a piece that was read is not paid for again because another could not be.
    """
    for attempt in range(rounds):
        with suppress(UsageError):
            return wishes(_said(agent, piece, attempt))
    return wishes(_said(agent, piece, rounds))


def _said(agent: Agent, piece: str, attempt: int) -> str:
    request = agent.request(agent.step.prompt, agent.shape, attempt=attempt, piece=piece)
    return agent.answer(request)


def pieces(brief: str, room: int) -> Iterator[str]:
    """The brief cut where a paragraph, a line, a sentence or at least a word ends, if it can be."""
    brief = brief.strip()
    while len(brief) > room:
        ends = (brief.rfind(cut, room // 2, room) + len(cut.rstrip()) for cut in CUTS)
        end = next((end for end in ends if end > room // 2), room)
        yield brief[:end].strip()
        brief = brief[end:].strip()
    yield brief
