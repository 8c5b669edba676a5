"""A claim that two passages of the book cannot both be true, each with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from l2mac_write.errors import NoContradiction, UsageError
from l2mac_write.ledger.conflicts import CODES
from l2mac_write.ledger.keys import About
from l2mac_write.ledger.normal import folded
from l2mac_write.ledger.rows import hashed
from l2mac_write.machine.answers import text
from l2mac_write.machine.witness import Quoted, Witness
from l2mac_write.text.characters import in_one_line

LONGEST = 300
QUOTE, WHY = text(LONGEST), text(LONGEST)
TIME = "time"
KINDS: Mapping[str, str] = {**{str(kind): code for kind, code in CODES.items()}, TIME: "TIM-ORD"}
"""What a claim is about, and the code of the finding it may become."""
GRAVEST = (
    About.STATE, About.RELATION, About.ATTRIBUTE, About.CUSTODY, About.QUANTITY, About.LOCATION,
    About.KNOWLEDGE, About.RULE, About.TERM, About.CLAIM,
)  # fmt: skip
ORDER = {CODES[kind]: number for number, kind in enumerate(GRAVEST)}


@dataclass(frozen=True, slots=True)
class Claim:
    """`there` comes before `here`, in an earlier chapter or in this one."""

    code: str
    here: Quoted
    there: Quoted
    why: str

    @property
    def id(self) -> str:
        return hashed(self.here.chapter, self.here.quote, self.there.chapter, self.there.quote)


def claim(code: str, quotes: Iterable[Quoted], why: str, witness: Witness) -> Claim:
    """Raises `NoContradiction` where both quotes are the same words, or may not meet.

    What a person in the book says is never held against what the book says, whoever claims it, nor
    what anybody thinks against anything; a letter is, and whoever judges the claim is told so.
    """
    order = [*witness.chapters]
    there, here = sorted(quotes, key=lambda quoted: (order.index(quoted.chapter), quoted.start))
    if here.overlaps(there) or _is_said_twice(here.quote, there.quote):
        raise NoContradiction(f"Both quotes are the same words: “{in_one_line(here.quote)}”.")
    if not here.may_meet(there):
        quote = in_one_line(here.quote)
        raise NoContradiction(f"“{quote}” and the other are not said by the same one.")
    return Claim(code, here, there, in_one_line(why)[:LONGEST])


def _is_said_twice(one: str, other: str) -> bool:
    """Whether it is a refrain, or a letter that is quoted again."""
    short, long = sorted((f" {folded(quote)} " for quote in (one, other)), key=len)
    return short in long


def united(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Each once, the gravest first: two readers quote a little more or less of the same words."""
    kept: list[Claim] = []
    for one in sorted(claims, key=lambda claim: ORDER.get(claim.code, len(ORDER))):
        if not any(one.here.overlaps(k.here) and one.there.overlaps(k.there) for k in kept):
            kept.append(one)
    return tuple(kept)


def said(row: Any, *names: str) -> tuple[str, ...]:
    """These texts of a row. Raises `UsageError` where one is missing."""
    found = tuple(row.get(name) if isinstance(row, dict) else None for name in names)
    if not all(isinstance(one, str) and one.strip() for one in found):
        raise UsageError(f"A row needs {', '.join(f'`{name}`' for name in names)}, each a text.")
    return tuple(str(one) for one in found)
