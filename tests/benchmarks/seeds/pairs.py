"""Pairs of facts that cannot both be so, some chapters apart; and what looks like them and is fine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.seeds.books import Paragraph
from tests.benchmarks.seeds.ground import DISTANCES, apart
from tests.benchmarks.seeds.planting import Edit, Note
from tests.benchmarks.seeds.shape import Found, Site
from tests.benchmarks.seeds.words import Wording, nth, spelled

GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of `types.toml`: what a fact is about, and where its two values come from."""

    name: str
    key: str
    codes: tuple[str, ...]
    then: str = ""
    values: str = ""
    subject: str = "name"
    reversed: bool = False
    at_once: bool = False


def facts(kind: Kind) -> Callable[[Site], Iterator[Found]]:
    """One pair for each wording; the twin says the same thing twice, or of two subjects."""

    def seed(site: Site) -> Iterator[Found]:
        known = site.words.families["facts"][kind.name]
        order = site.chance.sample(known, len(known))
        subjects = _cast(site)
        for number, wording in enumerate(order[: site.count]):
            places = _places(site, number)
            if places:
                yield _pair(kind, site, wording, places, _slots(kind, site, subjects[number]))

    return seed


def _cast(site: Site) -> list[dict[str, str]]:
    """What each pair is about: another person, thing, place and term every time."""
    pools = {
        slot: site.chance.sample(site.words.pools[pool], len(site.words.pools[pool]))
        for slot, pool in (
            ("name", "names"), ("object", "objects"), ("place", "places"), ("term", "terms"), ("secret", "secrets"),
        )
    }  # fmt: skip
    return [
        {slot: pool[number % len(pool)] for slot, pool in pools.items()}
        | {"other": pools["name"][(number + 1) % len(pools["name"])]}
        for number in range(24)
    ]


def _slots(kind: Kind, site: Site, subject: dict[str, str]) -> dict[str, str]:
    a, b = site.chance.sample(site.words.pools[kind.values or "months"], 2)
    month_a, month_b = site.chance.sample(site.words.pools["months"], 2)
    return {**subject, "a": a, "b": b, "month_a": month_a, "month_b": month_b}


def _places(site: Site, number: int) -> tuple[Paragraph, Paragraph] | None:
    """Of the distances in turn, the first that the book has room for."""
    turn = number % len(DISTANCES)
    for distance in (*DISTANCES[turn:], *reversed(DISTANCES[:turn])):
        places = site.ground.pair(site.chance, distance)
        if places:
            return places
    return None


def _pair(
    kind: Kind,
    site: Site,
    wording: Wording,
    places: tuple[Paragraph, Paragraph],
    slots: dict[str, str],
) -> Found:
    right = {**slots, "b": slots["a"], "month_b": slots["month_a"]}
    if not kind.values:
        right |= {"name": slots["other"], "place": "Little " + slots["place"]}
    anchor, conflict = places[::-1] if kind.reversed else places
    edits = (_put(wording, 0, anchor, slots), _put(wording, 1, conflict, slots))
    return Found(
        edits=edits,
        distance=apart(*places),
        wording=wording.id,
        agreed=(edits[0], _put(wording, 1, conflict, right)),
        notes=_notes(kind, wording, slots),
        agreed_notes=(_notes(kind, wording, slots)[0], _notes(kind, wording, right)[1]),
    )


def _notes(kind: Kind, wording: Wording, slots: Mapping[str, str]) -> tuple[Note, ...]:
    """Both ends, as a perfect reader would note them."""
    quotes = tuple(text.format(**slots) for text in wording.texts)
    values = _values(kind, wording, slots) or quotes
    since = f"when {wording.texts[0]}".format(**slots) if kind.at_once else ""
    return tuple(
        Note(
            value if kind.subject == "value" else slots[kind.subject],
            key,
            value,
            quote,
            since=since,
        )
        for key, value, quote in zip((kind.key, kind.then or kind.key), values, quotes, strict=True)
    )


def _values(kind: Kind, wording: Wording, slots: Mapping[str, str]) -> tuple[str, ...]:
    """None where a sentence holds no value that another sentence could have too."""
    if "{month_a}" in wording.texts[0]:
        return slots["month_a"], slots["month_b"]
    if kind.then == "held_by":
        return "lost", slots["name"]
    return (slots["a"], slots["b"]) if kind.values else ()


def _put(wording: Wording, end: int, place: Paragraph, slots: Mapping[str, str]) -> Edit:
    text = wording.texts[end].format(**slots)
    gap = GAP if text.startswith("|") else " "
    return Edit(place.end, place.end, gap + text[0].upper() + text[1:])


def decoys(kind: str, said: Sequence[str]) -> Callable[[Site], Iterator[Found]]:
    """`said` tells who says the two passages, where the narrator does not say both."""

    def seed(site: Site) -> Iterator[Found]:
        for number, wording in enumerate(site.words.families["decoys"][kind]):
            slots = _decoyed(site)
            if len(wording.texts) == 1:
                places = tuple(site.ground.paragraphs(site.chance, 1, _is_narration))
            else:
                places = _places(site, number + site.chance.randrange(len(DISTANCES))) or ()
            edits = tuple(
                Edit(place.end, place.end, GAP + text.format(**slots))
                for place, text in zip(places, wording.texts, strict=False)
            )
            if edits:
                notes = tuple(
                    Note(str(slots["name"]), "claim", edit.new.strip(), edit.new.strip(), who)
                    for edit, who in zip(edits, said, strict=False)
                )
                yield Found(edits, apart(places[0], places[-1]), wording.id, notes=notes)

    return seed


def _decoyed(site: Site) -> dict[str, object]:
    date = dt.date(site.chance.randint(1800, 1990), 1, 1)
    date += dt.timedelta(days=site.chance.randrange(365))
    name, maiden, husband = site.chance.sample(site.words.pools["names"], 3)
    age = site.chance.randint(20, 60)
    return {
        "name": name,
        "maiden": maiden.split()[-1],
        "husband": husband.split()[-1],
        "weekday": site.words.pools["weekdays"][date.weekday()],
        "day": date.day,
        "nth": nth(date.day),
        "month": site.words.pools["months"][date.month - 1],
        "year": date.year,
        "born": date.year - age,
        "age": age,
        "words": spelled(age),
    }


def _is_narration(paragraph: Paragraph) -> bool:
    return paragraph.is_narration
