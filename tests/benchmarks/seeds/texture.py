"""Errors in the letters and sentences of a text: copies, loops, misspelled names, broken signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from tests.benchmarks.seeds.books import WORD, Paragraph
from tests.benchmarks.seeds.ground import apart
from tests.benchmarks.seeds.planting import Edit, marked
from tests.benchmarks.seeds.shape import SENTENCE, Found, Site

COPIED = 40
"""Words that a copied paragraph has, at least."""
FAR = 30
"""Paragraphs between a paragraph and its copy, at least."""
CHANGED = 0.15
TIMES = 3
SIGNS = 2
LETTERS = "abcdefghilmnoprstu"
COMMON_NAMES = 25


def duplicate(site: Site) -> Iterator[Found]:
    return _copies(site, lambda text: text)


def edited(site: Site) -> Iterator[Found]:
    """A copy in which every seventh word is another one of the book's."""
    others = sorted(word for word in site.book.words if len(word) > 3)

    def change(text: str) -> str:
        words = list(WORD.finditer(text))
        some = site.chance.sample(words, round(len(words) * CHANGED))
        for word in sorted(some, key=re.Match.start, reverse=True):
            text = text[: word.start()] + site.chance.choice(others) + text[word.end() :]
        return text

    return _copies(site, change)


def _copies(site: Site, change: Callable[[str], str]) -> Iterator[Found]:
    def fit(paragraph: Paragraph) -> bool:
        return paragraph.is_prose and len(paragraph.text.split()) >= COPIED

    for source in site.ground.paragraphs(site.chance, site.count, fit):

        def far(paragraph: Paragraph, source: Paragraph = source) -> bool:
            return paragraph.is_prose and abs(paragraph.number - source.number) >= FAR

        for target in site.ground.paragraphs(site.chance, 1, far):
            copy = Edit(target.end, target.end, "\n\n" + change(source.text))
            yield Found((marked(source), copy), apart(source, target))


def loop(site: Site) -> Iterator[Found]:
    """A sentence comes three times more, right after itself."""

    def fit(paragraph: Paragraph) -> bool:
        return paragraph.is_narration and bool(_middling(paragraph.text))

    for paragraph in site.ground.paragraphs(site.chance, site.count, fit):
        start, end = site.chance.choice(_middling(paragraph.text))
        again = (" " + paragraph.text[start:end]) * TIMES
        yield Found((Edit(paragraph.start + end, paragraph.start + end, again),))


def _middling(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in SENTENCE.finditer(text)), len(text)]
    spans = pairwise(cuts)
    found = ((start, start + len(text[start:end].rstrip())) for start, end in spans)
    return [(start, end) for start, end in found if 8 <= len(text[start:end].split()) <= 30]


def typo(site: Site) -> Iterator[Found]:
    """A name that is frequent in the book is misspelled once."""
    names = [name for name in site.book.names if len(name) >= 5][:COMMON_NAMES]
    pattern = re.compile(rf"(?<=[a-z,;] )(?:{'|'.join(names)})\b") if names else re.compile(r"(?!)")

    def fit(paragraph: Paragraph) -> bool:
        return bool(pattern.search(paragraph.text))

    for paragraph in site.ground.paragraphs(site.chance, site.count, fit):
        name = site.chance.choice(list(pattern.finditer(paragraph.text)))
        start, end = paragraph.start + name.start(), paragraph.start + name.end()
        yield Found((Edit(start, end, _misspelled(name.group(), site)),), wording=name.group())


def _misspelled(name: str, site: Site) -> str:
    while True:
        at = site.chance.randrange(1, len(name) - 1)
        wrong = site.chance.choice(
            (
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + site.chance.choice(LETTERS) + name[at + 1 :],
            )
        )
        if wrong.casefold() not in site.book.words:
            return wrong


def mojibake(site: Site) -> Iterator[Found]:
    """The signs beyond ASCII of one paragraph were read in the wrong encoding, or were lost."""

    def fit(paragraph: Paragraph) -> bool:
        return paragraph.is_prose and sum(c > "\x7f" for c in paragraph.text) >= SIGNS

    for paragraph in site.ground.paragraphs(site.chance, site.count, fit):
        broken = site.chance.choice((_misread, _misread, _lost))(paragraph.text)
        yield Found((Edit(paragraph.start, paragraph.end, broken),))


def _misread(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()
    )


def _lost(text: str) -> str:
    return "".join(sign if sign <= "\x7f" else "\ufffd" for sign in text)


def quotes(site: Site) -> Iterator[Found]:
    """A quotation mark that closes what was never opened, or opens what is open."""
    opening, closing = ("“", "”") if "“" in site.book.text else ('"', '"')

    def fit(paragraph: Paragraph) -> bool:
        return paragraph.is_narration and bool(_gaps(paragraph.text))

    for paragraph in site.ground.paragraphs(site.chance, site.count, fit):
        at = paragraph.start + site.chance.choice(_gaps(paragraph.text))
        stray = site.chance.choice((Edit(at, at, closing), Edit(at + 1, at + 1, opening + opening)))
        yield Found((stray,))


def speech(site: Site) -> Iterator[Found]:
    """A quotation mark that should close a speech is left out."""
    closing = "”" if "”" in site.book.text else '"'

    def fit(paragraph: Paragraph) -> bool:
        return paragraph.is_prose and closing in paragraph.text

    for paragraph in site.ground.paragraphs(site.chance, site.count, fit):
        marks = [found.start() for found in re.finditer(closing, paragraph.text)]
        at = paragraph.start + site.chance.choice(marks if closing == "”" else marks[1::2])
        yield Found((Edit(at, at + 1, ""),))


def markup(site: Site) -> Iterator[Found]:
    """Emphasis or code that is opened and never closed."""

    def fit(paragraph: Paragraph) -> bool:
        return paragraph.is_narration and bool(_gaps(paragraph.text))

    for number, paragraph in enumerate(site.ground.paragraphs(site.chance, site.count, fit)):
        at = paragraph.start + site.chance.choice(_gaps(paragraph.text)) + 1
        yield Found((Edit(at, at, ("**", "*", "`", "**")[number % 4]),))


def _gaps(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]


def chance_of(book: str, kind: str, seed: int) -> Random:
    return Random(f"{book}-{kind}-{seed}")
