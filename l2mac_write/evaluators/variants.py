"""Is a name that the book knows well spelled otherwise once or twice?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from l2mac_write.evaluators.cast import (
    NAME,
    NAMES_STAY,
    NOUNS_ARE_CAPITALISED,
    everyday,
    is_inside_sentence,
)
from l2mac_write.evaluators.passages import WORD
from l2mac_write.evaluators.spelling import LONG, distance, is_other_form
from l2mac_write.findings import Edit, Evidence, Finding, Severity, Whole
from l2mac_write.text.languages import primary

OFTEN = 6
"""A name that stands so often is spelled as the author wants it."""
INSIDE = 3
"""So many times inside a sentence, where only a name has a capital."""
RARE = 3
SHARE = 20
LONGEST = 16
"""Letters; in longer names one slip is looked for, so that none takes long."""
SHORT = 5
VOCABULARY = 1500
"""Words; a book of fewer does not show what letters may follow each other."""
ENDINGS = frozenset("aeiouyns")
"""Letters that make another form of a name: `Americans`, `Willy`, `Roberta`."""


DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    start: int
    before: str


@dataclass(slots=True)
class Census:
    """The capitalised words of a book and its letters: what is written how often, and where."""

    counts: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[Place]] = field(default_factory=dict)
    company: Counter[tuple[str, str]] = field(default_factory=Counter)


def judge(whole: Whole) -> tuple[Finding, ...]:
    """Only where names keep their form, and only they have a capital, can a slip be told."""
    if primary(whole.language) not in NAMES_STAY - NOUNS_ARE_CAPITALISED:
        return ()
    census = _census(whole)
    settled = [name for name, count in census.counts.items() if _is_settled(name, count, census)]
    known = _by_slips(settled)
    usual = _letters(census)
    mine = {part for name in (*whole.cast, *whole.known) for part in NAME.findall(name)}
    return tuple(
        finding
        for name, right in _slips(census, known)
        if name not in mine
        for finding in _findings(name, right, census, usual)
    )


def _census(whole: Whole) -> Census:
    census = Census()
    for text in whole.texts:
        census.lower.update(word for word in WORD.findall(text.text) if word.islower())
        for match in NAME.finditer(text.text):
            name = match.group()
            if name.isupper() or text.text[match.start() - 1 : match.start()].isalnum():
                continue
            if text.text[match.start() - 1 : match.end() + 1] in {f"*{name}*", f"_{name}_"}:
                continue  # a word alone in italics is shown as it is spelled somewhere
            before = _word_before(text.text, match.start())
            census.counts[name] += 1
            census.inside[name] += is_inside_sentence(text.text, match.start())
            census.company[before, name] += 1
            if census.counts[name] <= RARE:
                census.places.setdefault(name, []).append(Place(text.path, match.start(), before))
    return census


def _word_before(text: str, start: int) -> str:
    """The capitalised word that it follows, as `Mr` and `Elizabeth` do."""
    words = text[max(0, start - 20) : start].rstrip(" .").rsplit(maxsplit=1)
    word = words[-1] if words and text[start - 1] == " " else ""
    return word if word[:1].isupper() and word not in everyday() else ""


def _is_settled(name: str, count: int, census: Census) -> bool:
    inside = census.inside[name]
    return count >= OFTEN and inside >= INSIDE and inside >= census.lower[name.lower()]


def _by_slips(names: Iterable[str]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for name in names:
        for shortened in _shortened(name.casefold()):
            known.setdefault(shortened, []).append(name)
    return known


def _shortened(name: str) -> set[str]:
    """The name, and what is left of it without any one letter; without any two if it is long.

    Two names that differ by so many slips have one of these in common.
    """
    once = {name[:n] + name[n + 1 :] for n in range(len(name))}
    if not LONG <= len(name) <= LONGEST:
        return {name, *once}
    return {name, *once, *(less[:n] + less[n + 1 :] for less in once for n in range(len(less)))}


def _slips(census: Census, known: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Each rare name that is no word of the book, and the settled name it is nearest to."""
    for name, count in census.counts.items():
        if name in everyday() or census.lower[name.lower()]:
            continue
        near = {right for part in _shortened(name.casefold()) for right in known.get(part, ())}
        alike = [
            (_slips_between(name, right), -census.counts[right], right)
            for right in near - {name}
            if count <= max(RARE, census.counts[right] // SHARE)
        ]
        fewest, _, right = min(alike, default=(0, 0, ""))
        if right and fewest <= (2 if min(len(name), len(right)) >= LONG else 1):
            yield name, right


def _slips_between(name: str, right: str) -> int:
    return distance(name.casefold(), right.casefold(), 2)


def _letters(census: Census) -> Counter[str]:
    """How many words of the book have each three letters in a row."""
    words = {*census.lower, *(name.casefold() for name in census.counts)}
    return Counter(three for word in words for three in _threes(word))


def _threes(word: str) -> set[str]:
    edged = f" {word.casefold()} "
    return {edged[n : n + 3] for n in range(len(edged) - 2)}


def _findings(name: str, right: str, census: Census, usual: Mapping[str, int]) -> Iterator[Finding]:
    places = census.places[name]
    odd = any(usual[three] <= 1 for three in _threes(name))
    together = any(p.before and census.company[p.before, right] >= INSIDE for p in places)
    form = _is_form(name, right)
    is_plural = name == f"{right}s" and right[-1] != "s"
    if is_plural or ((form or len(right) < SHORT) and not odd and not together):
        return
    slip = _is_slip(name, right) or (odd and len(census.lower) >= VOCABULARY)
    certain = not form and (together or (slip and len(name) >= SHORT))
    for place in places:
        yield Finding(
            code="CHR-NAME",
            severity=Severity.REVISE if certain else Severity.ADVISE,
            path=place.path,
            message=f"`{name}` looks like `{right}`, which the book has {census.counts[right]} times.",
            quote=name,
            hint=f"If it is the same, write `{right}`.",
            mend=Edit(place.start, place.start + len(name), right) if certain else None,
            conflict=Evidence(census.places[right][0].path, right),
        )


def _is_form(name: str, right: str) -> bool:
    """Another form or a name of its own: `Bennets`, `Willy`, `Marie`."""
    longer, shorter = sorted((name, right), key=len, reverse=True)
    ending = longer[len(shorter) :] if longer.startswith(shorter) else ""
    doubled = ending == shorter[-1:]
    return (bool(ending) and set(ending) <= ENDINGS and not doubled) or is_other_form(name, right)


def _is_slip(name: str, right: str) -> bool:
    """Letters swapped or doubled, or one wrong in many: no two people are told apart by that."""
    swapped = sorted(name.casefold()) == sorted(right.casefold())
    doubled = DOUBLED.sub(r"\1", name.casefold()) == DOUBLED.sub(r"\1", right.casefold())
    return swapped or doubled or (len(right) >= LONG and _slips_between(name, right) == 1)
