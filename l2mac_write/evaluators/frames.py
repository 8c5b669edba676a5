"""Is a sentence said to whoever asked for the text? Known by how it is built, and by its sound."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from l2mac_write.evaluators.passages import Passage, sentences
from l2mac_write.evaluators.sound import sound
from l2mac_write.text.languages import is_unspaced
from l2mac_write.text.word_lists import word_lists

LEAD = "*_#>([ \t—–-"
SPOKEN = re.compile(r"(?m)^[\"“‘«»„「『—–]")
SPEECHES, PEOPLE, NARRATOR = 12, 33, 250
"""In a story one word in so many is about people, or where nobody knows the words for them, one
paragraph in so many is speech; of a narrator who tells it himself, one word in so many is."""
INTRUDER, SELDOM = 1.0, 2
"""What a sign weighs more that stands in a text but so often, beside one in so many words."""
HOPELESS = -4.0
"""A sentence this light is not looked at any closer."""
SAMPLE = 20_000
BESIDE = -1.5
USUAL, LONGER = 150, 40
"""Every so many characters past the usual length take one from the weight: talk is brief."""
SOME, WORD_OR_TWO = 1.0, 3
SHORT = 170
"""A line this short is weighed as a whole: an answer is often cut into little sentences."""
SIGNS_OF_A_WORD, LETTERS_OF_A_SIGN = 2, 3
"""Where no spaces are set between words: so many signs say as much as a word, and one as so many letters."""
ENGLISH = re.compile(r"\b(?:the|this|an?|you|your|i|it|is|of|for|with|chapter|scene|write)\b")
"""One of these is in nearly every sentence of it, and seldom in one of another language."""
FAINT, DOUBT = 2.5, 2.0
"""A sentence whose sound leaves it open weighs so much; what is surer than that counts half."""
IN_COMPANY = -2.5
"""How little like talk a sentence may sound in the company of others that are talk."""
DASHES = ("—", "– ", "― ")
"""What begins a speech in most languages but English and Chinese."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of words, and how much it weighs; see `frames.toml`."""

    weight: float
    pattern: re.Pattern[str]
    first: bool = False
    told: bool = False
    about: bool = False
    speakers: bool = False
    rare: bool = False

    def is_in(self, folded: str) -> bool:
        if self.first:
            return bool(self.pattern.match(folded.lstrip(LEAD)))
        return bool(self.pattern.search(folded))


@dataclass(frozen=True, slots=True)
class Frames:
    """How people who were asked for a text speak in one language, and what speaks `against` it."""

    language: str
    kinds: tuple[Kind, ...]
    against: tuple[Kind, ...]

    def weight(self, folded: str, *, told: bool, strange: Collection[Kind]) -> float:
        """What the signs in a sentence add up to; more for those that its text does not have."""
        letters = len(folded) * (LETTERS_OF_A_SIGN if is_unspaced(self.language) else 1)
        light = min(0.0, (USUAL - letters) / LONGER)
        light += sum(kind.weight for kind in self.against if kind.is_in(folded))
        if light <= HOPELESS:
            return light
        found = [kind for kind in self.kinds if (told or not kind.told) and kind.is_in(folded)]
        if not (told or any(kind.speakers for kind in found)):
            return 0.0
        beside = 0.0 if any(kind.about for kind in found) else BESIDE
        intruder = INTRUDER if any(kind in strange for kind in found) else 0.0
        return light + beside + intruder + sum(kind.weight for kind in found)

    def signs(self, folded: str) -> float:
        """What the sentence weighs in the company of others that are talk."""
        return sum(kind.weight for kind in (*self.kinds, *self.against) if kind.is_in(folded))

    def heard(self, text: str, *, told: bool = False) -> int:
        """How often somebody speaks of himself, or with `told` of others, in a text."""
        kinds = (*(k for k in self.kinds if k.speakers), *(self.against if told else ()))
        return sum(len(kind.pattern.findall(text)) for kind in kinds)

    def strange(self, text: str) -> tuple[Kind, ...]:
        """The signs that a text has so seldom that they are not its own."""
        most = SELDOM + _size(text, self.language) // NARRATOR
        rare = (kind for kind in self.kinds if kind.rare)
        return tuple(kind for kind in rare if len(kind.pattern.findall(text)) <= most)


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears who speaks to us in a text of the language.

    `told` is a story; `strange` are the signs that are not its narrator's own. A story's sentences
    are weighed by their sound, too, if it is for readers and no note on one.
    """

    language: str
    told: bool
    strange: tuple[Kind, ...]
    for_readers: bool = True

    def talk(self, line: Passage, least: float) -> Passage | None:
        """What in the line is said to us and weighs at least so much: a sentence, or all of it."""
        if line.text.startswith(DASHES) and self.language not in ("en", "zh"):
            return None
        said = [(self.weight(sentence.text), sentence) for sentence in sentences(line)]
        if len(line.text) <= SHORT:
            said.append((self.weight(line.text), line))
        return next((place for weight, place in said if weight >= least), None)

    def is_all_talk(self, line: Passage, least: float) -> bool:
        """Whether the whole line is said to us, so that nothing is lost with it."""
        if not self.talk(line, least):
            return False
        return all(self._is_talk(sentence.text) for sentence in sentences(line))

    def _is_talk(self, sentence: str) -> bool:
        if _size(sentence, self.language) <= WORD_OR_TWO:
            return True
        folded = sentence.casefold()
        built = any(frames.signs(folded) >= SOME for frames in _known(self.language))
        return built or self._sound(folded) >= IN_COMPANY

    def is_letter(self, said: Passage, around: Sequence[Passage]) -> bool:
        """Do the lines around it speak of themselves too, as the pages of a letter or diary do?"""
        frames = _known(self.language)[-1]
        return frames.heard(said.text.casefold()) > 0 and any(
            frames.heard(line.text.casefold()) > 1 for line in around
        )

    def weight(self, sentence: str) -> float:
        folded = sentence.casefold()
        spoken = (
            frames.weight(folded, told=self.told, strange=self.strange)
            for frames in _known(self.language)
            if frames.language == self.language or ENGLISH.search(folded)
        )
        by_sound = self.told and self.for_readers
        heard = self._sound(folded) / DOUBT + FAINT if by_sound else 0.0
        return max((*spoken, heard))

    def _sound(self, folded: str) -> float:
        """Of English, which models fall back to, or of the language itself."""
        heard = sound(folded, self.language)
        return max(heard, sound(folded, "en")) if ENGLISH.search(folded) else heard


def listener(text: str, unspoken: str, language: str) -> Listener:
    """Attuned to a text, and to what of it is not speech."""
    frames, sample = _known(language)[-1], unspoken[:SAMPLE].casefold()
    if frames.language == language:
        told = frames.heard(sample, told=True) * PEOPLE >= _size(sample, language)
    else:
        told = len(SPOKEN.findall(text)) * SPEECHES > text.count("\n\n")
    return Listener(language, told, frames.strange(sample) if told else ())


def _size(text: str, language: str) -> int:
    """In words, or what says as much."""
    return len(text) // SIGNS_OF_A_WORD if is_unspaced(language) else len(text.split())


@cache
def _known(language: str) -> tuple[Frames, ...]:
    """Those of English, which models fall back to, and those of the language itself."""
    lists = word_lists(__file__, "frames", language)
    return tuple(_read(table, tag) for tag, table in lists.items())


def _read(table: Mapping[str, Any], language: str) -> Frames:
    left, right = ("", "") if is_unspaced(language) else (r"(?<!\w)", r"(?!\w)")
    rows = [
        {**row, "pattern": left + f"(?:{'|'.join(row['words'])})" + right} for row in table["class"]
    ]
    kinds = tuple(map(_kind, rows))
    return Frames(
        language,
        kinds=tuple(kind for kind in kinds if kind.weight > 0),
        against=tuple(kind for kind in kinds if kind.weight < 0),
    )


def _kind(row: Mapping[str, Any]) -> Kind:
    marks = {name: row.get(name, False) for name in ("first", "told", "about", "speakers", "rare")}
    return Kind(row["weight"], re.compile(row["pattern"]), **marks)
