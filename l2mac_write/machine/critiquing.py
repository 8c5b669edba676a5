"""A chapter is read as the editor of a publishing house reads it, stretch by stretch.

Each remark has to quote the words it is about, and code finds them in the book or drops it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import record, text
from l2mac_write.machine.claims import LONGEST as LONGEST_QUOTE
from l2mac_write.machine.claims import QUOTE, said
from l2mac_write.machine.critiques import KINDS, Critique, Review, Weight, dump
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.questions import Answer, Question, asked
from l2mac_write.machine.stretches import Section, Stretch, sections
from l2mac_write.machine.window import CHARACTERS_PER_TOKEN
from l2mac_write.machine.witness import Quoted, Witness
from l2mac_write.text.characters import in_one_line

MOST, MOST_KEPT, MOST_DROPPED = 6, 24, 20
"""Remarks in one answer; on one chapter; lines that say what was dropped."""
LONGEST = 500
SAID = text(LONGEST)
MOST_SAID = MOST * (2 * LONGEST_QUOTE + 2 * LONGEST) // CHARACTERS_PER_TOKEN
"""Tokens of the longest answer."""
ROW = record(
    ("other",),
    kind={"type": "string", "enum": [*KINDS]},
    weight={"type": "string", "enum": [*map(str, Weight)]},
    quote=QUOTE,
    other=text(least=0),
    why=SAID,
    ask=SAID,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A remark, and where in the chapter the words are that it is about."""

    critique: Critique
    here: Quoted

    @property
    def rank(self) -> tuple[int, int]:
        return self.critique.weight.rank, self.here.start

    def is_again(self, other: Placed) -> bool:
        """Whether two readers of the same words say the same of them."""
        return self.critique.kind == other.critique.kind and self.here.overlaps(other.here)


def critiqued(agent: Agent, _: Draft | None, __: int) -> Draft:
    """The file that says what is remarked. What was asked before costs nothing."""
    chapter = agent.situation.chapter
    if not chapter:
        return Draft("")
    answers = [*_read(agent, Witness(agent.situation, chapter))]
    found = united(chain.from_iterable(answer.found for answer in answers))
    dropped = dict.fromkeys(chain.from_iterable(answer.lost for answer in answers))
    more = (f"No room: “{in_one_line(one.here.quote)}”" for one in found[MOST_KEPT:])
    unread = dict.fromkeys(answer.unread for answer in answers if answer.unread)
    review = Review(
        model=agent.line.llm.model,
        critiques=tuple(one.critique for one in found[:MOST_KEPT]),
        dropped=(*more, *dropped)[:MOST_DROPPED],
        unread=tuple(unread),
    )
    return Draft(dump(review))


def united(found: Iterable[Placed]) -> tuple[Placed, ...]:
    """Each once, the gravest first: stretches and sections overlap, and so do those who read them."""
    kept: list[Placed] = []
    for one in sorted(found, key=lambda placed: placed.rank):
        if not any(one.is_again(other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _read(agent: Agent, witness: Witness) -> Iterator[Answer[Placed]]:
    """All of it, by one who sees the whole section and is told which stretch of it is due."""
    due = ((section, stretch) for section in sections(agent) for stretch in section.stretches)
    for number, (section, stretch) in enumerate(due):
        yield asked(agent, _question(agent, section, stretch, number), _reader(witness))


def _question(agent: Agent, section: Section, stretch: Stretch, number: int) -> Question:
    """What is the same for all stretches of a section comes first, so that it is in the cache."""
    return Question(
        prompt=agent.step.prompt,
        rows="remarks",
        row=ROW,
        most=MOST,
        attempt=number,
        values={"stretch": stretch},
        example=[_example(stretch.begins), _example(stretch.ends)],
        shelf=(*agent.window, section.item),
        shared=True,
    )


def _example(quote: str) -> dict[str, str]:
    weight = str(Weight.MODERATE)
    return {"kind": "clarity", "weight": weight, "quote": quote, "why": quote, "ask": quote}


def _reader(witness: Witness) -> Callable[[Any], Placed]:
    def made(row: Any) -> Placed:
        kind, weight, quote, why, ask = said(row, "kind", "weight", "quote", "why", "ask")
        _insist_on(kind, KINDS)
        _insist_on(weight, [*map(str, Weight)])
        here = witness.find(witness.chapter.id, quote)
        there = _elsewhere(witness, row.get("other"), here)
        critique = Critique(
            kind=kind,
            weight=Weight(weight),
            quote=here.quote,
            why=in_one_line(why)[:LONGEST],
            ask=in_one_line(ask)[:LONGEST],
            other=there.quote if there else "",
            other_chapter=there.chapter if there else "",
        )
        return Placed(critique, here)

    return made


def _insist_on(said_: str, there: Sequence[str]) -> None:
    if said_ not in there:
        raise UsageError(f"`{in_one_line(said_)[:20]}` is none of {', '.join(there)}.")


def _elsewhere(witness: Witness, quote: Any, here: Quoted) -> Quoted | None:
    """The other place with these words, in this chapter, else in the nearest one before it.

    Raises `UsageError`, for a model to hear, where nobody says so.
    """
    if not isinstance(quote, str) or not quote.strip():
        return None
    there = next((one for one in _places(witness, quote) if not one.overlaps(here)), None)
    if there is None:
        witness.find(witness.chapter.id, quote)
    return there


def _places(witness: Witness, quote: str) -> Iterator[Quoted]:
    for chapter in reversed([*witness.chapters]):
        with suppress(UsageError):
            yield witness.find(chapter, quote)
