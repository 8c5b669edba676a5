"""What a chapter must not contradict, and what it owes: the state of its people, and open threads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from l2mac_write.items import FRAME, Item
from l2mac_write.ledger.keys import About, keys
from l2mac_write.ledger.moments import moment
from l2mac_write.ledger.names import WORLD, Names
from l2mac_write.ledger.rows import Fact, Said, Thread
from l2mac_write.ledger.states import current, open_threads
from l2mac_write.machine.situation import Situation
from l2mac_write.machine.texts import first_lines
from l2mac_write.plan import ChapterPlan
from l2mac_write.text.characters import in_one_line

FIRST = (
    About.STATE, About.CUSTODY, About.LOCATION, About.KNOWLEDGE, About.RELATION, About.ATTRIBUTE,
    About.TERM, About.QUANTITY, About.RULE, About.CLAIM,
)  # fmt: skip
"""What is soonest got wrong comes first where there is no room for all."""
DESCRIPTION, HELD = "description", "held_by"
FAR = 1_000_000


def state(situation: Situation, room: int) -> Item:
    """Of whom and what the contract names, what its chapters have made so; `names` has the plan's."""
    chapter = situation.chapter
    names = _with_things(situation, _named(situation, chapter)) if chapter else ()
    facts = situation.ledger.facts(situation.known, subjects=names) if names else ()
    here = moment(chapter.setting) if chapter else None
    told = (fact for fact in current(facts, here) if fact.said != Said.PLAN)
    shown = [*_fitting(_ranked(told, names), room)]
    return Item(
        "state",
        "What is so when this chapter begins",
        "what it must not contradict",
        "\n".join(_lines(shown, names)),
        tuple(fact.id for fact in shown),
    )


def threads(situation: Situation, room: int) -> Item:
    """Those that are due first, then the others as they were planted."""
    chapters = situation.plan.chapters if situation.plan else ()
    there = {chapter.id: chapter for chapter in chapters}
    found = open_threads(situation.ledger.threads(situation.known))
    lines: list[str] = []
    shown: list[Thread] = []
    left = room - FRAME
    for thread in sorted(found, key=lambda thread: _due(there.get(thread.due))):
        line = _thread(thread, there, situation.chapter)
        if (left := left - _size(line)) < 0:
            break
        lines.append(line)
        shown.append(thread)
    why, title = "what the reader was made to wait for", "Threads that are open"
    return Item("threads", title, why, "\n".join(lines), tuple(thread.id for thread in shown))


def known(situation: Situation, room: int) -> Item:
    """What the chapters before called people and things that no plan names, so that they keep it.

    Those of whom this chapter speaks come first, then the latest.
    """
    rows = reversed(situation.ledger.entities(situation.known))
    found = [row for row in rows if row.chapter]
    body = situation.body(situation.chapter.path) if situation.chapter else ""
    spoken = dict.fromkeys(Names(found).within(body))
    found.sort(key=lambda row: row.name not in spoken)
    lines = dict.fromkeys(f"{row.name} ({', '.join((row.kind, *row.aliases))})" for row in found)
    text = first_lines("\n".join(lines), room)
    return Item("known", "Names from the chapters before", "one thing keeps one name", text)


def stated(situation: Situation, chapters: Collection[str], text: str) -> tuple[str, ...]:
    """The ids of what these chapters have made so in words that the text shows."""
    facts = situation.ledger.facts(chapters) if chapters else ()
    return tuple(fact.id for fact in facts if fact.chapter and fact.quote in text)


def _named(situation: Situation, chapter: ChapterPlan) -> tuple[str, ...]:
    """Those listed in the contract, then those of whom it speaks, then the world itself."""
    listed = (chapter.point_of_view, *chapter.people, *chapter.terms)
    spoken = (chapter.setting, chapter.goal, *chapter.beats, *chapter.must)
    names = Names(situation.ledger.entities(situation.known))
    meant = (names.meant(name) for name in listed)
    others = names.within("\n".join((*listed, *spoken)))
    return tuple(dict.fromkeys((*filter(None, meant), *others, WORLD)))


def _with_things(situation: Situation, names: tuple[str, ...]) -> tuple[str, ...]:
    """And what they have with them."""
    held = current(situation.ledger.facts(situation.known, key=HELD))
    return tuple(dict.fromkeys((*names, *(fact.subject for fact in held if fact.value in names))))


def _ranked(facts: Iterable[Fact], names: Sequence[str]) -> Iterator[Fact]:
    """In turn for each name, the most telling kinds first, and of a kind what was said last."""
    places = {name: place for place, name in enumerate(names)}
    nth: Counter[tuple[str, About]] = Counter()
    ranked: list[tuple[int, int, int, Fact]] = []
    for fact in reversed([*facts]):
        kind = keys()[fact.key].kind
        nth[fact.subject, kind] += 1
        rank = -1 if fact.key == DESCRIPTION else FIRST.index(kind)
        ranked.append((rank, nth[fact.subject, kind], places[fact.subject], fact))
    return (fact for *_, fact in sorted(ranked, key=lambda row: row[:3]))


def _fitting(facts: Iterable[Fact], room: int) -> Iterator[Fact]:
    """As many as have room, the names before them included."""
    left, named = room - FRAME, set[str]()
    for fact in facts:
        is_new = fact.subject not in named
        left -= _size(_told(fact)) + (_size(fact.subject) if is_new else 0)
        if left < 0:
            return
        named.add(fact.subject)
        yield fact


def _size(line: str) -> int:
    """In tokens, with what stands between it and the next."""
    return len(line.encode()) // 4 + 1


def _lines(facts: Iterable[Fact], names: Sequence[str]) -> Iterator[str]:
    """One for each name."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for fact in facts:
        told[fact.subject].append(_told(fact))
    return (f"{name}: {'; '.join(told[name])}" for name in names if name in told)


def _told(fact: Fact) -> str:
    key = "" if fact.key == DESCRIPTION else f"{fact.key.replace('_', ' ')}: "
    says = "" if fact.is_so else f" ({fact.speaker or fact.said} says)"
    return f"{key}{fact.value}{says}"


def _due(chapter: ChapterPlan | None) -> int:
    return chapter.number if chapter else FAR


def _thread(thread: Thread, there: Mapping[str, ChapterPlan], here: ChapterPlan | None) -> str:
    due, planted = there.get(thread.due), there.get(thread.chapter)
    is_here = due and due.number <= (here.number if here else 0)
    when = "" if not due else ", due here" if is_here else f", due in chapter {due.address}"
    what = f" {thread.what}" if thread.what else ""
    where = f" {planted.called}:" if planted else ""
    return f"- {thread.name} ({thread.kind}{when}):{what}{where} “{in_one_line(thread.quote)}”"
