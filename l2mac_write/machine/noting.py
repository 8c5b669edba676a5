"""What a chapter makes true, as a model notes it: each row is held to the chapter's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.ledger.anchoring import Anchors
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.names import WORLD, Names
from l2mac_write.ledger.page_file import dump
from l2mac_write.ledger.proposals import (
    LISTED,
    LONG,
    LONGEST_QUOTE,
    MOST,
    SHORT,
    SHOWN,
    Place,
    proposed,
)
from l2mac_write.ledger.rows import Being, Course, Fact, Page, Refused, Said, Tie
from l2mac_write.machine.answers import document, record, some, text
from l2mac_write.machine.clashes import clashes
from l2mac_write.machine.drafts import Draft
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import ChapterPlan
from l2mac_write.text.characters import in_one_line

EXAMPLES, EXAMPLE_CHARACTERS = 16, 80
USUAL = ("located_at", "knows", "other", "wants")
"""Keys of made-up facts."""
SAID_BACK = 3


def schema(situation: Situation) -> Mapping[str, Any]:
    """What may be told is left out where it is empty. Its examples quote the chapter itself."""
    quote, name, said = text(LONGEST_QUOTE), text(SHORT), text(LONG, 0)
    names, kinds = some(name, 0, LISTED), {"type": "string", "enum": [*keys()]}
    entity = record(("aliases",), name=name, kind=_one_of(Being), aliases=names, quote=quote)
    fact = record(
        ("old", "since", "until", "said", "speaker"),
        subject=name, key=kinds, value=text(LONG), old=said, since=said, until=said,
        said=_one_of(Said), speaker=said, quote=quote,
    )  # fmt: skip
    event = record(
        ("participants", "place", "when"),
        what=text(LONG), participants=names, place=said, when=said, quote=quote,
    )  # fmt: skip
    thread = record(
        ("what", "due"),
        name=name, kind=_one_of(Tie), course=_one_of(Course), what=said,
        due={"type": "integer"}, quote=quote,
    )  # fmt: skip
    return record(
        when={**said, "examples": [""]},
        entities=some(entity, 0, MOST, examples=[[]]),
        facts=some(fact, 0, MOST, examples=[[*_examples(situation)]]),
        events=some(event, 0, MOST, examples=[[]]),
        threads=some(thread, 0, MOST, examples=[[]]),
    )


def settled(answer: str, situation: Situation) -> Draft:
    """The chapter's page of the ledger, with what was refused, and what contradicts the ledger."""
    if not (chapter := situation.chapter):
        return Draft("")
    page = _page(answer, chapter, situation)
    if not page.rows:
        return Draft(dump(page), (_nothing(page, chapter),))
    return Draft(dump(page), clashes(page.of(Fact), situation))


def _page(answer: str, chapter: ChapterPlan, situation: Situation) -> Page:
    try:
        told = document(answer)
    except UsageError as error:
        return Page(chapter.id, refused=(Refused(in_one_line(answer)[:SHOWN], str(error)),))
    known = situation.ledger.entities(situation.known)
    chapters = situation.plan.chapters if situation.plan else ()
    numbers = {c.shown: c.id for c in chapters if c.shown}
    anchors = Anchors(situation.body(chapter.path))
    return proposed(told, Place(chapter.id, anchors, Names(known), numbers), known)


def _nothing(page: Page, chapter: ChapterPlan) -> Finding:
    reasons = dict.fromkeys(refused.why for refused in page.refused)
    return Finding(
        code="LED-NONE",
        severity=Severity.REVISE,
        path=chapter.path,
        message=" ".join(("Nothing was noted that counts.", *[*reasons][:SAID_BACK])),
        hint="Answer with the JSON object alone, with quotes copied from the chapter.",
    )


def _one_of(choices: type[Being | Said | Course | Tie]) -> Mapping[str, Any]:
    return {"type": "string", "enum": [str(c) for c in choices if c != Said.PLAN]}


def _examples(situation: Situation) -> Iterator[Mapping[str, str]]:
    """Rows about the plan's people, each with the first words of a paragraph."""
    body = situation.body(situation.chapter.path) if situation.chapter else ""
    people = tuple(p.name for p in situation.plan.people) if situation.plan else ()
    for number, paragraph in enumerate(body.split("\n\n", EXAMPLES)[:EXAMPLES]):
        words = paragraph[:EXAMPLE_CHARACTERS].rpartition(" ")[0] or paragraph
        yield {
            "subject": _nth(people or (WORLD,), number),
            "key": _nth(USUAL, number),
            "value": words,
            "quote": words,
        }


def _nth(choices: Sequence[str], number: int) -> str:
    return choices[number % len(choices)]
