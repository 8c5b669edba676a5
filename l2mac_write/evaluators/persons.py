"""Of whom is something said at this place of a sentence?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from l2mac_write.evaluators.figures import ONES, TENS
from l2mac_write.text.common_words import common_words
from l2mac_write.text.word_lists import word_list

WORD = r"[A-Z][^\W\d_]*(?:['’][A-Z][^\W\d_]+|-[A-Z][^\W\d_]+)*"
NAME = re.compile(
    rf"{WORD}(?:\.? (?:(?:of|de|von|van|du|la|le|the) )?{WORD})*(?:,? the (?:elder|younger|first|second|third|great))?"
)
REACH = 70
"""Characters in which a subject and its verb stand side by side."""
PRONOUN = re.compile(r"\b(I|he|she|you|we|they)\Z", re.IGNORECASE)
ASIDE = re.compile(r"(?<=[^\W_]), [^,;.]{1,60}, \Z")
"""`Ansel, born in 1850,` was forty."""
WHO = re.compile(r",? who\Z")
THING = re.compile(
    r"\b(?:it|which|that|these|those|one|there|an? (?:[a-z-]+ ){1,3}who)\Z", re.IGNORECASE
)
"""`A woman who` was forty is nobody named before."""
NAMED = re.compile(
    rf"(?P<thing>\b(?!(?:birth|birthday|baptism|age|death|life|case|portrait) )[a-z]+ of )?(?P<name>{NAME.pattern})\Z"
)
NOUN = re.compile(
    r"(?P<whose>\b(?:the|an?|this|that|his|her|my|your|their|our|its)|\w['’]s?)"
    r"(?: [\w-]+){0,2}? (?P<noun>(?!(?:and|but|or|yet)\Z)[^\W\d_]+)\Z",
    re.IGNORECASE,
)
PARTICIPLE = re.compile(r"\A\W*[A-Z][a-z]+(?:ing|ed)\b(?= [a-z])")
AHEAD = re.compile(
    rf"[^,.;:]{{0,60}}, (?:(?P<pronoun>I|he|she|you|we|they)\b|(?P<name>{NAME.pattern})"
    r"|(?P<whose>the|an?|his|her|my|your|their|our)(?: [\w-]+)?? (?P<noun>[a-z]+)\b(?! [a-z]+ (?:was|had|is)\b))"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody spoken of, by a name or a pronoun; with neither it may be anybody."""

    names: frozenset[str] = frozenset()
    pronoun: str = ""
    other: bool = False
    kin: bool = False

    def may_be(self, person: Person) -> bool:
        """May the one spoken of first be this person of whom is spoken then?"""
        if self.other or person.other:
            return False
        if self.names and person.names:
            titles = [names & _words("titles") for names in (self.names, person.names)]
            apart = (self.names ^ person.names) & _words("ranks") or (
                all(titles) and titles[0] != titles[1]
            )
            return bool(self.names & person.names - _words("titles")) and not apart
        if person.kin or (self.names and person.pronoun in ("i", "we", "they")):
            return False
        return not (self.pronoun and person.pronoun) or self.pronoun == person.pronoun

    def is_surely(self, person: Person) -> bool:
        """Both are named, and alike."""
        return bool(self.names and person.names) and self.may_be(person)


ANYBODY, SOMEBODY_ELSE = Person(), Person(other=True)


def subject(said: str, end: int) -> Person:
    """Whoever the words right before this place name; anybody, if they name nobody."""
    return _last(said[max(0, end - REACH) : end])


def subject_of_verb(said: str, end: int) -> Person:
    """The same where a verb follows, which an aside may part from its subject."""
    return _last(ASIDE.sub("", said[max(0, end - REACH) : end]))


def _last(before: str) -> Person:
    before = before.rstrip(" ,(—–")
    if THING.search(before):
        return SOMEBODY_ELSE
    before = WHO.sub("", before)
    if found := PRONOUN.search(before):
        return Person(pronoun=found[1].casefold())
    if (found := NAMED.search(before)) and (person := called(found["name"])).names:
        return SOMEBODY_ELSE if found["thing"] else person
    if found := NOUN.search(before):
        return described(found["noun"], found["whose"])
    return ANYBODY


def described(noun: str, whose: str) -> Person:
    """`The girl` is anybody; `his mother` and `the house` are not he."""
    one = noun.casefold()
    if one in _words("kin"):
        return Person(frozenset({one}), kin=True)
    is_his = whose.casefold() not in ("the", "a", "an", "this", "that")
    return ANYBODY if one in _words("people") and not is_his else SOMEBODY_ELSE


def called(name: str) -> Person:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name)
    names = frozenset(word for word in words if word not in _words("nobody") | SMALL)
    return Person() if len(names) == 1 and names <= _capitals() else Person(names)


SMALL = frozenset({"of", "the", "de", "von", "van", "du", "la", "le", "s"})


def following(said: str, start: int) -> Person:
    """Whom the main clause is about after such a beginning as `Born in 1850, he`."""
    found = AHEAD.match(said, start)
    if not found:
        return ANYBODY
    if found["name"]:
        return called(found["name"])
    if found["pronoun"]:
        return Person(pronoun=found["pronoun"].casefold())
    return described(found["noun"], found["whose"])


def named(said: str) -> list[Person]:
    """All who are named in it, in their order; `Counting from then` names nobody."""
    found = NAME.finditer(PARTICIPLE.sub("", said))
    return [person for name in found if (person := called(name[0])).names]


@cache
def _capitals() -> frozenset[str]:
    """Ordinary words as they begin a sentence."""
    return frozenset(word.capitalize() for word in (*common_words("en"), *ONES, *TENS))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_table()[kind].split())


@cache
def _table() -> Mapping[str, str]:
    return word_list(__file__, "persons.toml")
