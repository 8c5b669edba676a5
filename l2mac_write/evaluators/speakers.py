"""Who speaks, by the words around a speech: the same one still, or another?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain

from l2mac_write.text.word_lists import word_list

SPEECH = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)")
PRONOUNS = r"he|she|I|they|we"
SOMEBODY = rf"(?:{PRONOUNS}|(?:(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur) [\w-]+|(?:Mr|Mrs|Dr|St)\.? ?[A-Z]\w+|another|somebody|someone|[A-Z]\w+)(?: [A-Z]\w+)?)"
MAY_BE_ANYBODY = frozenset({"he", "she", "they"})
SHORT = 12
"""Words of a speech that is no more than an answer."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """`Replied the cook`: as a text has it."""

    who: str
    did: str


def speaker(paragraph: str) -> Speaker | None:
    """Of the first speech in it, or of a later one."""
    found = _after_speech().search(SPEECH.sub("”", paragraph))
    return Speaker(*_parts(found)) if found else None


def is_told(text: str) -> bool:
    """Does somebody say so, in what should all be speech?"""
    return _in_speech().search(text) is not None


def is_surely_told(text: str) -> bool:
    """The same of a speech that nothing ends: who tells a story says `he cried` and `thought I`."""
    found = _in_speech().finditer(text)
    return any(tag["did"] and tag["who"] != "I" for tag in found)


def another_speaks(before: str, paragraph: str) -> bool:
    """Is the speech of a paragraph none that goes on with the one before?"""
    now, then = speaker(paragraph), speaker(before)
    if not now:
        return _is_answer(paragraph)
    if now.did in _verbs("goes_on") or (then and then.who == now.who):
        return False
    if now.did in _verbs("answers") or now.who == "i":
        return True
    if now.who in MAY_BE_ANYBODY:
        return then is not None and then.who in {"i", *MAY_BE_ANYBODY}
    return then is not None or not SPEECH.sub("", before).strip()


def _is_answer(paragraph: str) -> bool:
    words = paragraph.split()
    first = words[0].strip("“\"'‘,.!?—").casefold()
    return len(words) <= SHORT and first in _verbs("yes") and not SPEECH.sub("", paragraph)


def _parts(found: re.Match[str]) -> tuple[str, str]:
    return (found["who"] or found["name"]).casefold(), found["did"] or found["does"]


@cache
def _verbs(kind: str) -> frozenset[str]:
    return frozenset(word_list(__file__, "speakers.toml")[kind].split())


@cache
def _tag() -> str:
    verbs = "|".join(chain.from_iterable(map(_verbs, ("says", "answers", "goes_on"))))
    return (
        rf"(?:(?P<did>{verbs})(?: on)? (?P<who>{SOMEBODY})"
        rf"|(?P<name>{SOMEBODY}) (?:\w+ly |would )?(?P<does>{verbs})(?: on)?)\b"
    )


@cache
def _after_speech() -> re.Pattern[str]:
    return re.compile(rf"” ?{_tag()}")


@cache
def _in_speech() -> re.Pattern[str]:
    return re.compile(rf"[,.!?…—] {_tag()}(?=[^\w\s]|\Z)")
