"""How many of a thing does a text bring up, and how many are they where it comes back to them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from l2mac_write.evaluators.count_words import AT, FEW, little, one, table
from l2mac_write.evaluators.mentions import Mention, mentions, stem

WHICH = re.compile(
    r"(?:,? (?P<who>that|who|whom|which)(?: (?:the|his|her|their|my|our) [a-z]+(?= [a-z]))?)?(?: (?P<did>he|she|they|we|I|you|it|(?:(?:Mrs?|Dr|Ms)\b\.? )?[A-Z]\w+(?: [A-Z]\w+)?|(?:the|an?|his|her|their|my|our) [a-z]+(?= [a-z]*(?:ed|t|d|w|ve|d)\b))(?= [a-z]))?(?: (?:had|have|has|were|was|are|is|been|being|could|can|would|might|must|did|do|back|out|down|up|still))*"
    rf"(?: (?P<at>{AT}))?(?: (?:the|an?|his|her|their|our|my|that|this|its))?(?: (?:Mr|Mrs|Miss|Dr)\b\.?)?"
    r" (?P<word>[\w-]+)(?:['’]s?)?(?: (?P<next>[\w-]+))?"
)
"""`The nine letters in the box`, `that she wrote`, `found in the wreck`."""
FURTHER = re.compile(
    r"(?:['’]s?)?,? (?:who|that(?! (?:night|day|morning|evening|year|summer|winter)\b)|which|whom|(?:to|from|for|about|on|in|at|of) (?:(?:the|an?|his|her|their|our|my) )?(?P<word>[\w-]+))\b"
)
DOER = re.compile(r"\b(he|she|they|we|I)\b(?!.*\b(?:he|she|they|we|I)\b)", re.IGNORECASE)
WHOSE_OWN = re.compile(r"\b([a-z-]+) [\w-]+['’]s? \Z")
RESTRICTED = re.compile(rf",? (?:{AT}|who|whom|which|that|he|she|they|we|I|you|it)\b")
PART = re.compile(r"\w(?:ed|ing|en|ht|wn|ung)\Z")
PRONOUNS = frozenset({"he", "she", "they", "we", "i"})
PAIR = 2
SCENE, MOST = 1500, 24
"""Characters in which `his` are those of whom was spoken; and mentions of one noun that are kept in mind."""


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
            known = self._known.setdefault(then.noun, [])
            where, first = _first(known, path, then) or (path, then)
            if first.number != then.number:
                yield where, Again(first, then, _surely(first, then))
            known.append((path, then))
            del known[:-MOST]


def _first(
    known: Sequence[tuple[str, Mention]], path: str, then: Mention
) -> tuple[str, Mention] | None:
    """The mention of the same set, or the only one before of such a thing in this text."""
    all_of_them = then.owner or any(first.owner for _, first in known)
    if not all_of_them or (not then.owner and then.changes):
        return None
    for where, first in known:
        near = where == path and then.start - first.start < SCENE
        if _is_same(first, then, near=near) and (first.owner or not first.changes):
            return where, first
    here = [first for where, first in known if where == path]
    return (path, here[0]) if len(here) == 1 and _is_bare(here[0], then) else None


def _is_bare(first: Mention, then: Mention) -> bool:
    """`Nine witnesses came`, and nothing but `the seven witnesses` or `all seven witnesses`."""
    only = then.owner and not (then.owner["whose"] or then.owner["pronoun"] or then.kind)
    told = (
        first.owner or first.kind or first.is_measured or first.changes or first.said in then.lead
    )
    return bool(only) and then.number > PAIR and not told and not RESTRICTED.match(then.rest)


def _surely(first: Mention, then: Mention) -> bool:
    """Does the text say that there are so many, and then come back to those by their place?"""
    is_told = first.exists and not first.owner and not then.changes
    is_known = then.owner and not then.owner["pronoun"] and _is_same(first, then, near=False)
    return bool(is_told and is_known)


def _is_same(first: Mention, then: Mention, *, near: bool) -> bool:
    """Does one say that there are so many, and the other that they are all?"""
    if (first.owner and then.owner) or first.said in then.lead:
        return False
    one_of_them, all_of_them = (then, first) if first.owner else (first, then)
    if first.owner and not then.exists:
        return False
    return bool(all_of_them.owner) and _is_all_of(one_of_them, all_of_them, near=near)


def _is_all_of(first: Mention, then: Mention, *, near: bool) -> bool:
    """Is it the set that was brought up, by all that the text says of it?"""
    known, owner = first.words, then.owner
    is_like = set(map(one, then.kind)) <= {*known, *map(one, first.kind)}
    if not is_like or (first.kind and first.kind != then.kind):
        return False
    if owner and owner["whose"]:
        return _is_owned(first, owner, known)
    if _is_named(first, then, known):
        return True
    if owner and owner["pronoun"]:
        return near and not first.is_measured and _is_theirs(first, owner["pronoun"])
    named_so = first.exists or first.did == stem(then.kind[-1]) if then.kind else False
    return named_so and not (first.kind or first.is_measured or RESTRICTED.match(then.rest))


def _is_owned(first: Mention, owner: re.Match[str], known: Sequence[str]) -> bool:
    """`The new house’s` are not those of the old one."""
    like = WHOSE_OWN.search(owner.string)
    is_other = like and like[1] not in little() and one(like[1]) not in known
    is_there = first.exists or first.made
    return is_there and not is_other and one(owner["whose"]) in known


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
    if not found or one(found["word"]) not in known or _is_fewer(then, found.end("word"), known):
        return False
    if found["at"]:
        said = f"{first.lead} . {first.rest}"
        is_there = first.exists or first.made
        return is_there and _goes_with(found["word"], found["next"], said)
    who, doer = found["did"], DOER.search(first.lead)
    if who and doer and doer[1].casefold() != who.casefold() in PRONOUNS:
        return False
    is_told = found["who"] or who or PART.search(found["word"])
    did = first.did == stem(found["word"])
    return did or bool(is_told and _is_part(first, found["word"]))


def _is_fewer(then: Mention, end: int, known: Sequence[str]) -> bool:
    """`Those at dinner on Monday`, `those of the crew who fell`: only some of them."""
    found = FURTHER.match(then.rest, end)
    return found is not None and (not found["word"] or one(found["word"]) not in known)


def _goes_with(word: str, then: str | None, said: str) -> bool:
    """The `old barn` is not the `old lodge`."""
    after = re.search(rf"\b{re.escape(word)}(?:['’]s?)?(?: ([\w-]+))?", said, re.IGNORECASE)
    pair = (then or "", (after and after[1]) or "")
    return pair[0] == pair[1] or any(_is_little(each) for each in pair)


def _is_little(word: str) -> bool:
    return not word or word in little() or bool(PART.search(word)) or word in _stands()


def _is_part(first: Mention, word: str) -> bool:
    """`It has nine windows facing the street`."""
    return first.exists and stem(word) in map(stem, first.rest.split()[:2])


@cache
def _possessing() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<who>[\w’-]+),? (?:{table()['has']}) {FEW}\Z")


@cache
def _stands() -> frozenset[str]:
    return frozenset(table()["stand"].split("|"))
