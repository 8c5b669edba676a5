"""A second judge, who sees two passages and not why anybody doubts them: can both be true?"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.ledger.moments import moment
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.rows import hashed
from l2mac_write.ledger.states import current
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import record, some, text
from l2mac_write.machine.claims import LONGEST, Claim, said
from l2mac_write.machine.questions import Question, asked
from l2mac_write.machine.witness import Side, Witness
from l2mac_write.text.characters import in_one_line

PROMPT, JUDGEMENTS = "second_judge.md.j2", "judgements"
VOTES = 2
"""Times that each claim is judged, in another order and with another seed."""
AT_ONCE = 10
FIRST_ATTEMPT = 500
CONTRADICTION = "contradiction"
VERDICTS = ("compatible", "evolution", "unclear", CONTRADICTION)
EXPLANATIONS = 3
MOST_CARDS, MOST_FACTS = 3, 6


@dataclass(frozen=True, slots=True)
class Shown:
    """Two passages under a name that says nothing, and who they are about."""

    id: str
    earlier: Side
    later: Side
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    claim: Claim
    verdict: str
    explanations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Votes:
    """`unread` says of whom nobody could be heard."""

    cast: tuple[Vote, ...] = ()
    unread: tuple[str, ...] = ()

    def on(self, claim: Claim) -> tuple[Vote, ...]:
        return tuple(vote for vote in self.cast if vote.claim == claim)


@dataclass(frozen=True)
class Bench:
    """Those who judge the claims of one chapter."""

    agent: Agent
    witness: Witness
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        entities = self.witness.situation.ledger.entities(self.witness.chapters)
        object.__setattr__(self, "names", Names(entities))


def votes(bench: Bench, claims: Sequence[Claim]) -> Votes:
    """Every claim is judged so many times; who has given no verdict has not let it pass."""
    cast: list[Vote] = []
    unread: list[str] = []
    for start in range(0, len(claims), AT_ONCE):
        batch = claims[start : start + AT_ONCE]
        for number in range(VOTES):
            attempt = FIRST_ATTEMPT + start * VOTES + number
            named = {_opaque(attempt, claim): claim for claim in batch}
            answer = asked(bench.agent, _question(bench, named, attempt), _voter(named))
            heard = {vote.claim.id: vote for vote in reversed(answer.found)}
            cast += heard.values()
            silent = [claim for claim in batch if claim.id not in heard]
            unread += [_silence(claim, answer.unread) for claim in silent]
    return Votes(tuple(cast), tuple(unread))


def _opaque(attempt: int, claim: Claim) -> str:
    return hashed(str(attempt), claim.id)[:6]


def _question(bench: Bench, named: Mapping[str, Claim], attempt: int) -> Question:
    seed = bench.agent.seed(attempt)
    order = sorted(named, key=lambda name: zlib.crc32(f"{seed}{name}".encode()))
    shown = tuple(_shown(bench, name, named[name]) for name in order)
    explanations = some(text(LONGEST), 0, EXPLANATIONS)
    return Question(
        prompt=PROMPT,
        rows=JUDGEMENTS,
        row=record(
            pair={"type": "string", "enum": order},
            explanations=explanations,
            verdict={"type": "string", "enum": [*VERDICTS]},
        ),
        most=2 * len(order),
        attempt=attempt,
        values={"pairs": shown},
        example=[{"pair": name, "explanations": [], "verdict": VERDICTS[0]} for name in order],
        doubt=[
            {"pair": name, "explanations": [named[name].why], "verdict": VERDICTS[0]}
            for name in order
        ],
    )


def _voter(named: Mapping[str, Claim]) -> Callable[[Any], Vote]:
    def vote(row: Any) -> Vote:
        name, verdict = said(row, "pair", "verdict")
        if name not in named or verdict not in VERDICTS:
            raise UsageError(f"There is no pair `{name[:20]}`, or no verdict `{verdict[:20]}`.")
        listed = row.get("explanations")
        lines = listed[:EXPLANATIONS] if isinstance(listed, list) else ()
        told = (in_one_line(line)[:LONGEST] for line in lines if isinstance(line, str))
        return Vote(named[name], verdict, tuple(told))

    return vote


def _silence(claim: Claim, why: str) -> str:
    because = f" {why}" if why else ""
    return f"No second judge gave a verdict on “{in_one_line(claim.here.quote)}”.{because}"


def _shown(bench: Bench, name: str, claim: Claim) -> Shown:
    earlier, later = map(bench.witness.side, (claim.there, claim.here))
    return Shown(name, earlier, later, tuple(_cards(bench, claim)))


def _cards(bench: Bench, claim: Claim) -> Iterator[str]:
    """What the ledger has of those whom the two passages name, in a line for each."""
    about = f"{claim.there.quote}\n{claim.here.quote}"
    names = bench.names.within(about) or bench.names.within(bench.witness.paragraph(claim.here))
    facts = [fact for fact in bench.witness.facts if fact.is_so]
    here = moment(claim.here.when) if claim.here.when else None
    for name in names[:MOST_CARDS]:
        known = current((fact for fact in facts if fact.subject == name), here)[-MOST_FACTS:]
        lines = (f"{fact.key.replace('_', ' ')}: {in_one_line(fact.value)}" for fact in known)
        if told := "; ".join(lines):
            yield f"{name}: {told}"
