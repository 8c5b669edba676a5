"""The judge that ships, on seeded books whose ledger a perfect reader keeps: what does it hold against them?

New facts are compared with what they may contradict, and second judges look into every claim; what
a cold reader would find beside them is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from l2mac_write.book import Brief
from l2mac_write.evaluators import EVALUATORS
from l2mac_write.instructions import Instruction
from l2mac_write.ledger import page_file
from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import Entity, Event, Fact, Page
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.claims import Claim, united
from l2mac_write.machine.control_unit import ControlUnit
from l2mac_write.machine.judging import compared
from l2mac_write.machine.pairing import pairs
from l2mac_write.machine.second_opinion import CONTRADICTION, Bench, votes
from l2mac_write.machine.situation import JUDGED
from l2mac_write.machine.verdicts import UNANIMOUS
from l2mac_write.machine.witness import Witness
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.ports import LLM
from l2mac_write.programs.words import ProgramWords
from l2mac_write.store.ledger import StoredLedger
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from l2mac_write.text.counting import count_words
from tests.benchmarks.seeds.oracle import Pair, read
from tests.benchmarks.seeds.planting import Planted, Row
from tests.benchmarks.seeds.scoring import wilson
from tests.machine.machines import program

NONE_SEEN = 3
"""What is not seen once in so many words may be there so often, with 95 % certainty."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What both second judges found to be a contradiction, and the seed that it is, if it is one."""

    claim: Claim
    row: Row | None


@dataclass(frozen=True, slots=True)
class Ruled:
    """What came of one seeded book: its seeds, what was claimed of it at all, and what was upheld.

    What two seeds say of each other nobody has planted, and is neither right nor wrong: such
    rulings are `crossed`.
    """

    seeds: tuple[Row, ...]
    claims: int
    rulings: tuple[Ruling, ...]
    crossed: int
    words: int


def ruled(planted: Planted, llm: LLM) -> Ruled:
    known = read(planted)
    plan = Plan("A Book", "It is told.", "", (), tuple(_chapters(len(known.texts))))
    ids = {text.path: chapter.id for text, chapter in zip(known.texts, plan.chapters, strict=True)}
    anchors = {text.path: Anchors(text.text) for text in known.texts}
    rows = [
        replace(end.fact, chapter=ids[end.fact.chapter], quote=_said(end.fact, anchors))
        for pair in known.pairs
        for end in (pair.earlier, pair.later)
    ]
    there = MemoryBook(dict(_files(plan, [text.text for text in known.texts], rows)))
    unit = _unit(there, llm)
    later = sorted({ids[pair.later.fact.chapter] for pair in known.pairs})
    heard = [_heard(unit.agent(_judging(plan.called(id_)))) for id_ in later]
    seeds = tuple(row for row in planted.rows if not row.seed.decoy and row.seed.notes)
    wrong = [pair for pair in known.pairs if not pair.row.seed.decoy]
    upheld = [claim for _, upheld in heard for claim in upheld]
    crossed = [claim for claim in upheld if _is_crossed(claim, known.pairs)]
    return Ruled(
        seeds,
        sum(len(claims) for claims, _ in heard),
        tuple(Ruling(claim, _seed(claim, wrong)) for claim in upheld if claim not in crossed),
        len(crossed),
        count_words(planted.text),
    )


def _said(fact: Fact | Event, anchors: Mapping[str, Anchors]) -> str:
    """In the text's own words, without which no ledger takes it."""
    found = anchors[fact.chapter].find(fact.quote)
    assert found
    return found.quote


def _chapters(count: int) -> Iterator[ChapterPlan]:
    for number in range(1, count + 1):
        yield ChapterPlan(number, f"Chapter {number}", "It goes on.", 300, id=f"c{number:03d}")


def _files(
    plan: Plan, texts: Sequence[str], rows: Sequence[Fact | Event]
) -> Iterator[tuple[str, str]]:
    yield "plan.toml", dump(plan)
    for chapter, text in zip(plan.chapters, texts, strict=True):
        mine = tuple(row for row in rows if row.chapter == chapter.id)
        about = {
            n for r in mine for n in (r.participants if isinstance(r, Event) else (r.subject,))
        }
        entities = tuple(
            Entity(name, "person", quote=mine[0].quote, chapter=chapter.id)
            for name in sorted(about)
        )
        yield chapter.path, f"# {chapter.title}\n\n{text}\n"
        page = Page(chapter.id, rows=(*entities, *mine))
        yield page_file.PAGE.format(chapter.number), page_file.dump(page) + "\n"


def _unit(there: MemoryBook, llm: LLM) -> ControlUnit:
    return ControlUnit(
        program=program(), brief=Brief("A book.", chapters=1, words=300), llm=llm, store=there,
        journal=there, passages=IndexedPassages(there.rows), ledger=StoredLedger(there.rows),
        prompts=ProgramWords("book"), evaluators=dict.fromkeys(EVALUATORS, lambda _: ()),
        tell=lambda _: None,
    )  # fmt: skip


def _judging(chapter: ChapterPlan) -> Instruction:
    path = JUDGED.format(chapter.number)
    name = f"judge/{chapter.id}"
    return Instruction(name, "judge", path, chapter.number, chapter.id, follows=(chapter.path,))


def _heard(agent: Agent) -> tuple[Sequence[Claim], Sequence[Claim]]:
    """What is claimed of the chapter, and what of it is upheld by both second judges."""
    chapter = agent.situation.chapter
    assert chapter
    witness = Witness(agent.situation, chapter)
    claims = united(
        chain.from_iterable(answer.found for answer in compared(agent, witness, pairs(witness)))
    )
    cast = votes(Bench(agent, witness), claims)
    agreed = {
        claim: sum(vote.verdict == CONTRADICTION for vote in cast.on(claim)) for claim in claims
    }
    return claims, [claim for claim, count in agreed.items() if count >= UNANIMOUS]


def _seed(claim: Claim, pairs: Sequence[Pair]) -> Row | None:
    """The seed whose two ends the claim quotes."""
    for pair in pairs:
        told = [pair.earlier.fact.quote, pair.later.fact.quote]
        if all(
            _meets(quoted.quote, said)
            for quoted, said in zip((claim.there, claim.here), told, strict=True)
        ):
            return pair.row
    return None


def _is_crossed(claim: Claim, pairs: Sequence[Pair]) -> bool:
    """Whether it quotes ends of two different pairs."""
    here, there = (
        {
            pair.row.id
            for pair in pairs
            for end in (pair.earlier, pair.later)
            if _meets(quoted.quote, end.fact.quote)
        }
        for quoted in (claim.here, claim.there)
    )
    return bool(here and there) and here.isdisjoint(there)


def _meets(one: str, other: str) -> bool:
    short, long = sorted((f" {folded(text)} " for text in (one, other)), key=len)
    return short in long


def card(found: Sequence[Ruled]) -> dict[str, object]:
    """What the word of both judges is worth, as `judges.toml` has it.

    Its false alarms are those that it may have in 100,000 clean words, at the upper end of what is
    95 % sure: few words show little.
    """
    rulings = [ruling for each in found for ruling in each.rulings]
    right = len({ruling.row.id for ruling in rulings if ruling.row})
    n = right + sum(ruling.row is None for ruling in rulings)
    asked = sum(len(each.seeds) for each in found)
    clean = [each for each in found if not each.seeds]
    alarms, words = sum(len(each.rulings) for each in clean), sum(each.words for each in clean)
    return {
        "precision": round(right / max(1, n), 3),
        "recall": round(right / max(1, asked), 3),
        "false_alarms": round((alarms + NONE_SEEN) / max(1, words) * 1e5, 2),
        "n": n,
        "interval": [round(end, 3) for end in wilson(right, n)],
        "asked": asked,
        "recall_interval": [round(end, 3) for end in wilson(right, asked)],
    }


def rulings(copies: Iterable[Planted], llm: LLM) -> list[Ruled]:
    """Of all seeded books, and their twins and decoys, of which a ledger would note anything."""
    return [ruled(copy, llm) for copy in copies if any(row.seed.notes for row in copy.rows)]
