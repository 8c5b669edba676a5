"""A model's proposals become rows, one by one; what cannot be one is refused with the reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.ledger.anchoring import LEAST_WORDS, Anchors
from l2mac_write.ledger.keys import Type, keys
from l2mac_write.ledger.names import Names
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import (
    Being,
    Course,
    Entity,
    Event,
    Fact,
    Page,
    Refused,
    Row,
    Said,
    Thread,
    Tie,
)  # fmt: skip
from l2mac_write.text.characters import in_one_line

MOST = 400
"""Proposals that are looked at in one reply."""
TOO_MANY = f"A reply may propose {MOST} rows at most."
MOST_REFUSED = 50
"""Refused rows that are kept one by one; of the others only how many and why."""
SHORT, LONG = 80, 300
"""Characters of a name, and of all else."""
LONGEST_QUOTE = 600
SHOWN = 200
"""Characters of a refused row."""
LISTED = 12

Made = Callable[["Place", Mapping[str, Any]], Row]


@dataclass(frozen=True, slots=True)
class Place:
    """Where proposals come from: a chapter, its text, who is known, and what chapters there are.

    `chapters` are ids by number.
    """

    chapter: str
    anchors: Anchors
    names: Names
    chapters: Mapping[int, str]
    when: str = ""
    """The time of the story that the chapter is set in."""

    def anchored(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The text's own words for a row's quote, and where they are."""
        quote = text(row, "quote", LONGEST_QUOTE)
        found = self.anchors.find(quote)
        if found is None:
            shown = in_one_line(quote)[:LONG]
            raise UsageError(
                f"The text does not say “{shown}”: quote {LEAST_WORDS} words or more, as they stand."
            )
        return {"quote": found.quote, "chapter": self.chapter, "paragraph": found.paragraph}

    def meant(self, row: Mapping[str, Any], name: str) -> str:
        """The entity that a row names. Raises `UsageError` where nobody is called so."""
        called = text(row, name, SHORT)
        if known := self.names.meant(called):
            return known
        raise UsageError(f"Nobody is called `{called}`: name it under `entities` first.")


def proposed(document: Mapping[str, Any], place: Place, known: Sequence[Entity]) -> Page:
    """All that the document adds to the ledger, and all that it may not. `known` are there already."""
    place = replace(place, when=_line(document.get("when"))[:SHORT])
    rows: dict[str, Row] = {}
    refused: list[Refused] = []
    left = MOST
    for kind, maker in MAKERS.items():
        for proposal in _listed(document, kind):
            row = _told(proposal, place, maker) if left > 0 else _refused(proposal, TOO_MANY)
            left -= 1
            if isinstance(row, Refused):
                refused.append(row)
            else:
                rows.setdefault(row.id, row)
        if maker is _entity:
            place = replace(place, names=Names((*known, *_entities(rows.values()))))
    return Page(place.chapter, place.when, tuple(rows.values()), _capped(refused))


def _line(said: Any) -> str:
    return in_one_line(said) if isinstance(said, str) else ""


def _listed(document: Mapping[str, Any], kind: str) -> list[Any]:
    """The proposals of a kind; what should be a list of them and is none counts as one."""
    rows = document.get(kind) or []
    return rows if isinstance(rows, list) else [rows]


def _entities(rows: Iterable[Row]) -> Iterator[Entity]:
    return (row for row in rows if isinstance(row, Entity))


def _told(proposal: Any, place: Place, maker: Made) -> Row | Refused:
    if not isinstance(proposal, dict):
        return _refused(proposal, "A row must be an object.")
    try:
        return maker(place, proposal)
    except UsageError as error:
        return _refused(proposal, str(error))


def _refused(proposal: Any, why: str) -> Refused:
    return Refused(_shown(proposal), why)


def _capped(refused: Sequence[Refused]) -> tuple[Refused, ...]:
    more = Counter(row.why for row in refused[MOST_REFUSED:])
    return (*refused[:MOST_REFUSED], *(Refused("", why, n) for why, n in more.items()))


def _shown(row: Any) -> str:
    return in_one_line(json.dumps(row, ensure_ascii=False))[:SHOWN]


def _entity(place: Place, row: Mapping[str, Any]) -> Entity:
    return Entity(
        name=text(row, "name", SHORT),
        kind=one_of(row, "kind", Being),
        aliases=texts(row, "aliases"),
        **place.anchored(row),
    )


def _fact(place: Place, row: Mapping[str, Any]) -> Fact:
    called = text(row, "key", SHORT)
    key = keys().get(called)
    if key is None:
        raise UsageError(f"There is no key `{in_one_line(called)}`. Take `other` where none fits.")
    subject, value = place.meant(row, "subject"), text(row, "value", LONG)
    if key.type is Type.ENTITY:
        value = place.names.meant(value) or value
    if key.inverse and place.names.meant(value):
        subject, value, key = value, subject, keys()[key.inverse]
    return Fact(
        subject=subject,
        key=key.name,
        value=value,
        normal=normal(value, key.type),
        old=normal(told, key.type) if (told := text(row, "old", LONG, least=0)) else "",
        since=text(row, "since", SHORT, least=0) or place.when,
        until=text(row, "until", SHORT, least=0),
        said=one_of(row, "said", Said, Said.NARRATION),
        speaker=place.names.meant(told := text(row, "speaker", SHORT, least=0)) or told,
        **place.anchored(row),
    )


def _event(place: Place, row: Mapping[str, Any]) -> Event:
    where = text(row, "place", SHORT, least=0)
    return Event(
        what=text(row, "what", LONG),
        participants=tuple(place.names.meant(name) or name for name in texts(row, "participants")),
        place=place.names.meant(where) or where,
        when=text(row, "when", SHORT, least=0),
        **place.anchored(row),
    )


def _thread(place: Place, row: Mapping[str, Any]) -> Thread:
    due = row.get("due") or 0
    if type(due) is not int or (due and due not in place.chapters):
        raise UsageError(f"`due` must be the number of a chapter, not `{_shown(due)}`.")
    return Thread(
        name=text(row, "name", SHORT),
        kind=one_of(row, "kind", Tie),
        course=one_of(row, "course", Course, Course.PLANTED),
        what=text(row, "what", LONG, least=0),
        due=place.chapters.get(due, ""),
        **place.anchored(row),
    )


MAKERS: Mapping[str, Made] = {
    "entities": _entity,
    "facts": _fact,
    "events": _event,
    "threads": _thread,
}


def text(row: Mapping[str, Any], name: str, most: int, *, least: int = 1) -> str:
    """A text of the row, in one line. Raises `UsageError` for anything else."""
    said = row.get(name) or ""
    if isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str):
        raise UsageError(f"`{name}` must be a text.")
    if len(said) > most:
        raise UsageError(f"`{name}` is too long: at most {most} characters.")
    line = in_one_line(said)
    if len(line) < least:
        raise UsageError(f"`{name}` is missing.")
    return line


def texts(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    said = row.get(name) or []
    if not isinstance(said, list) or len(said) > LISTED:
        raise UsageError(f"`{name}` must be a list of at most {LISTED} texts.")
    return tuple(text({name: one}, name, SHORT) for one in said)


def one_of(row: Mapping[str, Any], name: str, choices: type[StrEnum], default: str = "") -> str:
    said = row.get(name) or default
    if said not in [*choices] or said == Said.PLAN:
        raise UsageError(
            f"`{name}` must be one of: {', '.join(c for c in choices if c != 'plan')}."
        )
    return str(said)
