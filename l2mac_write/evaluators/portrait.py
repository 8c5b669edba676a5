"""How a book is told, as far as code can see: whoever goes on with it has to sound like it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from l2mac_write.evaluators.leaks import SPEECH
from l2mac_write.evaluators.manner import MOSTLY, PAST, PRESENT, TELLS, TOLD_OF, Manner, manners
from l2mac_write.evaluators.passages import blanked, without_code
from l2mac_write.findings import Text
from l2mac_write.text.counting import count_words
from l2mac_write.text.languages import primary

SENTENCE = re.compile(r"[^.!?…。！？]+[.!?…。！？]+")
MARKS = re.compile(r"[“„«»「\"]|(?<!\w)[‘'](?=\w)")
LOOKED_AT = 400_000
"""Characters, taken from all chapters alike: more of them would say no more."""
FEWEST = 20
"""Sentences, marks or paragraphs from which on something is a habit."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is not known, or has no rule, is None, 0 or empty.

    `first` is whether somebody tells it as `I`, `past` whether in the past tense. Lengths are in
    words: of a sentence in the middle, of those that a quarter is shorter and longer than, and of a
    paragraph. `spoken` is the share of dialogue.
    """

    first: bool | None
    past: bool | None
    spelling: str
    marks: str
    sentence: int
    shorter: int
    longer: int
    paragraph: int
    spoken: float


def portrait(texts: Sequence[Text], language: str) -> Portrait:
    sample = [without_code(text.text)[: LOOKED_AT // max(1, len(texts))] for text in texts]
    whole = "\n\n".join(sample)
    narrated = blanked(whole, SPEECH)
    known = manners(texts) if primary(language) == "en" else ()
    shorter, sentence, longer = _quarters([*map(count_words, SENTENCE.findall(narrated))])
    paragraphs = [count_words(one) for one in whole.split("\n\n") if one.strip()]
    return Portrait(
        first=_most([manner.first for manner in known], TOLD_OF, TELLS),
        past=_most([m.past for m in known if m.past is not None], PRESENT, PAST),
        spelling=_spelling(known),
        marks=_marks(whole),
        sentence=sentence,
        shorter=shorter,
        longer=longer,
        paragraph=round(median(paragraphs)) if len(paragraphs) >= FEWEST else 0,
        spoken=1 - count_words(narrated) / max(1, count_words(whole)),
    )


def _most(shares: Sequence[float], low: float, high: float) -> bool | None:
    """Whether the share in the middle is high or low; None in between."""
    middle = median(shares) if shares else (low + high) / 2
    return True if middle > high else False if middle < low else None


def _spelling(known: Sequence[Manner]) -> str:
    shares = [manner.british for manner in known if manner.british is not None]
    return {True: "British", False: "American", None: ""}[_most(shares, 1 - MOSTLY, MOSTLY)]


def _marks(text: str) -> str:
    """The mark that most of what is said begins with."""
    most = Counter(MARKS.findall(text)).most_common(1)
    return most[0][0] if most and most[0][1] >= FEWEST else ""


def _quarters(lengths: Sequence[int]) -> tuple[int, int, int]:
    if len(lengths) < FEWEST:
        return 0, 0, 0
    first, middle, last = map(round, quantiles(lengths, n=4))
    return first, middle, last
