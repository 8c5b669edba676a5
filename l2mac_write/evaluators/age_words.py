"""In which words does English say how old somebody is?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from l2mac_write.evaluators.births import BE
from l2mac_write.evaluators.figures import CARDINAL, ORDINAL, YEAR
from l2mac_write.text.word_lists import word_list

LIVED = r"(?:years|summers|winters|springs)"
ENDS = (
    r"(?=\s?[.,:;!?()\]—–\"”*]|$|\s(?:and|or|but|in|when|at|on|that|by|with|who|to|as|for|before|because|now|then|though"
    r"|while|this|if|since|where|i|he|she|they|we|you|years? old|years of age|years? of life)\b)"
)
WHOSE = r"\b(?P<whose>his|her|their|my|your|our|the|[A-Z]\w+['’]s?)"
NOUN = r"(?P<noun>[^\W\d_]+)"
WHEN = rf"(?: (?:in|by|at)(?: the)?(?: \w+ of(?: the year)?)? {YEAR}\b)"

MOVES_ON = re.compile(
    r"\b(?:when|later|(?<!-)(?<!that )(?<!this )years?(?! old| of age|[’'])|ago|before|after|once|then|since|until|till|by|now|had been|would|will|first|again|used|still"
    r"|already|become|became|turn(?:s|ed|ing)?|grew|birthday|tomorrow|next|last|if|not|never|look(?:ed|s)?|seem(?:ed|s)?)\b",
    re.IGNORECASE,
)
"""Words of a sentence whose ages may be of another time."""


def patterns(adverbs: str) -> Sequence[str]:
    """Those of age words; `n` is the age, `nth_year` the year of life, `n_th` the birthday."""
    n, but = rf"(?P<n>{CARDINAL})", rf"(?:(?:{adverbs}),? ){{0,2}}"
    surely_but = rf"(?:(?:{adverbs}),? ){{1,2}}"
    return (
        rf"{BE}(?:,?{WHEN},?)? {but}(?:the (?:ripe |great |early |tender )?(?:old )?age of )?{n}{ENDS}",
        rf"\b{n}(?:[- ]years?[- ](?:old|of age)\b|[ -]year-old\b|[ ]years?['’] old\b)(?: {NOUN})?",
        rf"\b(?:aged?|ages?(?: of| given| put| stated| as| at| was| is| being| then| now| must have been| would(?: have)? be(?:en)?| in (?:the year )?\d{{4}}| on \w+){{0,4}}:?) {but}{n}(?![\w%-]|:\d)",
        rf"\bat (?:an age of )?{but}{n}{ENDS}(?! (?:o|a|p)['’.]| (?:in|on) the (?:morning|afternoon|evening))",
        rf"(?:{BE}(?:,?{WHEN},?)? (?:{adverbs} )*|[,(—–:;“] ?(?:{adverbs} )*|\b(?:as|him|her|me|like|shows?|showed|is of|was of) )(?:an? |the |this |that |some |no )?(?:[a-z-]+,? ){{0,2}}?(?P<noun>[^\W\d_]+) of {but}{n}(?: {LIVED})?{ENDS}",
        rf"\b(?:lived|completed|counted|numbered|seen|weathered|behind (?:him|her|me)) (?:to (?:be )?|for )?{but}{n}(?: {LIVED}\b|{ENDS})",
        rf"\b(?:lived|survived) (?:to|until|till)(?: the age of)? {n}{ENDS}",
        (
            rf"\b{n}(?: years (?:after|from|since) (?:{WHOSE} )?(?:own )?(?:birth|being born)"
            r"| years (?:of (?:life|age)|behind (?:him|her|me|them)|in (?:the|this) world|on (?:the |this )?earth)\b"
            r"| birthdays\b| (?:for|as) (?:the|his|her) age\b|(?=,? (?:is|was) (?:his|her|my|their) age\b))"
        ),
        rf"\bin the (?P<nth_year>{ORDINAL}) year of (?:{WHOSE}|an?) (?:[a-z]+ )?(?:life|age)",
        rf"\b(?:in|entered|entering|completed|reached|into) {WHOSE} (?P<nth_year>{ORDINAL}) year\b(?! (?:as|at|of (?!life|age)|in (?!\d|the year))\b)",
        rf"(?:{WHOSE}|\b(?:an?|that|this)) (?:\w+ )?(?P<n_th>{ORDINAL}) birthday",
        rf"\b(?:gives?|gave|lists?|listed|recorded|records?|puts?|enter(?:s|ed)|describe[sd]|shows?|ha[ds]|calls?|called) [^.;:]{{1,40}}? (?:as|as being|to be|down as) {but}{n}{ENDS}",
        rf"\b(?:making|makes?|made|call(?:s|ed)|thought|found|left) (?P<whose>him|her|them|me|you|us) {but}{n}{ENDS}",
        rf"(?:\A\W*|[,—–(]|\b(?:and|but|yet|when|while|though|although|if|being|because)),? ?{surely_but}{n}(?=[,;.)—–]|{WHEN})",
        rf"\b(?:when|while|though|although|being) {n}(?=[,;.)])",
        rf"\band {n}(?={WHEN}| when\b)",
        rf"[^\W\d_], {n}(?=[,)]|{WHEN}| when\b| at (?:the|his|her|that)\b| on (?:the|his|her|that) \w*day\b)",
        rf"\b(?:in|by) {YEAR}[,:] {n}(?=[.;)])",
    )


@cache
def age_words() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in patterns(_table()["adverbs"]))


@cache
def grains_of_salt() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """Words before an age, with how many years less and more they allow."""
    return tuple(
        (re.compile(rf"\b(?:{row['words']})\s\Z", re.IGNORECASE), row["less"], row["more"])
        for row in _table()["vague"]
    )


@cache
def _table() -> Mapping[str, Any]:
    return word_list(__file__, "ages.toml")
