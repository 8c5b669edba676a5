"""What earlier chapters say, word for word, of the people, places and things a chapter needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from l2mac_write.items import Item, tokens
from l2mac_write.machine.remembering import stated
from l2mac_write.machine.seeking import names, words
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import ChapterPlan
from l2mac_write.ports import Passage

MOST = 6
CANDIDATES = 24
TAIL = 80
"""Characters by whose presence a passage counts as shown."""


def passages(situation: Situation, room: int) -> Item:
    """As many as have room; each says where it stands."""
    chapters = {chapter.path: chapter for chapter in situation.before}
    told = {passage: _told(passage, chapters) for passage in _chosen(situation)}
    shown = [*_fitting(told, room)]
    said = "\n\n".join(told[passage] for passage in shown)
    places = ", ".join(f"{chapters[p.path].address}:{p.number}" for p in shown)
    why = f"what the contract calls for, by chapter and paragraph: {places}"
    homes = [chapters[passage.path].id for passage in shown]
    return Item(
        "passages", "Passages of earlier chapters", why, said, stated(situation, homes, said)
    )


def found(
    situation: Situation, shown: Sequence[Item], about: str, paths: Sequence[str], most: int
) -> Sequence[Passage]:
    """The best passages for some words, but for those that are shown already."""
    best = situation.seek(about, paths, 2 * most)
    return [p for p in best if not any(p.text in item.text for item in shown)][:most]


def _chosen(situation: Situation) -> tuple[Passage, ...]:
    """The best, then the best for each name, then the next best."""
    if not (situation.passages and situation.chapter and situation.before):
        return ()
    needed, language = _named(situation, situation.chapter), situation.brief.language
    contract = words(_contract(situation, situation.chapter), language)
    seen = [chapter.path for chapter in situation.before]
    sought = (*names(needed, language), *contract)
    best = situation.passages.best(sought, seen, CANDIDATES)
    new = [p for p in best if p.text[-TAIL:] not in situation.ending]
    firsts = (next((p for p in new if name in p.text), None) for name in needed)
    return tuple(dict.fromkeys(filter(None, (*new[:1], *firsts, *new))))[:MOST]


def _named(situation: Situation, chapter: ChapterPlan) -> tuple[str, ...]:
    """The people of the chapter, its terms, and the places and terms that its contract speaks of."""
    plan, contract = situation.plan, _contract(situation, chapter)
    entries = (*plan.places, *plan.terms) if plan else ()
    spoken_of = (entry.name for entry in entries if entry.name in contract)
    return tuple(dict.fromkeys((*chapter.people, *chapter.terms, *spoken_of)))


def _contract(situation: Situation, chapter: ChapterPlan) -> str:
    """What is to be in it; of a beat that is written alone, that, and of an order what it says."""
    if situation.order:
        return situation.order.instruction
    beats = (situation.beat.text,) if situation.beat else chapter.beats
    return "\n".join((chapter.goal, *beats, *chapter.must, chapter.setting))


def _told(passage: Passage, chapters: Mapping[str, ChapterPlan]) -> str:
    called = chapters[passage.path].called
    return f"{called}, paragraph {passage.number}:\n{passage.text}"


def _fitting(texts: Mapping[Passage, str], room: int) -> Iterator[Passage]:
    """Those that still have room; a long one may leave it to a shorter one after it."""
    for passage, text in texts.items():
        if tokens(text) <= room:
            room -= tokens(text)
            yield passage
