"""Errors that have wordings: leaks of the model, and single sentences or pairs that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tests.benchmarks.seeds.books import Paragraph
from tests.benchmarks.seeds.ground import apart
from tests.benchmarks.seeds.planting import Edit
from tests.benchmarks.seeds.shape import SENTENCE, Found, Site
from tests.benchmarks.seeds.words import Wording, nth, spelled

GAP = "\n\n"


def leaks(kind: str) -> Callable[[Site], Iterator[Found]]:
    """Each wording once, before any comes again; a passage in another language never does."""

    def seed(site: Site) -> Iterator[Found]:
        known = site.words.families["leaks"][kind]
        drawn = _drawn(site, known)
        for wording in drawn[: len(known)] if kind == "language" else drawn:
            for edit in _leaked(site, wording):
                yield Found((edit,), wording=wording.id)

    return seed


def _leaked(site: Site, wording: Wording) -> list[Edit]:
    text = wording.texts[0]
    match wording.where:
        case "start":
            return [Edit(p.start, p.start, text + GAP) for p in _edge(site, first=True)]
        case "end":
            return [Edit(p.end, p.end, GAP + text) for p in _edge(site, first=False)]
        case "middle":
            places = site.ground.paragraphs(site.chance, 1, _is_prose)
            return [Edit(place.end, place.end, GAP + text) for place in places]
    places = site.ground.paragraphs(site.chance, 1, _has_sentences)
    cuts = [p.start + site.chance.choice([*SENTENCE.finditer(p.text)]).end() for p in places]
    return [Edit(at, at, text + " ") for at in cuts]


def _edge(site: Site, *, first: bool) -> list[Paragraph]:
    return site.ground.edges(site.chance, 1, first=first)


def weekday(site: Site) -> Iterator[Found]:
    """A date that was not that day of the week; the twin has the right day."""
    for wording, paragraph in _placed(site, "single", "weekday"):
        date = dt.date(site.chance.randint(1780, 1995), 1, 1)
        date += dt.timedelta(days=site.chance.randrange(365))
        slots = {
            "day": date.day,
            "nth": nth(date.day),
            "month": site.words.pools["months"][date.month - 1],
            "year": date.year,
        }
        days = site.words.pools["weekdays"]
        wrong = days[(date.weekday() + site.chance.randint(1, 6)) % 7]
        sentence = wording.texts[0]
        yield _appended(
            wording,
            paragraph,
            sentence.format(weekday=wrong, **slots),
            sentence.format(weekday=days[date.weekday()], **slots),
        )


def age(site: Site) -> Iterator[Found]:
    """An age that the years of birth and of the event do not give."""
    for wording, paragraph in _placed(site, "single", "age"):
        born, right = site.chance.randint(1700, 1950), site.chance.randint(12, 80)
        wrong = right + site.chance.choice((-8, -6, -4, 3, 5, 7, 11))
        slots = {"name": site.chance.choice(site.words.pools["names"]), "born": born}
        sentence = wording.texts[0]
        yield _appended(
            wording,
            paragraph,
            sentence.format(year=born + right, age=wrong, words=spelled(wrong), **slots),
            sentence.format(year=born + right, age=right, words=spelled(right), **slots),
        )


def reference(site: Site) -> Iterator[Found]:
    """To a chapter that the book does not have."""
    chapters = len(site.book.chapters)
    once = min(site.count, len(site.words.families["single"]["reference"]))
    for wording, paragraph in _placed(replace(site, count=once), "single", "reference"):
        text = wording.texts[0]
        wrong = text.format(n=chapters + site.chance.randint(20, 60))
        yield _appended(wording, paragraph, wrong, text.format(n=site.chance.randint(1, chapters)))


def footnote(site: Site) -> Iterator[Found]:
    """The mark of a note that is not there."""
    for number, (wording, paragraph) in enumerate(_placed(site, "single", "footnote")):
        at = paragraph.end - 1
        yield Found((Edit(at, at, wording.texts[0].format(n=number + 70)),), wording=wording.id)


def note(site: Site) -> Iterator[Found]:
    """A note that nothing in the text points to."""
    for number, paragraph in enumerate(
        site.ground.paragraphs(site.chance, site.count, _is_narration)
    ):
        text = f"\n\n[^{number + 170}]: The same is said by several authors."
        yield Found((Edit(paragraph.end, paragraph.end, text),))


def section(site: Site) -> Iterator[Found]:
    """A section that is promised and missing."""
    topics = site.chance.sample(site.words.pools["topics"], len(site.words.pools["topics"]))
    for number, (wording, paragraph) in enumerate(_placed(site, "single", "section")):
        topic = topics[number % len(topics)]
        yield _appended(wording, paragraph, wording.texts[0].format(topic=topic))


def days(site: Site) -> Iterator[Found]:
    """A later passage of the same scene bears an earlier date."""
    for wording, first, second in _pairs(site, "days", ("scene",)):
        early = site.chance.randint(2, 20)
        late = early + site.chance.randint(3, 7)
        slots = {"month": site.chance.choice(site.words.pools["months"])}
        yield _paired(
            wording,
            (first, second),
            {"late": late, "early": early, "late_nth": nth(late), "early_nth": nth(early), **slots},
            {
                "late": early,
                "early": early + 1,
                "late_nth": nth(early),
                "early_nth": nth(early + 1),
                **slots,
            },
            own_paragraph=True,
        )


def numbers(site: Site) -> Iterator[Found]:
    for wording, first, second in _pairs(site, "numbers", ("scene", "chapter", "1-5")):
        n, m = site.chance.sample(range(3, 12), 2)
        right = {"n": spelled(n), "m": spelled(n)}
        yield _paired(wording, (first, second), {"n": spelled(n), "m": spelled(m)}, right)


def acronym(site: Site) -> Iterator[Found]:
    for wording, first, second in _pairs(site, "acronym", ("chapter", "1-5", "6-20")):
        yield _paired(wording, (first, second), {}, {})


def _paired(
    wording: Wording,
    places: tuple[Paragraph, Paragraph],
    wrong: dict[str, object],
    right: dict[str, object],
    *,
    own_paragraph: bool = False,
) -> Found:
    gap = "\n\n" if own_paragraph else " "

    def edits(slots: dict[str, object]) -> tuple[Edit, ...]:
        return tuple(
            Edit(place.end, place.end, gap + _capital(text.format(**slots)))
            for place, text in zip(places, wording.texts, strict=True)
        )

    return Found(edits(wrong), apart(*places), wording.id, edits(right) if right else ())


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _appended(wording: Wording, paragraph: Paragraph, wrong: str, right: str = "") -> Found:
    """A sentence comes last; what begins small or in brackets goes before the full stop."""
    agreed = (_joined(paragraph, right),) if right else ()
    return Found((_joined(paragraph, wrong),), wording=wording.id, agreed=agreed)


def _joined(paragraph: Paragraph, text: str) -> Edit:
    end = paragraph.end
    if text.startswith("("):
        return Edit(end - 1, end - 1, " " + text)
    if text[0].islower():
        return Edit(end - 1, end - 1, ", " + text)
    return Edit(end, end, " " + text)


def _placed(site: Site, family: str, kind: str) -> Iterator[tuple[Wording, Paragraph]]:
    for wording in _drawn(site, site.words.families[family][kind]):
        for paragraph in site.ground.paragraphs(site.chance, 1, _is_narration):
            yield wording, paragraph


def _pairs(
    site: Site, kind: str, distances: Sequence[str]
) -> Iterator[tuple[Wording, Paragraph, Paragraph]]:
    """Each wording once: a book does not say the same of one thing twice."""
    known = site.words.families["pairs"][kind]
    for number, wording in enumerate(_drawn(site, known)[: len(known)]):
        places = site.ground.pair(site.chance, distances[number % len(distances)])
        if places:
            yield wording, *places


def _drawn(site: Site, known: Sequence[Wording]) -> list[Wording]:
    """As many as are wanted, each once before any comes again."""
    order = site.chance.sample(known, len(known))
    return [order[number % len(order)] for number in range(site.count)]


def _is_prose(paragraph: Paragraph) -> bool:
    return paragraph.is_prose


def _is_narration(paragraph: Paragraph) -> bool:
    return paragraph.is_narration


def _has_sentences(paragraph: Paragraph) -> bool:
    return paragraph.is_narration and bool(SENTENCE.search(paragraph.text))
