"""In which clauses does English say how many there are of a thing?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from l2mac_write.evaluators.count_words import AT, FEW, table
from l2mac_write.evaluators.figures import CARDINAL
from l2mac_write.evaluators.mentions import PLURAL

NOUN = r"[a-z]{3,20}"
OWNER = r"(?:the|this|that|his|her|their|our|my|its|[A-Z]\w+['’]s)"
AFTER = rf"(?:{AT}) (?P<owner>{OWNER}(?: (?!who\b|that\b|which\b)[\w’'-]+){{1,4}}(?! (?:who|that|which)\b)|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
ALL = r"(?:[Tt]he|[Aa]ll(?: of)?(?: the)?|[Oo]f the|[Tt]hese|[Tt]hose|[Bb]oth)"
BE = r"(?:is|was|are|were|stood|stands|lay|lies|ran|measured|measures)"
IT = r"(?:the|[Tt]his|[Tt]hat|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)"
OF_IT = rf"(?P<owner>{IT} [\w-]+(?: [\w-]+)?(?: (?:of|to|in|at|from) (?:the )?[\w-]+)?)"
N = rf"(?P<n>(?i:{CARDINAL}))"
A_NOUN = rf"(?P<noun>{PLURAL}|(?!of )[a-z-]{{3,15}} (?:{PLURAL})|{NOUN})\b"
PAIR_OF_WORDS = rf"(?P<noun>(?:[a-z]+ )?{NOUN})"
TITLED = r"(?:(?:Mrs?|Dr|Ms)\b\.? )?[A-Z]\w+(?: [A-Z][\w-]+)?"
NAMED = rf"(?P<owner>{TITLED})"
THEIR_OWN = r"(?: (?!and|but|that|who|which|the|an?|of (?:the|an?)|his|her|its|their)[a-z]+){1,4} (?:its|his|her|their)"
"""What stands between whoever does something and their own."""
POSSESSOR = r"(?P<owner>(?:(?:the|my|our|his|her|their|[A-Z]\w+) [\w-]+|[A-Z]\w+)['’]s?)"
ROW = r"(?:an? (?:row|line|set|flight|pile|heap|stack|string|group|cluster|circle|ring|pack|bundle|collection) of )?"
WHO = r"(?:we|they|he|she|I|you|the [a-z]+)"
DID = (
    r"(?P<owner>[a-z]{3,12}ed|lost|bought|found|saw|took|brought|sold|built|made|sent|wrote|caught)"
)


class Kind(StrEnum):
    """How a text counts: `the seven rooms of it`, `it had seven rooms`, `the seven that he sold`."""

    ALL = "all"
    TOLD = "told"
    NEAR = "near"
    THEIRS = "theirs"


PASSING = (Kind.NEAR, Kind.THEIRS)


def _patterns(
    has: str, stand: str, kept: str, sizes: str, groups: str
) -> Mapping[Kind, Sequence[str]]:
    return {
        Kind.ALL: (
            rf"{ALL} {N} {PAIR_OF_WORDS} {AFTER}",
            rf"[Aa]ll {N} of {POSSESSOR} {A_NOUN}",
            rf"{ALL} {N} (?P<owner>[A-Z][a-z]+) {A_NOUN}",
            rf"(?P<owner>[Tt]he [\w-]+),? with (?:all )?(?:its|his|her|their) {N} {A_NOUN}",
            rf"(?P<owner>{IT} [\w-]+(?: [\w-]+)?), all {N} {A_NOUN} of it",
            rf"(?P<owner>{IT} [\w-]+(?: [\w-]+)?), {N} {A_NOUN} (?:in all|all told|altogether|{sizes})\b",
            rf"[Tt]he {PAIR_OF_WORDS} {AFTER}, (?:all )?{N} (?:of them|in all|all told)\b",
            rf"{ALL} {N} {PAIR_OF_WORDS} (?:(?:that|which|who) (?:were |are |had been )?)?(?:{kept}|{stand}) {AFTER}",
            rf"[Cc]ounting (?:all )?the (?P<noun>(?:[a-z]+ )?{NOUN}) {AFTER},? {WHO} (?:came to|made|made it|made them|got|found|reached|arrived at) {N}\b",
            rf"[Aa] count of the (?P<noun>(?:[a-z]+ )?{NOUN}) {AFTER} (?:gave|yielded|showed|came to|made) {N}\b",
            rf"[Tt]he {PAIR_OF_WORDS} {AFTER},? (?:when|once|as|after) [^,.;]{{3,30}} (?:counted|told) (?:them|over),? (?:were|came to|numbered|made) {N}\b",
            rf"counted the (?P<noun>(?:[a-z]+ )?{NOUN}) {AFTER}(?:,? and (?:came to|made it|made them|got|found|reached)|[;,:—]* ?(?:there were|they were|they came to|it was)) {FEW}{N}\b",
            rf"(?P<owner>{IT}) (?P<noun>{groups}),? {N}(?: men| people)? (?:in all|strong|in number|all told)\b",
            rf"[Aa]ll {N} of (?P<owner>the|his|her|their|our|my) (?P<noun>{groups})\b",
            rf"{POSSESSOR} {N} {A_NOUN}",
            rf"(?<![a-z,] )(?P<owner>[Tt]he [\w-]+|{TITLED}){THEIR_OWN} {N} {A_NOUN}",
            rf"(?<![a-z,] )(?P<owner>[Tt]he [\w-]+|{TITLED})(?: [a-z]+){{1,3}} all {N} of (?:its|his|her|their) {A_NOUN}",
            rf"[Tt]he (?:whole )?(?P<owner>(?P<noun>{groups})),? (?:all )?{N}(?: of them| men| people)?(?= in all|[,.;])",
            rf"(?:[Tt]he|[Tt]hat|[Tt]his) (?P<owner>[a-z]+) of {N} (?!(?:hundred|thousand|million|pounds|years|months|weeks|days|hours|minutes)\b){A_NOUN}",
            rf"(?P<owner>{IT}|[Ii]ts|(?:the )?[A-Za-z]\w+['’]s?) (?P<noun>{groups}) of {N}(?=[,.;:]| (?:was|is|has)\b| [a-z]+\b(?<!s))",
            rf"(?:[Tt]he|[Aa]) {N}-(?P<noun>[a-z]{{3,12}}?)(?:ed)? (?P<owner>[A-Z]?[a-z]+(?: [a-z]+)?)",
        ),
        Kind.TOLD: (
            rf"(?:[Tt]here (?:were|are)|(?:[Tt]hey|[Hh]e|[Ss]he|[Ww]e|I) (?:{has})) {FEW}{N} {PAIR_OF_WORDS} {AFTER}",
            rf"{OF_IT},? (?:{has}),? {FEW}{N} {A_NOUN}",
            rf"{NAMED},? (?:{has}),? {FEW}{N} {A_NOUN}",
            rf"{OF_IT} (?:is|was|are|were) [a-z]+(?:ed|id|nd|t|n|g) (?:into|by|with|of|from|on|upon) {FEW}{N} {A_NOUN}",
            rf"{OF_IT},? (?:(?:set out|set off|left|came|arrived|started|sailed|returned|began) )?with {FEW}{N} {A_NOUN}(?=[,.;:])",
            rf"{OF_IT} (?:{has}) (?:[\w-]+ ){{1,3}}and {FEW}{N} {A_NOUN}",
            rf"{OF_IT} {BE} {FEW}{N} {A_NOUN} (?:{sizes})\b",
            rf"{NAMED} {BE} {FEW}{N} {A_NOUN} (?:{sizes})\b",
            rf"[Tt]he {PAIR_OF_WORDS} {AFTER} (?:numbered|number|were|are|came to|totall?ed) {FEW}{N}(?= in |[,.;:])",
            rf"(?:[Tt]he )?\b(?P<noun>(?i:{groups})) {AFTER} (?:was|is|numbered|numbers|stood at|stands at) {FEW}{N}(?= strong| men| people| souls| in |[,.;:])",
            rf"[Tt]he number of {PAIR_OF_WORDS} {AFTER} (?:was|is|came to|stood at) {N}\b",
            rf"{POSSESSOR} {A_NOUN} (?:numbered|were|are) {N}(?= in |[,.;:])",
            rf"[Aa]n? (?P<owner>[a-z]+),? (?:of|with) {N} {A_NOUN}",
            rf"[Aa]n? (?P<owner>(?P<noun>{groups})) of {N}(?=[,.;:]| (?:was|is|has)\b| [a-z]+\b(?<!s))",
            rf"(?P<owner>{IT}|(?:the |[A-Z])\w+['’]s) (?P<noun>{groups}) (?:is|was|were|numbered) {FEW}{N}(?: men)?(?: strong|[,.;])",
            rf"[Tt]he (?P<owner>[A-Z][a-z]+) {A_NOUN} (?:are|were|numbered) {N}(?= in |[,.;])",
            rf"(?:[Tt]here (?:were|are) {FEW}|(?<=[.!?] )){N} (?P<owner>[A-Z][a-z]+) (?P<noun>brothers|sisters|cousins|children|sons|daughters|boys|girls)\b",
            rf"[Ii]t (?:is|was) {FEW}{N} (?P<noun>miles|leagues|yards|steps|paces|feet) {AFTER}",
            rf"{N} {A_NOUN} (?:of [^,.;]{{3,25}} )?(?:(?:had )?(?:{stand})|(?:were|are|had been) (?:{kept})) {AFTER}",
            rf"{N} (?:was|is) the number of {PAIR_OF_WORDS} {AFTER}",
            rf"[Oo]f {PAIR_OF_WORDS} {AFTER} there (?:were|are) {FEW}{N}\b",
            rf"(?:[Ii]n|[Oo]n|[Aa]t|[Aa]board|[Bb]ehind|[Uu]nder|[Ii]nside|[Ww]ithin|[Oo]ver|[Aa]bove|[Aa]round|[Rr]ound|[Aa]long) (?P<owner>{OWNER}(?: [\w-]+){{1,2}}) (?:{stand}|there were) {ROW}{FEW}{N} {A_NOUN}",
            rf"[Tt]here (?:{stand}) (?:{AT}) (?P<owner>{OWNER}(?: [\w-]+){{1,2}}) {ROW}{FEW}{N} {A_NOUN}",
            rf"[Tt]here (?:were|are) {FEW}{N} (?:in|on|of) {POSSESSOR} (?P<noun>{groups})\b",
            rf"(?P<owner>{IT} [a-z-]+|[A-Z]\w+) (?:{has}) an? (?P<noun>{groups}) of {N}\b",
        ),
        Kind.NEAR: (
            rf"\b(?P<owner>[Ss]he|[Hh]e|I|[Tt]hey|[Ww]e) (?:{has}) (?:[\w-]+ [\w-]+ and )?{FEW}{N} {A_NOUN}",
            rf"\b(?P<owner>[Ss]he|[Hh]e|I|[Tt]hey|[Ww]e) (?:had )?(?:brought|inherited|collected|gathered|bred|possessed) {FEW}{N} {A_NOUN}",
            rf"(?i:{WHO}) {DID} {FEW}{N} {A_NOUN}",
        ),
        Kind.THEIRS: (
            rf"(?P<owner>[Hh]er|[Hh]is|[Mm]y|[Tt]heir|[Oo]ur) {N} {A_NOUN}",
            rf"[Aa]ll {N} of (?P<owner>her|his|my|their|our) {A_NOUN}",
            rf"{ALL} {N} {A_NOUN} (?:(?:that|whom|which) )?{WHO} {DID}(?! (?:to|for|from|about)\b)",
            rf"{ALL} {N} {A_NOUN} {DID}\b",
        ),
    }


@cache
def count_clauses() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    lists = [table()[name] for name in ("has", "stand", "kept", "sizes", "groups")]
    return tuple(
        (kind, re.compile(rf"\b{pattern}"))
        for kind, patterns in _patterns(*lists).items()
        for pattern in patterns
    )
