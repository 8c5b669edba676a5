"""What this book has said often enough, for the author of its next chapter to say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from l2mac_write.items import Item
from l2mac_write.machine.situation import Situation
from l2mac_write.text.habits import habits
from l2mac_write.text.overdone import Kind, Least, Overdone, overdone

MOST = 300
"""Tokens."""
LINES, OF_A_KIND = 12, 4
LEAST: Mapping[Kind, Least] = {
    Kind.WORN: Least(2, 30_000, 1),
    Kind.PHRASE: Least(3, 15_000, 2),
    Kind.SIMILE: Least(2, 40_000, 2),
    Kind.PARAGRAPHS: Least(4, 2_000, 2),
    Kind.OPENING: Least(2, 1_000_000, 2),
    Kind.ENDING: Least(2, 1_000_000, 2),
    Kind.TIC: Least(6, 3, 2),
}
SAYS: Mapping[Kind, str] = {
    Kind.WORN: "“{said}” ({times})",
    Kind.PHRASE: "“{said}” ({times} times in {chapters} chapters)",
    Kind.SIMILE: "something “{said}” ({times})",
    Kind.TIC: "“{said}” ({times} times; usual: {usual:.0f})",
    Kind.PARAGRAPHS: "paragraphs that begin “{said} …” ({times})",
    Kind.OPENING: "chapters that begin “{said} …” ({times})",
    Kind.ENDING: "chapters that end “… {said}” ({times})",
}


def avoid(situation: Situation, _: int) -> Item:
    language = situation.brief.language
    counted = habits([text.text for text in situation.earlier], language)
    found = overdone(counted, language, LEAST, _names(situation), most=OF_A_KIND)
    text = "\n".join(map(_line, islice(found, LINES)))
    title = "What this book has said often enough: say it otherwise, or not at all"
    return Item("avoid", title, "counted in the chapters before", text)


def _line(one: Overdone) -> str:
    often = one.often
    words = SAYS[one.kind].format(
        said=one.said, times=often.times, chapters=often.chapters, usual=max(1, one.usual)
    )
    return f"- {words}"


def _names(situation: Situation) -> tuple[str, ...]:
    if not (plan := situation.plan):
        return ()
    people = (person.name for person in plan.people)
    return (*people, *(entry.name for entry in (*plan.places, *plan.terms)))
