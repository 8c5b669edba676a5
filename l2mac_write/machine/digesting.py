"""A brief of any length is read piece by piece, and its wishes are gathered."""

from __future__ import annotations

import json
from collections.abc import Iterator

from l2mac_write.errors import UsageError
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import document
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.requirements import no_list, rows_in
from l2mac_write.machine.window import CHARACTERS_PER_TOKEN

ASKED = "requirements"


def digest(agent: Agent, _: Draft | None, round_: int) -> Draft:
    """Each piece is as long as the window lets it be; a wish is kept once."""
    wishes: list[tuple[str, str]] = []
    for piece in pieces(agent.situation.brief.prompt, agent.budget * CHARACTERS_PER_TOKEN):
        request = agent.request(agent.step.prompt, agent.shape, attempt=round_, piece=piece)
        try:
            wishes += rows_in(document(agent.line.reply(request).text).get(ASKED))
        except UsageError as error:
            return Draft("", (no_list(str(error)),))
    rows = [{"wish": wish, "quote": quote} for wish, quote in dict.fromkeys(wishes)]
    return agent.verdict(json.dumps({ASKED: rows}, ensure_ascii=False))


def pieces(brief: str, room: int) -> Iterator[str]:
    """The brief cut between paragraphs, or else anywhere, into pieces of so many characters."""
    while len(brief) > room:
        end = brief.rfind("\n\n", room // 2, room)
        end = end if end > 0 else room
        yield brief[:end].strip()
        brief = brief[end:]
    yield brief.strip()
