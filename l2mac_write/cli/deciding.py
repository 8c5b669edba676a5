"""A person decides on what is proposed: they see it, and are asked, or said so beforehand."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from l2mac_write.changing import revising
from l2mac_write.changing.proposals import Proposal
from l2mac_write.cli import proposal as pages
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What a person has said beforehand."""

    yes: bool = False
    dry: bool = False
    reject: bool = False
    as_json: bool = False

    @property
    def asks(self) -> bool:
        is_said = self.yes or self.dry or self.reject or self.as_json
        return not is_said and sys.stdin.isatty() and sys.stdout.isatty()


YES, NO, AGAIN, LATER = "y", "n", "a", "l"
QUESTION = "Take it in? [y]es, [n]o, [a]gain with a remark, [l]ater"
ANSWERS = click.Choice([YES, NO, AGAIN, LATER], case_sensitive=False)


class State(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OPEN = "open"
    NOTHING = "nothing to change"
    FAILED = "came to nothing"


@dataclass(frozen=True, slots=True)
class Decided:
    """`why` says what was in the way of taking it in."""

    proposal: Proposal
    state: State
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """What a person says to it, for whoever proposes something else in its place."""

    remark: str


def decide(
    root: Path, found: Sequence[Proposal], how: How, tell: Listener, run: Mapping[str, Any]
) -> tuple[Decided, ...]:
    """What became of each; of one that is done again, what became of the last."""
    waiting, decided = deque(found), list[Decided]()
    while waiting:
        proposal = waiting.popleft()
        if not how.as_json:
            pages.show(proposal)
        match _decided(root, proposal, how):
            case Again(remark):
                others = revising.again(root, proposal, remark, tell=tell, **run)
                waiting.extendleft(reversed(others))
            case Decided() as end:
                decided.append(end)
    if not how.as_json:
        _conclude(root, decided)
    return tuple(decided)


def document(decided: Sequence[Decided]) -> dict[str, Any]:
    """One row for each proposal, with what became of it."""
    rows = ({**pages.row(d.proposal), "state": d.state, "why": [*d.why]} for d in decided)
    return {"proposals": [*rows]}


def is_short(decided: Sequence[Decided], how: How) -> bool:
    """Whether something was to be taken in, and was not, or came to nothing."""
    failed = {State.OPEN, State.FAILED} if how.yes else {State.FAILED}
    return any(one.state in failed for one in decided)


def _decided(root: Path, proposal: Proposal, how: How) -> Decided | Again:
    if proposal.is_empty:
        revising.turn_down(root, proposal)
        return Decided(proposal, State.FAILED if proposal.has_failed else State.NOTHING)
    if how.reject:
        revising.turn_down(root, proposal)
        return Decided(proposal, State.REJECTED)
    if how.yes:
        return _taken(root, proposal) if not proposal.regressions else _left(proposal)
    return _asked(root, proposal) if how.asks else Decided(proposal, State.OPEN)


def _left(proposal: Proposal) -> Decided:
    return Decided(proposal, State.OPEN, proposal.regressions)


def _taken(root: Path, proposal: Proposal) -> Decided:
    try:
        version = revising.take_in(root, proposal)
    except UsageError as error:
        return Decided(proposal, State.OPEN, (str(error),))
    click.echo(f"{version.path}: taken in. It is version {version.id} now.", err=True)
    return Decided(proposal, State.ACCEPTED)


def _asked(root: Path, proposal: Proposal) -> Decided | Again:
    """By a person, who is asked once more where it cannot be taken in."""
    while True:
        answer, remark = _answer()
        if answer == AGAIN:
            return Again(remark)
        if answer == NO:
            revising.turn_down(root, proposal)
            return Decided(proposal, State.REJECTED)
        taken = _taken(root, proposal) if answer == YES else Decided(proposal, State.OPEN)
        if answer == LATER or taken.state is State.ACCEPTED:
            return taken
        click.echo(f"l2mac-write: {taken.why[0]}", err=True)


def _answer() -> tuple[str, str]:
    """What a person says, and their remark where it is to be done again; nothing said is `later`."""
    answer = click.prompt(QUESTION, type=ANSWERS, show_choices=False, default=LATER)
    if answer != AGAIN:
        return answer, ""
    return answer, click.prompt("What should be otherwise?", default="", show_default=False)


def _conclude(root: Path, decided: Sequence[Decided]) -> None:
    left = [one for one in decided if one.state is State.OPEN]
    for one in left:
        for why in one.why:
            click.echo(f"l2mac-write: {one.proposal.chapter.named} stays as it is: {why}", err=True)
    if left:
        them = "It is" if len(left) == 1 else f"{len(left)} of them are"
        click.echo(f"{them} kept as proposed. To decide: l2mac-write revise --open --book {root}")
        click.echo(f"To take in unasked: l2mac-write revise --open --yes --book {root}")
    elif not decided:
        click.echo("Nothing is proposed that is not decided.")
    if any(one.state is State.ACCEPTED for one in decided):
        click.echo(f"Its facts and summary follow with: l2mac-write resume --book {root}")
