"""How many of which things does a text speak of, and in which words around them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from l2mac_write.evaluators.count_words import FEW, LEAST, one, table, words
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
SENTENCE = re.compile(r"(?<!Mr)(?<!Mrs)(?<!Dr)[.!?][\"”’)]*\s|\n")
REACH = 160
"""Characters of a sentence on each side that are read."""
WHOM = re.compile(r"(?<=\w) (?:him|her|them|us|me|you|it) ?\Z")
ENDING = re.compile(r"(?:ing|ed|d|es|s)\Z")
ALL_OF = re.compile(r"\b(?:all|every one of the|each of the) \Z", re.IGNORECASE)
NO_CHANGE = re.compile(
    r"\b(?:(?:that|in one) (?:night|day|morning|evening|year|summer|winter)|\w+(?:ed|wn|en|pt) by|left (?:him|her|them|me|us))\b"
)
"""Words of time that tell of none, and the doers of a deed."""
NEVER = frozenset({"time", "degree", "percent"})
AUXILIARY = frozenset({"had", "were", "was", "have", "been"})
QUOTED = 30
"""Characters that are quoted on each side."""


@dataclass(frozen=True)
class Mention:
    """So many things of a kind; `lead` and `rest` are the sentence around them.

    What it says of them is read once, however many others it is compared with.

    `owner` are the words of `the nine`, `his nine`, `all nine of Ansel’s`; None where they are not all.
    """

    number: int
    noun: str
    kind: tuple[str, ...]
    start: int
    said: str
    lead: str
    rest: str
    owner: re.Match[str] | None

    @property
    def quote(self) -> str:
        """A few words of it on each side, as they stand."""
        before = self.lead[-QUOTED:].partition(" ")[2] if len(self.lead) > QUOTED else self.lead
        after = self.rest[:QUOTED].rpartition(" ")[0] if len(self.rest) > QUOTED else self.rest
        return f"{before}{self.said}{after}".strip()

    @cached_property
    def words(self) -> Sequence[str]:
        return [one(word) for word in words(f"{self.lead} . {self.rest}")]

    @cached_property
    def is_measured(self) -> bool:
        """Is it so much rather than so many?"""
        return self.noun in table()["units"].split("|")

    @cached_property
    def exists(self) -> bool:
        """Does the text say that there are so many, or that somebody has them?"""
        has, stands, _ = _existing()
        return bool(has.search(self.lead)) or stands.match(self.rest) is not None

    @cached_property
    def made(self) -> bool:
        """Did somebody make or find so many?"""
        return _existing()[2].search(self.lead) is not None

    @cached_property
    def changes(self) -> bool:
        """Is the number of its time, or not the whole?"""
        return _of_time().search(NO_CHANGE.sub("", f"{self.lead}{self.rest}")) is not None

    @cached_property
    def did(self) -> str:
        """The verb of which they are the subject, or else the object."""
        if self.lead.strip(' "“‘—') and not self.lead.rstrip().endswith((",", "—")):
            return stem(WHOM.sub("", self.lead.removesuffix("by ")).split()[-1])
        verbs = (word for word in self.rest.split() if word not in AUXILIARY)
        return stem(next(verbs, "").strip(",.;:"))


def mentions(text: str) -> Iterator[Mention]:
    for found in COUNTED.finditer(text):
        counted, noun = number(found["n"]), one(found["noun"])
        lead = SENTENCE.split(text[max(0, found.start() - REACH) : found.start()])[-1]
        if found["of"] and not ALL_OF.search(lead):
            continue
        if counted >= LEAST and noun not in NEVER:
            rest = SENTENCE.split(text[found.end() : found.end() + REACH])[0]
            kind = tuple(found["kind"].split())
            yield Mention(
                counted, noun, kind, found.start(), found[0], lead, rest, _owner(found, lead)
            )


def _owner(found: re.Match[str], lead: str) -> re.Match[str] | None:
    return DEFINITE.search(f"all {found['of'].removeprefix('of ')}" if found["of"] else lead)


def stem(word: str) -> str:
    word = word.casefold()
    return table()["did"].get(word) or ENDING.sub("", word)


@cache
def _existing() -> tuple[re.Pattern[str], ...]:
    has, stand, makes = (table()[name] for name in ("has", "stand", "makes"))
    return (
        re.compile(
            rf"\b(?:there (?:were|are|had been)|{has}|{stand}|(?:was|were|is|are) (?:\w+ by|in|made of)) {FEW}\Z",
            re.IGNORECASE,
        ),
        re.compile(rf" (?:{stand})\b"),
        re.compile(rf"\b(?:{makes}) {FEW}\Z"),
    )


@cache
def _of_time() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{table()['changes']})\b")
