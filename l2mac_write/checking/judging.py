"""The chapters of a book are judged by a model; what was judged as it is now costs nothing again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.asking import asked_of_a_run
from l2mac_write.beforehand.estimating import AT_MOST, LIKELY, Supposed, begun, charged, fitted
from l2mac_write.beforehand.foretold import Foretold
from l2mac_write.beforehand.rehearsing import Asked, Clerk
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener, Noted, nobody
from l2mac_write.findings import Finding
from l2mac_write.llm.standin import StandIn, Target
from l2mac_write.machine import errands
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.messages import Usage
from l2mac_write.ports import LLM
from l2mac_write.settings import Settings
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook

IDLE = "every chapter is judged as it is now"


def judge(
    root: Path | str, *, tell: Listener = nobody, **settings: str | float | None
) -> tuple[Finding, ...]:
    """What judges hold against the chapters, by `model` anew if one is named, within the `budget`.

    What it takes is told first. Raises `UsageError` where no chapter is there.
    """
    with closing(BookFolder.open(Path(root))) as folder:
        wanted = asked_of_a_run(folder, {**settings, "program": None})
        wanted = replace(
            wanted, model=wiring.model_named(wanted.model, os.environ), program="", approve=False
        )
        model = wiring.able(wanted, os.environ, tell)
        if not errands.judgeable(_unit(wanted, folder, model, tell)):
            raise UsageError(f"`{root}` has no chapter yet: there is nothing to judge.")
        return judged(folder, wanted, model, tell, anew=bool(settings.get("model")))


def judged(
    folder: BookFolder, settings: Settings, model: LLM, tell: Listener, *, anew: bool
) -> tuple[Finding, ...]:
    """The same with any model; it is let go of however this ends."""
    foretold = forecast(folder, settings, wiring.target_of(model), anew=anew)
    tell(Noted(f"judging with {model.model}: {foretold.told(IDLE)}"))
    with wiring.running(model, tell) as voice:
        unit = _unit(settings, folder, model, voice)
        outcomes = errands.judge(unit, anew=anew).outcomes
        judging = (outcomes[i.id] for i in errands.judgeable(unit))
        return tuple(finding for outcome in judging for finding in outcome.findings)


def forecast(folder: BookFolder, settings: Settings, target: Target, *, anew: bool) -> Foretold:
    """It is rehearsed in memory: nothing is asked, and nothing else is touched.

    Each judge claims something there; how often second ones are asked is what an estimate supposes.
    """
    book, _ = begun(folder)
    voice = StandIn(target, doubts=True)
    clerk = Clerk(voice)
    unit = _unit(replace(settings, parallel=1, budget=0), book, voice, clerk)
    errands.judge(unit, anew=anew)
    supposed = [fitted(each, target, 1) for each in (LIKELY, AT_MOST)]
    likely, most = ([*_charged(clerk.asked, each)] for each in supposed)
    calls = round(sum(times for times, _ in likely))
    return Foretold(calls, target.cost(likely), target.cost(most))


def _charged(asked: Sequence[Asked], supposed: Supposed) -> Iterator[tuple[float, Usage]]:
    """How often each call is to be expected, and what it takes."""
    doubts = supposed.doubts
    for each in asked:
        usage = each.usage.times(doubts.at_once) if each.twice else each.usage
        yield doubts.heard if each.twice else 1, charged(usage, supposed)


def _unit(
    settings: Settings, book: BookFolder | MemoryBook, model: LLM, tell: Listener
) -> ControlUnit:
    """By the steps and prompts that ship, which do not mind how small a model is."""
    return wiring.machine(settings, book, model, tell, guided=False)
