"""What comes after a chapter and rests on it, for whoever changes the chapter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from l2mac_write.items import FRAME, Item
from l2mac_write.ledger.rows import Fact
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.texts import beginning
from l2mac_write.plan import ChapterPlan
from l2mac_write.text.characters import in_one_line

OPENING_WORDS = 250
MOST_TOLD = 8
"""Chapters that a line names."""


def following(situation: Situation, _: int) -> Item:
    """How the chapter after this one begins."""
    text = situation.first_of(_after(situation)[:1])
    page = beginning(text, OPENING_WORDS, situation.brief.language)
    return Item("following", "How the next chapter begins (verbatim)", "it has to go on", page)


def relied_on(situation: Situation, room: int) -> Item:
    """What this chapter makes true of those of whom later chapters speak, with its words."""
    later = {chapter.id: chapter.address for chapter in _after(situation)}
    uses: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for fact in situation.ledger.facts(later) if later else ():
        if fact.chapter in later:
            uses[fact.subject][later[fact.chapter]] = None
    here = situation.chapter.id if situation.chapter else ""
    facts = [
        fact
        for fact in situation.ledger.facts([here])
        if fact.chapter == here and fact.is_so and fact.subject in uses
    ]
    shown = [*_fitting(facts, uses, room - FRAME)]
    return Item(
        "relied_on",
        "What later chapters rely on",
        "it has to stay so, unless the order says otherwise",
        "\n".join(line for _, line in shown),
        tuple(fact.id for fact, _ in shown),
    )


def _after(situation: Situation) -> Sequence[ChapterPlan]:
    chapters = situation.plan.chapters if situation.plan else ()
    return chapters[situation.chapter.number :] if situation.chapter else ()


def _fitting(
    facts: Sequence[Fact], uses: dict[str, dict[str, None]], room: int
) -> Iterator[tuple[Fact, str]]:
    for fact in facts:
        numbers = [*uses[fact.subject]][:MOST_TOLD]
        line = _line(fact, numbers)
        if (room := room - len(line.encode()) // 4 - 1) < 0:
            return
        yield fact, line


def _line(fact: Fact, numbers: Sequence[str]) -> str:
    chapters = f"chapter{'s' * (len(numbers) > 1)} {', '.join(numbers)}"
    what = f"{fact.subject}, {fact.key.replace('_', ' ')}: {fact.value}"
    return f"- {what} (“{in_one_line(fact.quote)}”); {fact.subject} comes back in {chapters}"
