"""Where a language wants a space that no line breaks at, and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from l2mac_write.exporters.together import ADDRESS, held
from l2mac_write.text.languages import primary

WIDE, NARROW = "\u00a0", "\u202f"
AFTER = r"""(?<=[^\W_]|[\]»”"’')…%°\ufffc])"""
"""What French sets a high mark after: a word, or what closes one."""
SPEECH = (r"(?m:(?<=^[—–]) (?=[^\s-])|(?<=^--) (?=[^\s-]))", WIDE)
"""The dash that opens a speech takes its first word along."""
HIGH = (rf"""{AFTER}[ \u00a0]?(?=(?:;|[!?]+)(?:[\s\]»”"’')*_…,.\ufffc]|$))""", NARROW)
COLON = (rf"""{AFTER}[ \u202f]?(?=:(?:[\s«»"]|$))""", WIDE)
INSIDE = (r"(?<=«) ?(?=[^\s»])|(?<=[^\s«]) ?(?=»)", WIDE)
BEFORE_DASH = (r"(?<=\S) (?=(?:[—–]|--) )", WIDE)
ONE_LETTER = (r"(?:(?<=\s[aiouwzkvsAIOUWZKVS])|(?<=^[AIOUWZKVS])) (?=\w)", WIDE)
RULES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "": (SPEECH,),
    **dict.fromkeys(("en", "de", "nl", "zh", "ja", "ko"), ()),
    "fr": (SPEECH, HIGH, COLON, INSIDE),
    "fr-ca": (SPEECH, COLON, INSIDE),
    **dict.fromkeys(("ru", "uk", "be", "bg"), (SPEECH, BEFORE_DASH)),
    **dict.fromkeys(("pl", "cs", "sk"), (SPEECH, BEFORE_DASH, ONE_LETTER)),
}


def spaces(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """What to put where: start, end and the space. Addresses and code are left alone."""
    kept = {at: (at, at + 1, WIDE) for at in held(text, language)}
    yield from sorted({**kept, **{space[0]: space for space in _ruled(text, language)}}.values())


def _ruled(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    tag = next((tag for tag in (language.lower(), primary(language)) if tag in RULES), "")
    if not RULES[tag]:
        return
    for found in _pattern(tag).finditer(text):
        if found.lastindex and found[0] != (space := RULES[tag][found.lastindex - 1][1]):
            yield (*found.span(), space)


@cache
def _pattern(tag: str) -> re.Pattern[str]:
    """A group for each rule of the language."""
    return re.compile("|".join((ADDRESS, *(f"({pattern})" for pattern, _ in RULES[tag]))))
