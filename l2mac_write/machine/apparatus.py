"""What code adds behind the chapters: a glossary and an index, both of the plan's own words.

A name counts where the text has it as it is spelled, as whole words; a term may also begin with
a small letter or a capital instead. Plurals and other forms are other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from l2mac_write.book import Headword, Part, Section
from l2mac_write.machine.conditions import Case
from l2mac_write.plan import Entry, Plan
from l2mac_write.text.characters import unturned
from l2mac_write.text.counting import HAN_AND_KANA, UNSPACED
from l2mac_write.text.naming import PLAIN

GLOSSARY, INDEX = "glossary", "index"
WORD = re.compile(rf"[^\W_{HAN_AND_KANA}{UNSPACED}]+|[{HAN_AND_KANA}{UNSPACED}]|[^\w\s*`\\]")
"""A word, a sign, or a character of a script without spaces; Markdown's own marks are none."""
LONGEST = 12
"""Words; what is longer is no term, and nobody looks it up."""
APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def apparatus(case: Case, chapters: Sequence[Section], there: Iterable[str]) -> Iterator[Section]:
    """The sections that are due and have something to say, but for the kinds that are `there`."""
    due = [kind for kind in (GLOSSARY, INDEX) if _is_due(kind, case) and kind not in {*there}]
    found = occurrences(case.plan, chapters) if due else {}
    if GLOSSARY in due:
        yield from _section(GLOSSARY, _explained(case.plan.terms, found))
    if INDEX in due:
        yield from _section(INDEX, (Headword(n, chapters=places) for n, places in found.items()))


def occurrences(plan: Plan, chapters: Iterable[Section]) -> Mapping[str, tuple[int, ...]]:
    """The places, from 1, of the chapters that name each term, person and place; one without is left out.

    Each is read once, however many there are to be found.
    """
    forms, lengths = _forms(plan)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, chapter in enumerate(chapters, start=1):
        words = _words(chapter.markdown)
        named = {
            name
            for at, word in enumerate(words)
            for length in lengths.get(word, ())
            for name in forms.get(words[at : at + length], ())
        }
        for name in named:
            found[name].append(place)
    return {name: tuple(places) for name, places in found.items()}


def alphabetical(name: str) -> tuple[str, str]:
    """The key to sort by: letters without their accents or case, on every machine the same.

    So `Ä` stands with `A` in every language, and Chinese is in the order of Unicode.
    """
    letters = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    return "".join(c for c in letters if c.isalnum() or c == " ").strip(), name


def _is_due(kind: str, case: Case) -> bool:
    return kind in case.plan.matter or (bool(case.plan.terms) and not case.is_fiction)


def _section(kind: str, headwords: Iterable[Headword]) -> Iterator[Section]:
    if rows := tuple(sorted(headwords, key=lambda row: alphabetical(row.name))):
        yield Section(kind, Part.BACK, "", "", "", headwords=rows)


def _explained(terms: Sequence[Entry], found: Mapping[str, Sequence[int]]) -> Iterator[Headword]:
    """Of a term that the plan explains twice, the first meaning; it leads to its first chapter."""
    meanings = {_name(term.name): term.what for term in reversed(terms) if term.what}
    for name, meaning in meanings.items():
        if name in found:
            yield Headword(name, unturned(meaning), (found[name][0],))


def _forms(plan: Plan) -> tuple[Mapping[tuple[str, ...], set[str]], Mapping[str, set[int]]]:
    """Whose name each row of words is, and how long the rows are that begin with a word."""
    forms: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for spelled, name in _spellings(plan):
        words = _words(spelled)
        if any(map(str.isalnum, words)) and len(words) <= LONGEST:
            forms[words].add(name)
            lengths[words[0]].add(len(words))
    return forms, lengths


def _spellings(plan: Plan) -> Iterator[tuple[str, str]]:
    for name in chain((p.name for p in plan.people), (place.name for place in plan.places)):
        yield name, _name(name)
    for term in plan.terms:
        first, rest = term.name[:1], term.name[1:]
        for spelled in (first.lower() + rest, first.upper() + rest):
            yield spelled, _name(term.name)


def _name(name: str) -> str:
    return " ".join(unturned(name).split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(unicodedata.normalize("NFC", unturned(text)).translate(APOSTROPHES)))
