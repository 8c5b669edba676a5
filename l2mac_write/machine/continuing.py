"""A reply that broke off is gone on with from the end of its last whole sentence."""

from __future__ import annotations

import re

LEAST = 200
"""Characters below which it is cheaper to ask again than to go on."""
OVERLAP = 12
"""Characters; so short a repetition may be meant."""

SENTENCE_END = re.compile(
    r"""(?:
        [.!?…؟] (?:['"”’“‘»«›‹)\]*_] | [\u00a0\u202f\u0020]»(?!\w))* \s+
        | [。！？]+ …* [」』”’）*_]* \s*
        | \n\s*\n\s*
    ) (?=[^\s」』”’）»。！？]|»\w)""",
    re.VERBOSE,
)
"""An end counts once the next sentence has begun: before, nobody knows what follows it.

German closes a speech with the mark that opens one in English, French with a space before.
"""


def whole_sentences(text: str) -> str:
    """The text up to where its last, broken sentence begins, with the white space before that."""
    end = 0
    for found in SENTENCE_END.finditer(text):
        end = found.end()
    return text[:end]


def worth_keeping(text: str) -> str:
    """The whole sentences of what arrived, or nothing where they are not worth going on from."""
    kept = whole_sentences(text)
    return kept if len(kept) >= LEAST else ""


def joined(kept: str, more: str) -> str:
    """Both as one text. What the second repeats of the end of the first stands there once."""
    if not kept:
        return more
    bare = more.lstrip()
    repeated = _repeated(kept.rstrip(), bare)
    rest = bare[repeated:] if repeated else more
    return kept + (rest.lstrip() if kept[-1].isspace() else rest)


def _repeated(kept: str, more: str) -> int:
    """How many characters of `more`, from its beginning, are the end of `kept`."""
    start = kept.find(more[:OVERLAP]) if len(more) >= OVERLAP else -1
    while start >= 0:
        if more.startswith(kept[start:]):
            return len(kept) - start
        start = kept.find(more[:OVERLAP], start + 1)
    return 0
