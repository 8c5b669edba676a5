"""Which of its habits a book overdoes, by how long it is and by what people write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from l2mac_write.text.habits import Habits, Often
from l2mac_write.text.languages import is_unspaced, primary
from l2mac_write.text.worn import worn

EACH = 100_000
"""Words to which the usual number of a word's uses refers."""


class Kind(StrEnum):
    WORN = "worn"
    PHRASE = "phrase"
    SIMILE = "simile"
    TIC = "tic"
    PARAGRAPHS = "paragraphs"
    OPENING = "opening"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Least:
    """From when on it is too much: at least so often, and once in so many words; in so many chapters."""

    times: int
    words: int
    chapters: int = 2


@dataclass(frozen=True, slots=True)
class Overdone:
    """`usual` is how often people would have said it in as many words, 0 where nobody counted."""

    kind: Kind
    said: str
    often: Often
    usual: float = 0.0


def overdone(
    habits: Habits,
    language: str,
    least: Mapping[Kind, Least],
    names: Collection[str] = (),
    *,
    most: int = 12,
) -> Iterator[Overdone]:
    """Of each kind the worst, at most so many. What people and places are called is no habit."""
    strange = _words(names, language)
    for kind, said in _kinds(habits).items():
        found = sorted(_too_much(kind, said, least[kind], habits), key=_weight)
        ours = (one for one in found if not _named(one.said, strange, language))
        yield from islice(_apart(ours, language), most)
    yield from islice(sorted(_tics(habits, language, least[Kind.TIC]), key=_excess), most)


def _kinds(habits: Habits) -> Mapping[Kind, Mapping[str, Often]]:
    return {
        Kind.WORN: habits.worn,
        Kind.PHRASE: habits.phrases,
        Kind.SIMILE: habits.similes,
        Kind.PARAGRAPHS: habits.paragraph_openings,
        Kind.OPENING: habits.openings,
        Kind.ENDING: habits.endings,
    }


def _too_much(
    kind: Kind, said: Mapping[str, Often], least: Least, habits: Habits
) -> Iterator[Overdone]:
    times = max(least.times, habits.words / least.words)
    chapters = min(least.chapters, habits.chapters)
    for what, often in said.items():
        if often.times >= times and often.chapters >= chapters and what:
            yield Overdone(kind, what, often)


def _tics(habits: Habits, language: str, least: Least) -> Iterator[Overdone]:
    """Words used several times as often as people use them; `least.words` says how many times."""
    for word, often in habits.tics.items():
        usual = worn(language).tics[word] * habits.words / EACH
        if often.times >= max(least.times, least.words * usual) and often.chapters >= min(
            least.chapters, habits.chapters
        ):
            yield Overdone(Kind.TIC, word, often, usual)


def _apart(found: Iterable[Overdone], language: str) -> Iterator[Overdone]:
    """Without those that say in part what one before has said."""
    said: list[str] = []
    for one in found:
        if not any(
            part in other or other in one.said for part in _parts(one, language) for other in said
        ):
            said.append(one.said)
            yield one


def _parts(one: Overdone, language: str) -> tuple[str, ...]:
    """By which it is known again; without spaces, a phrase begins at every character of a longer one."""
    half = len(one.said) // 2
    return (one.said[:half], one.said[-half:]) if is_unspaced(language) else (one.said,)


def _weight(one: Overdone) -> tuple[int, str]:
    return -one.often.times * len(one.said), one.said


def _excess(one: Overdone) -> tuple[float, str]:
    return -one.often.times / one.usual, one.said


def _words(names: Collection[str], language: str) -> frozenset[str]:
    if is_unspaced(language):
        return frozenset(filter(None, names))
    return frozenset(word for name in names for word in name.lower().split())


def _named(said: str, names: frozenset[str], language: str) -> bool:
    if is_unspaced(language):
        return any(name in said for name in names)
    words = {word.removesuffix("'s").removesuffix("’s") for word in said.split()}
    genitive = {word.removesuffix("s") for word in words} if primary(language) == "de" else words
    return not names.isdisjoint(words | genitive)
