"""How many of a thing does a text bring up, and how many are they where it comes back to them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from l2mac_write.evaluators.count_words import FEW, LEAST, little, one, table, words
from l2mac_write.evaluators.figures import CARDINAL, number

PLURAL = (
    r"[a-z]{2,18}[^\W\d_su]s|[a-z]*(?:men|feet|teeth|geese|mice)|children|people|of (?:us|them|you)"
)
COUNTED = re.compile(
    rf"(?<![\w,.’'-])(?P<n>(?i:{CARDINAL})) (?P<of>of (?:the|his|her|their|our|my|these|those|(?:[A-Z][\w.]+ |the )?[\w-]+['’]s?) (?!(?i:{CARDINAL}) ))?(?P<kind>(?:(?!of)[a-z][a-z-]+ ){{0,2}}?)(?P<noun>{PLURAL})\b"
)
DEFINITE = re.compile(
    r"\b(?:the|these|those|counted|all(?: of)?(?: (?:the|these|those))?|(?P<pronoun>his|her|their|our|my|its)|(?P<whose>[\w-]+)['’]s?) \Z",
    re.IGNORECASE,
)
"""What stands before a number if they are all: `the nine`, `Ansel’s nine`, `all nine of Ansel’s`."""
WHICH = re.compile(
    r"(?:,? (?P<who>that|who|whom|which))?(?: (?P<did>he|she|they|we|I|you|it|[A-Z]\w+|(?:the|an?|his|her|their|my|our) [a-z]+(?= [a-z]*(?:ed|t|d|w|ve|d)\b))(?= [a-z]))?(?: (?:had|have|has|were|was|are|is|been|being|back|out|down|up|still))*"
    r"(?: (?P<at>of|in|on|at|to|from|aboard|behind|under|near|above|below|beside|belonging to|across|over|upon|beneath|beyond|before|against|between|through|along|down|up|by|with|outside|inside|round|around))?(?: (?:the|an?|his|her|their|our|my|that|this|its))?(?: (?:Mr|Mrs|Miss|Dr)\b\.?)?"
    r" (?P<word>[\w-]+)(?:['’]s?)?(?: (?P<next>[\w-]+))?"
)
"""`The nine letters in the box`, `that she wrote`, `found in the wreck`."""
PART = re.compile(r"\w(?:ed|ing|en|ht|wn|ung)\Z")
SENTENCE = re.compile(r"(?<!Mr)(?<!Mrs)(?<!Dr)[.!?][\"”’)]*\s|\n")
REACH = 160
"""Characters of a sentence on each side that are read."""
WHOM = re.compile(r"(?<=\w) (?:him|her|them|us|me|you|it) ?\Z")
ENDING = re.compile(r"(?:ing|ed|d|es|s)\Z")
WHOSE = re.compile(r"\A\S+ of ((?:[\w.’'-]+ ){1,2})(?=[a-z])")
ALL_OF = re.compile(r"\b(?:all|every one of the|each of the) \Z", re.IGNORECASE)
NO_CHANGE = re.compile(
    r"\b(?:(?:that|in one) (?:night|day|morning|evening|year|summer|winter)|\w+(?:ed|wn|en|pt) by|left (?:him|her|them|me|us))\b"
)
"""Words of time that tell of none, and the doers of a deed."""
PRONOUNS = frozenset({"he", "she", "they", "we", "i"})
SCENE, MOST, QUOTED = 1500, 24, 30
"""Characters in which `his` are those of whom was spoken; sets of one noun that are kept in mind;
and characters that are quoted on each side."""


@dataclass(frozen=True, slots=True)
class Mention:
    """So many things of a kind; `lead` and `rest` are the sentence around them."""

    number: int
    noun: str
    kind: tuple[str, ...]
    start: int
    said: str
    lead: str
    rest: str

    @property
    def quote(self) -> str:
        """A few words of it on each side, as they stand."""
        before = self.lead[-QUOTED:].partition(" ")[2] if len(self.lead) > QUOTED else self.lead
        after = self.rest[:QUOTED].rpartition(" ")[0] if len(self.rest) > QUOTED else self.rest
        return f"{before}{self.said}{after}".strip()

    @property
    def owner(self) -> re.Match[str] | None:
        """The words of `the nine`, `his nine`, `all nine of Ansel’s`; None where they are not all."""
        whose = WHOSE.search(self.said)
        return DEFINITE.search(f"all {whose[1]}" if whose else self.lead)

    @property
    def words(self) -> Sequence[str]:
        return [one(word) for word in words(f"{self.lead} . {self.rest}")]


@dataclass(frozen=True, slots=True)
class Again:
    """A set, and the same one with another number; `surely` if nothing else can be meant."""

    first: Mention
    then: Mention
    surely: bool


class Sets:
    """The sets that were brought up so far."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[str, Mention]]] = {}

    def read(self, path: str, text: str) -> Iterator[tuple[str, Again]]:
        """Those that come again with another number, each with the path of the first."""
        for then in mentions(text):
            if not then.owner and _changes().search(NO_CHANGE.sub("", f"{then.lead}{then.rest}")):
                continue
            known = self._known.setdefault(then.noun, [])
            for where, first in known:
                if _is_same(first, then, near=where == path and then.start - first.start < SCENE):
                    if first.number != then.number:
                        yield where, Again(first, then, _surely(first, then))
                    break
            known.append((path, then))
            del known[:-MOST]


def _surely(first: Mention, then: Mention) -> bool:
    """Does the text say that there are so many, and then come back to those?"""
    return bool(_exists(first) and not first.owner and then.owner and not then.owner["pronoun"])


def mentions(text: str) -> Iterator[Mention]:
    for found in COUNTED.finditer(text):
        counted, noun = number(found["n"]), one(found["noun"])
        lead = SENTENCE.split(text[max(0, found.start() - REACH) : found.start()])[-1]
        if found["of"] and not ALL_OF.search(lead):
            continue
        if counted >= LEAST and noun not in _units():
            rest = SENTENCE.split(text[found.end() : found.end() + REACH])[0]
            kind = tuple(found["kind"].split())
            yield Mention(counted, noun, kind, found.start(), found[0], lead, rest)


def _is_same(first: Mention, then: Mention, *, near: bool) -> bool:
    """Does one say that there are so many, and the other that they are all?"""
    if (first.owner and then.owner) or first.said in then.lead:
        return False
    one_of_them, all_of_them = (then, first) if first.owner else (first, then)
    if first.owner and not _exists(then):
        return False
    return bool(all_of_them.owner) and _is_all_of(one_of_them, all_of_them, near=near)


def _is_all_of(first: Mention, then: Mention, *, near: bool) -> bool:
    """Is it the set that was brought up, by all that the text says of it?"""
    known, owner = first.words, then.owner
    if first.kind and first.kind != then.kind:
        return False
    if not set(map(one, then.kind)) <= {*known, *map(one, first.kind)}:
        return False
    if owner and owner["whose"]:
        return (_exists(first) or _made(first)) and one(owner["whose"]) in known
    if _is_named(first, then, known):
        return True
    if owner and owner["pronoun"]:
        return near and _is_theirs(first, owner["pronoun"])
    return bool(then.kind and not first.kind and _did(first) == stem(then.kind[-1]))


def _is_theirs(first: Mention, pronoun: str) -> bool:
    """`They kept nine goats`, and `their` goats."""
    found = _possessing().search(first.lead)
    if not found:
        return False
    who = found["who"].casefold()
    return one(pronoun) == who if who in PRONOUNS else pronoun.casefold() in ("his", "her", "its")


def _is_named(first: Mention, then: Mention, known: Sequence[str]) -> bool:
    """Do the words after it say which they are: those in the box, or those that she wrote?"""
    found = WHICH.match(then.rest)
    if not found or one(found["word"]) not in known:
        return False
    if found["at"]:
        return (_exists(first) or _made(first)) and _goes_with(
            found["word"], found["next"], f"{first.lead} . {first.rest}"
        )
    is_told = found["who"] or found["did"] or PART.search(found["word"])
    did = _did(first) == stem(found["word"])
    return did or bool(is_told and _is_part(first, found["word"]))


def _goes_with(word: str, then: str | None, said: str) -> bool:
    """The `old barn` is not the `old lodge`."""
    after = re.search(rf"\b{re.escape(word)}(?:['’]s?)?(?: ([\w-]+))?", said, re.IGNORECASE)
    pair = (then or "", (after and after[1]) or "")
    return pair[0] == pair[1] or any(_is_little(each) for each in pair)


def _is_little(word: str) -> bool:
    return not word or word in little() or bool(PART.search(word)) or word in _stands()


def _exists(first: Mention) -> bool:
    """Does the text say that there are so many, or that somebody has them?"""
    has, stands, _ = _existing()
    return bool(has.search(first.lead)) or stands.match(first.rest) is not None


def _made(first: Mention) -> bool:
    return _existing()[2].search(first.lead) is not None


def _is_part(first: Mention, word: str) -> bool:
    """`It has nine windows facing the street`."""
    return _exists(first) and stem(word) in map(stem, first.rest.split()[:2])


def _did(first: Mention) -> str:
    """The verb of which they are the subject, or else the object."""
    if first.lead.strip(' "“‘—') and not first.lead.rstrip().endswith((",", "—")):
        return stem(WHOM.sub("", first.lead).split()[-1])
    did = next(
        (word for word in first.rest.split() if word not in ("had", "were", "was", "have", "been")),
        "",
    )
    return stem(did.strip(",.;:"))


def stem(word: str) -> str:
    return ENDING.sub("", word.casefold())


@cache
def _existing() -> tuple[re.Pattern[str], ...]:
    has, stand, makes = (table()[name] for name in ("has", "stand", "makes"))
    return (
        re.compile(
            rf"\b(?:there (?:were|are|had been)|{has}|{stand}|(?:was|were|is|are) \w+(?:ed|wn|en|pt) by) {FEW}\Z",
            re.IGNORECASE,
        ),
        re.compile(rf" (?:{stand})\b"),
        re.compile(rf"\b(?:{makes}) {FEW}\Z"),
    )


@cache
def _possessing() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<who>[\w’-]+),? (?:{table()['has']}) {FEW}\Z")


@cache
def _stands() -> frozenset[str]:
    return frozenset(table()["stand"].split("|"))


@cache
def _units() -> frozenset[str]:
    return frozenset(table()["units"].split("|"))


@cache
def _changes() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{table()['changes']})\b")
