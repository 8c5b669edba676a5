"""A chapter is judged: read cold, held against the ledger, then against its contract.

Whoever doubts it has to quote both passages, and code finds them in the book or drops the claim;
a second judge who does not know why it is doubted looks for innocent explanations first.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.ledger.rows import hashed
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import record
from l2mac_write.machine.claims import KINDS, QUOTE, WHY, Claim, claim, said, united
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.fulfilling import fulfilled
from l2mac_write.machine.pairing import Pair, pairs
from l2mac_write.machine.questions import Answer, Question, asked
from l2mac_write.machine.second_opinion import CONTRADICTION, Bench, Votes, votes
from l2mac_write.machine.stretches import Section, Stretch, sections
from l2mac_write.machine.verdicts import Doubt, Verdicts, dump, findings
from l2mac_write.machine.window import CHARACTERS_PER_TOKEN
from l2mac_write.machine.witness import Side, Witness
from l2mac_write.text.characters import in_one_line

COMPARE = "compare.md.j2"
SAMPLES = 2
"""Times that each stretch is read: what one reader overlooks another may see."""
MOST, MOST_CLAIMS, MOST_DROPPED = 8, 12, 20
"""Claims in one answer; claims that come before the second judge; lines that say what did not."""
AT_ONCE = 10
FIRST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was claimed, with what was dropped on the way and what nobody could be asked."""

    claims: tuple[Claim, ...]
    dropped: tuple[str, ...]
    unjudged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A passage that says something new, and the earlier ones, by the names of their pairs."""

    later: Side
    earlier: Mapping[str, Side]


def judged(agent: Agent, _: Draft | None, __: int) -> Draft:
    """The file that says what is held against the chapter. What was asked before costs nothing."""
    situation, chapter = agent.situation, agent.situation.chapter
    if not chapter:
        return Draft("")
    witness = Witness(situation, chapter)
    shown, among = sections(agent), pairs(witness)
    heard = _heard([*_cold(agent, witness, shown), *compared(agent, witness, among)])
    cast = votes(Bench(agent, witness), heard.claims)
    told = fulfilled(agent, witness, shown)
    verdicts = Verdicts(
        model=agent.line.llm.model,
        doubts=tuple(_doubt(each, cast) for each in heard.claims),
        beats=told.found,
        dropped=heard.dropped[:MOST_DROPPED],
        unjudged=(*heard.unjudged, *cast.unread, *filter(None, (told.unread,))),
    )
    found = findings(verdicts, chapter, situation)
    others = dict.fromkeys(pair.chapter for pair in among if pair.chapter != chapter.id)
    beside = tuple(witness.chapters[id_].path for id_ in others)
    return Draft(dump(verdicts), tuple(map(agent.weigh, found)), beside=beside)


def _heard(answers: Sequence[Answer[Claim]]) -> Heard:
    """The gravest claims of all who have read it, each once."""
    claims = united(chain.from_iterable(answer.found for answer in answers))
    dropped = [*dict.fromkeys(chain.from_iterable(answer.lost for answer in answers))]
    more = [f"No room: “{in_one_line(one.here.quote)}”" for one in claims[MOST_CLAIMS:]]
    unread = dict.fromkeys(answer.unread for answer in answers if answer.unread)
    return Heard(claims[:MOST_CLAIMS], (*more, *dropped), tuple(unread))


def _cold(agent: Agent, witness: Witness, shown: Sequence[Section]) -> Iterator[Answer[Claim]]:
    """Stretch by stretch, by a reader who knows nothing else of the book."""
    row = record(kind={"type": "string", "enum": [*KINDS]}, first=QUOTE, second=QUOTE, why=WHY)
    read = ((section.item, stretch) for section in shown for stretch in section.stretches)
    for number, (item, stretch) in enumerate(read):
        for sample in range(SAMPLES):
            question = Question(
                prompt=agent.step.prompt,
                rows="claims",
                row=row,
                most=MOST,
                attempt=number * SAMPLES + sample,
                values={"stretch": stretch},
                doubt=(_doubted(stretch),),
                shelf=(item,),
                shared=True,
            )
            yield asked(agent, question, _reader(witness))


def _doubted(stretch: Stretch) -> Mapping[str, str]:
    """What is claimed in an estimate of what it costs to look into a claim."""
    quotes = {"first": stretch.begins, "second": stretch.ends}
    return {"kind": next(iter(KINDS)), **quotes, "why": stretch.begins}


def _reader(witness: Witness) -> Callable[[Any], Claim]:
    def made(row: Any) -> Claim:
        kind, first, second, why = said(row, "kind", "first", "second", "why")
        quotes = [witness.find(witness.chapter.id, quote) for quote in (first, second)]
        return claim(KINDS.get(kind, KINDS["claim"]), quotes, why, witness)

    return made


def compared(agent: Agent, witness: Witness, among: Sequence[Pair]) -> Iterator[Answer[Claim]]:
    """New facts beside what they may contradict, a few pairs at a time, in no telling order."""
    row = record(pair={"type": "string"}, later=QUOTE, earlier=QUOTE, why=WHY)
    for number, batch in enumerate(_batches(agent, among), start=FIRST_COMPARED):
        seed = agent.seed(number)
        named = {_opaque(seed, pair): pair for pair in batch}
        order = sorted(named, key=lambda name: zlib.crc32(f"{seed}{name}".encode()))
        question = Question(
            prompt=COMPARE,
            rows="claims",
            row=row,
            most=len(batch),
            attempt=number,
            values={"sets": _sets((name, named[name]) for name in order)},
        )
        yield asked(agent, question, _comparer(witness, named))


def _opaque(seed: int, pair: Pair) -> str:
    return hashed(str(seed), pair.later.around, pair.earlier.around)[:6]


def _batches(agent: Agent, among: Sequence[Pair]) -> Iterator[list[Pair]]:
    """As many as have room in the model's window, those of one later passage side by side."""
    later = [pair.later for pair in among]
    room = agent.budget * CHARACTERS_PER_TOKEN
    batch: list[Pair] = []
    size = 0
    for pair in sorted(among, key=lambda pair: later.index(pair.later)):
        length = len(pair.later.around) + len(pair.earlier.around)
        if batch and (len(batch) == AT_ONCE or size + length > room):
            yield batch
            batch, size = [], 0
        batch.append(pair)
        size += length
    if batch:
        yield batch


def _sets(pairs: Iterable[tuple[str, Pair]]) -> tuple[Set, ...]:
    """Each later passage is shown once."""
    sets: dict[Side, dict[str, Side]] = {}
    for name, pair in pairs:
        sets.setdefault(pair.later, {})[name] = pair.earlier
    return tuple(Set(later, earlier) for later, earlier in sets.items())


def _comparer(witness: Witness, named: dict[str, Pair]) -> Callable[[Any], Claim]:
    def made(row: Any) -> Claim:
        name, later, earlier, why = said(row, "pair", "later", "earlier", "why")
        if (pair := named.get(name)) is None:
            raise UsageError(f"There is no pair `{name[:20]}`.")
        quotes = witness.find(pair.new.chapter, later), witness.find(pair.chapter, earlier)
        return claim(pair.code, quotes, why, witness)

    return made


def _doubt(one: Claim, cast: Votes) -> Doubt:
    heard = cast.on(one)
    explained = dict.fromkeys(line for vote in heard for line in vote.explanations)
    return Doubt(
        code=one.code,
        chapter=one.here.chapter,
        quote=one.here.quote,
        other=one.there.chapter,
        other_quote=one.there.quote,
        why=one.why,
        votes=sum(vote.verdict == CONTRADICTION for vote in heard),
        innocent=tuple(explained),
    )
