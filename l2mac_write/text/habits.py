"""What a text says again and again, counted chapter by chapter so that a book is never counted twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from itertools import product

from l2mac_write.text.common_words import common_words
from l2mac_write.text.languages import is_unspaced, primary
from l2mac_write.text.worn import Worn, worn

SIZES = range(3, 7)
"""Words of a phrase; in languages without spaces, `CHARACTERS` of one."""
CHARACTERS = (5, 8)
OPENING, CLOSING = 3, 4
"""Words by which the beginning of a paragraph, and of a chapter or its end, is known."""
PHRASES = 12_000
"""Phrases that are remembered at most; those said but once are forgotten first, the oldest before all."""
CHAINS = 8
"""Counts that are kept: chapters may be written side by side, each after others."""
TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\n")
CHARACTER = re.compile(r"[㐀-鿿豈-﫿぀-ヿ]|[^\s]|\n")
ENDS = frozenset('.!?…\n:"“”„»«。！？')
"""After these, a capital letter says nothing."""
CAPITALS = frozenset({"de"})
"""Languages in which more than names have capital letters."""


@dataclass(frozen=True, slots=True)
class Often:
    """How often something was said, and in how many chapters."""

    times: int = 0
    chapters: int = 0

    def also(self, times: int) -> Often:
        return Often(self.times + times, self.chapters + 1)


@dataclass(frozen=True, slots=True)
class Habits:
    """All that some chapters say, as far as it may be said too often."""

    words: int = 0
    chapters: int = 0
    paragraphs: int = 0
    phrases: Mapping[str, Often] = field(default_factory=dict)
    similes: Mapping[str, Often] = field(default_factory=dict)
    worn: Mapping[str, Often] = field(default_factory=dict)
    tics: Mapping[str, Often] = field(default_factory=dict)
    paragraph_openings: Mapping[str, Often] = field(default_factory=dict)
    openings: Mapping[str, Often] = field(default_factory=dict)
    endings: Mapping[str, Often] = field(default_factory=dict)

    def with_chapter(self, chapter: Chapter) -> Habits:
        return Habits(
            self.words + chapter.words,
            self.chapters + 1,
            self.paragraphs + sum(chapter.paragraph_openings.values()),
            _bounded(_with(self.phrases, chapter.phrases)),
            _bounded(_with(self.similes, chapter.similes)),
            _with(self.worn, chapter.worn),
            _with(self.tics, chapter.tics),
            _bounded(_with(self.paragraph_openings, chapter.paragraph_openings)),
            _with(self.openings, {chapter.opening: 1}),
            _with(self.endings, {chapter.ending: 1}),
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one text says, and how often."""

    words: int
    phrases: Mapping[str, int]
    similes: Mapping[str, int]
    worn: Mapping[str, int]
    tics: Mapping[str, int]
    paragraph_openings: Mapping[str, int]
    opening: str
    ending: str


def habits(texts: Iterable[str], language: str) -> Habits:
    """Of these chapters, in the order of the book.

    Who asks for one chapter more each time, as a run does, has only that one counted.
    """
    texts, known = tuple(texts), _known(language)
    marks = tuple(map(hash, texts))
    before, start = Habits(), 0
    for number in range(len(texts), 0, -1):
        if found := known.get(marks[:number]):
            before, start = found, number
            break
    known[marks] = now = reduce(Habits.with_chapter, _chapters(texts[start:], language), before)
    for old in [*known][:-CHAINS]:
        known.pop(old, None)
    return now


@cache
def _known(_: str) -> dict[tuple[int, ...], Habits]:
    """What was counted last, in one language; a race between threads only has it counted again."""
    return {}


def _chapters(texts: Iterable[str], language: str) -> Iterator[Chapter]:
    return (chapter(text, language) for text in texts)


@lru_cache(maxsize=2)
def chapter(text: str, language: str) -> Chapter:
    """Either apostrophe is the same. Where a book is rehearsed, one text stands for several."""
    known, text = worn(language), text.replace("’", "'")
    clauses = [*_clauses(text, language)]
    said = [word for clause in clauses for word in clause]
    counted = Counter(said)
    joint = "" if is_unspaced(language) else " "
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    openings = Counter(filter(None, (_start(line, language, OPENING) for line in lines)))
    return Chapter(
        words=len(said),
        phrases=Counter(_phrases(clauses, language)),
        similes=Counter(_similes(clauses, known)),
        worn=_worn(known, counted, joint.join(said), joint),
        tics={word: counted[word] for word in known.tics if word in counted},
        paragraph_openings=openings,
        opening=_start(lines[0], language, CLOSING) if lines else "",
        ending=_end(lines[-1], language, CLOSING) if lines else "",
    )


def repeated(words: Sequence[str], size: int = 4) -> float:
    """The share of sequences of so many words that are there more than once."""
    grams = Counter(zip(*(words[n:] for n in range(size)), strict=False))
    total = sum(grams.values())
    return sum(n for n in grams.values() if n > 1) / total if total else 0.0


def spoken(text: str, language: str) -> list[str]:
    """Its words in small letters, names and all."""
    pattern = CHARACTER if is_unspaced(language) else TOKEN
    return [token.lower() for token in pattern.findall(text) if token[0].isalnum()]


def _clauses(text: str, language: str) -> Iterator[list[str]]:
    """The words between marks and names, which no phrase goes across."""
    pattern = CHARACTER if is_unspaced(language) else TOKEN
    tells = primary(language) not in CAPITALS and not is_unspaced(language)
    clause: list[str] = []
    before = "\n"
    for token in pattern.findall(text):
        if token.islower():
            clause.append(token)
            before = token
            continue
        is_name = tells and token[0].isupper() and before not in ENDS and token[:1] != "I"
        if is_name or not token[0].isalpha():
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token.lower())
        before = token
    if clause:
        yield clause


def _phrases(clauses: Iterable[Sequence[str]], language: str) -> Iterator[str]:
    """Those that begin and end with a word that is not one of the commonest."""
    if is_unspaced(language):
        for size, clause in product(CHARACTERS, clauses):
            yield from ("".join(clause[n : n + size]) for n in range(len(clause) - size + 1))
        return
    common = _common(language)
    for clause in clauses:
        telling = [n for n, word in enumerate(clause) if word not in common]
        for start, end in _spans(telling):
            yield " ".join(clause[start : end + 1])


@cache
def _common(language: str) -> frozenset[str]:
    return worn(language).plain.union(common_words(language))


def _spans(telling: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a phrase may begin and end, by the places of such words."""
    for i, start in enumerate(telling):
        for end in telling[i + 1 : i + SIZES.stop]:
            if end - start + 1 in SIZES:
                yield start, end


def _similes(clauses: Iterable[Sequence[str]], known: Worn) -> Iterator[str]:
    """What things are likened to: `like a wounded animal`."""
    for clause in clauses:
        for n, word in enumerate(clause):
            if word in known.likening and n + 2 < len(clause) and clause[n + 1] in known.articles:
                yield " ".join(clause[n : n + 4])


def _worn(known: Worn, words: Mapping[str, int], said: str, joint: str) -> Mapping[str, int]:
    """Looked for only where all its words are there."""
    text = f"{joint}{said}{joint}"
    there = (phrase for phrase, of in known.phrases.items() if of <= words.keys())
    found = ((phrase, text.count(f"{joint}{phrase}{joint}")) for phrase in there)
    return {phrase: times for phrase, times in found if times}


def _start(text: str, language: str, size: int) -> str:
    return _joined(spoken(text[: size * 20], language)[:size], language, size)


def _end(text: str, language: str, size: int) -> str:
    return _joined(spoken(text[-size * 20 :], language)[-size:], language, size)


def _joined(words: Sequence[str], language: str, size: int) -> str:
    """Empty for fewer words than that."""
    return ("" if is_unspaced(language) else " ").join(words) if len(words) == size else ""


def _with(before: Mapping[str, Often], more: Mapping[str, int]) -> dict[str, Often]:
    after = {**before}
    for said, times in more.items():
        often = after.get(said)
        after[said] = often.also(times) if often else _newly(times)
    return after


@cache
def _newly(times: int) -> Often:
    """One value for all that were said so often in one chapter: most were said once."""
    return Often(times, 1)


def _bounded(said: dict[str, Often]) -> dict[str, Often]:
    """Keeps what was said most and what was said last; seldom, and the same whoever asks."""
    if len(said) <= PHRASES:
        return said
    most = sorted(often.times for often in said.values())[-PHRASES // 2]
    kept = {phrase: often for phrase, often in said.items() if often.times > most}
    newest = [phrase for phrase in said if phrase not in kept][-PHRASES // 2 :]
    return {**kept, **{phrase: said[phrase] for phrase in newest}}
