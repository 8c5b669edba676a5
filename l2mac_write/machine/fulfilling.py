"""Does the chapter tell what its contract asks for? Of each beat and each must, the words are quoted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.items import Item
from l2mac_write.machine.agent import Agent
from l2mac_write.machine.answers import number, record
from l2mac_write.machine.claims import QUOTE, said
from l2mac_write.machine.questions import Question, asked
from l2mac_write.machine.stretches import Section
from l2mac_write.machine.verdicts import Told
from l2mac_write.machine.witness import Witness
from l2mac_write.text.characters import in_one_line

PROMPT = "fulfilment.md.j2"
FIRST_ATTEMPT = 700
EXAMPLE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """`unread` says why nobody can tell, and then nothing is held to be missing."""

    found: tuple[Told, ...] = ()
    unread: str = ""


def fulfilled(agent: Agent, witness: Witness, shown: Sequence[Section]) -> Fulfilment:
    """Of a chapter too long to be shown whole, each section is asked for what none before it tells."""
    chapter = witness.chapter
    left = wanted = dict(enumerate(dict.fromkeys((*chapter.beats, *chapter.must)), start=1))
    told: dict[int, str] = {}
    unread = ""
    for attempt, section in enumerate(shown, start=FIRST_ATTEMPT):
        if left:
            answer = asked(agent, _question(section.item, left, attempt), _quoter(witness, left))
            told |= {number: quote for number, quote in answer.found if number not in told}
            left = {number: beat for number, beat in left.items() if number not in told}
            unread = unread or answer.unread
    known = (Told(in_one_line(beat), in_one_line(told.get(n, ""))) for n, beat in wanted.items())
    return Fulfilment(tuple(t for t in known if t.quote or not unread), unread)


def _question(section: Item, left: Mapping[int, str], attempt: int) -> Question:
    words = " ".join(section.text.split()[:EXAMPLE_WORDS])
    return Question(
        prompt=PROMPT,
        rows="beats",
        row=record(beat=number(), quote=QUOTE),
        most=2 * len(left),
        attempt=attempt,
        values={"beats": left},
        example=[{"beat": number, "quote": words} for number in left],
        shelf=(section,),
    )


def _quoter(witness: Witness, left: Mapping[int, str]) -> Callable[[Any], tuple[int, str]]:
    def quoted(row: Any) -> tuple[int, str]:
        (quote,) = said(row, "quote")
        beat = row.get("beat")
        if type(beat) is not int or beat not in left:
            raise UsageError("`beat` must be the number of one that is listed.")
        return beat, witness.find(witness.chapter.id, quote).quote

    return quoted
