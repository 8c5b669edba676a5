"""What the brief asks for, wish by wish, so that the plan can be held to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.machine.answers import document, record, some, text
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.situation import REQUIREMENTS, Situation
from l2mac_write.text.characters import in_one_line

MOST, AT_A_TIME = 300, 40
LONGEST = 300
NO_LETTERS = re.compile(r"[\W_]+")


def schema(_: Situation) -> Mapping[str, Any]:
    return record(requirements=some(record(wish=text(LONGEST), quote=text(LONGEST)), 1, AT_A_TIME))


def settled(answer: str, situation: Situation) -> Draft:
    """A numbered list. A wish whose quote is not in the brief is nobody's, and left out.

    Where none is left, the beginning of the brief itself is the only requirement.
    """
    brief = situation.brief.prompt
    try:
        rows = wishes(answer)
    except UsageError as error:
        return Draft("", (no_list(str(error)),))
    there = _folded(brief)
    kept = dict.fromkeys(wish for wish, quote in rows if _folded(quote) and _folded(quote) in there)
    named = [*kept][:MOST] or [_line(brief)]
    return Draft("\n".join(f"{number}. {wish}" for number, wish in enumerate(named, start=1)))


def wishes(answer: str) -> list[tuple[str, str]]:
    """Each with its quote. Raises `UsageError` where the answer has no list of them."""
    rows = document(answer).get("requirements")
    if not isinstance(rows, list):
        raise UsageError("The answer has no list of `requirements`.")
    return [*_wishes(rows)]


def _wishes(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for row in rows:
        match row:
            case {"wish": str(wish), "quote": str(quote)} if _line(wish):
                yield _line(wish), quote


def _line(said: str) -> str:
    return in_one_line(said)[:LONGEST].rstrip()


def _folded(said: str) -> str:
    """Without what a model may change when it quotes: case, punctuation and spaces."""
    return NO_LETTERS.sub("", normalize("NFKC", said).casefold())


def no_list(message: str) -> Finding:
    return Finding("PLT-BRIEF", Severity.BLOCK, REQUIREMENTS, message)
