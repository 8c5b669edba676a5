"""The accepted chapter, and one try to mend what judges hold against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from l2mac_write.findings import Severity
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.verdicts import UNJUDGED, about

Mending: TypeAlias = Callable[[Agent, Draft | None, int], Draft]


def amended(mend: Mending, agent: Agent, draft: Draft | None, round_: int) -> Draft:
    """It stays as it is where nothing is worth a repair, and what else was wrong with it is no news.

    What judges hold against it is asked once. Whether that is mended they say themselves: a chapter
    that has changed is judged again.
    """
    if not draft:
        claims = map(agent.weigh, about(agent.situation))
        worth_it = (c for c in claims if c.severity is not Severity.ADVISE and c.code != UNJUDGED)
        return Draft(agent.accepted, tuple(worth_it))
    now, before = mend(agent, draft, round_), agent.verdict(agent.accepted)
    old = {(finding.key, finding.severity) for finding in before.findings}
    return replace(now, findings=tuple(f for f in now.findings if (f.key, f.severity) not in old))
