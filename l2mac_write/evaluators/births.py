"""Who is born in a sentence?"""

from __future__ import annotations

import re

from l2mac_write.evaluators.persons import (
    ANYBODY,
    NAME,
    Person,
    called,
    following,
    subject,
    subject_of_verb,
)

BE = r"(?:(?<=\w)['’](?:s|m|re)|\b(?:was|were|is|am|are|be|been|being|becomes?|became|becoming|turn(?:s|ed|ing)?|reach(?:ed|es|ing)?|attain(?:s|ed|ing)?|hit))"
VERB = re.compile(BE, re.IGNORECASE)
WORLD = r"(?:the|this|our) world"
BIRTH = re.compile(
    r"\b(?:(?:(?:had been|have been|has been|is|was|were|being)? ?\b(?:born|christened|bapti[sz]ed))"
    r"|births?|birthdate|birth[- ]year|nativity|christenings?|bapti[sz]ms?|b\.|cradle"
    rf"|(?:came |come |coming |brought |arrived |sent )?(?:into|entered) {WORLD}"
    r"|(?:first )?(?:saw|seen) the light|(?:drew|drawn) (?:his|her|a|my|their) first breath"
    r"|(?:life|lives) (?:that )?(?:had |has )?(?:beg[au]n|started)|(?:beg[au]n|started) (?:his|her|my|their) life"
    r"|(?:bore|borne|delivered of) (?:(?:him|her|me|them|us)(?= (?:in|into|at)\b)|an? (?:son|daughter|child|boy|girl)|(?-i:[A-Z])\w+))(?!\w)",
    re.IGNORECASE,
)
BEARING = re.compile(
    rf"(?i:bore|borne|delivered of|birth to)(?!\w) ?(?:(?P<name>{NAME.pattern})|him|her|me|them|us|an?\b)"
)
"""It is not the subject who is born."""
OF_BIRTH = re.compile(r"\b(?:of|at|in|the|his|her|my|your|their)(?: own)? \Z")
"""`The year of birth` is said of anybody."""
BEGINNING = re.compile(
    r"\W*(?:(?:In|By|At|On|During|Since|Until) [^,]{0,60},? ?)?(?:(?:at|of) (?:the )?)?"
)
A_CHILD = re.compile(r"\b(?:child|son|daughter|native) of (?=1\d{3}\b)", re.IGNORECASE)


def born(said: str) -> Person | None:
    """Whoever is born in this sentence."""
    found = BIRTH.search(said) or A_CHILD.search(said)
    if not found:
        return None
    if bearing := BEARING.match(said, found.start()):
        return called(bearing["name"]) if bearing["name"] else ANYBODY
    start = found.start()
    if OF_BIRTH.search(said, 0, start) or found[0].startswith(("life", "lives")):
        return ANYBODY
    return who(said, start, found.end())


def who(said: str, start: int, end: int) -> Person:
    """Of whom the words from `start` are said: those before tell, or else those after."""
    is_verb = VERB.match(said, start) is not None
    person = subject_of_verb(said, start) if is_verb else subject(said, start)
    begins = BEGINNING.fullmatch(said, 0, start) is not None
    return following(said, end) if person is ANYBODY and begins else person
