"""Does a term or an abbreviation mean one thing, and is it explained where it is first used?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l2mac_write.evaluators.passages import excerpt, without_code, words
from l2mac_write.evaluators.spelled_out import renamed, spelled_out
from l2mac_write.findings import Evidence, Finding, Severity, Text, Whole
from l2mac_write.text.common_words import common_words
from l2mac_write.text.languages import primary

MARKED = r"(?:\*\*(?P<bold>[^*\n]{3,40})\*\*|(?<!\*)[*_](?P<slanted>[^*_\n]{3,40})[*_])"
DEFINED = re.compile(
    rf"(?:\b(?:[Aa]n?|[Tt]he|[Tt]he term|[Bb]y|[Ww]e call(?: this| it)?) )?{MARKED}"
    r"(?: \([^)\n]{1,40}\))?,? (?:is|are|means|denotes|we mean|refers to|is defined as) (?:an?|the|any|how|what)\b"
    r"[^.\n]{8,240}"
)
STEM, NEAR = 4, 200
MOST = 300
"""Terms that are looked for before their explanation."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term means, as one place has it."""

    text: Text
    start: int
    said: str
    meant: str


def judge(whole: Whole) -> tuple[Finding, ...]:
    plain = [Text(text.path, without_code(text.text)) for text in whole.texts]
    defined = [*_defined(plain)] if primary(whole.language) == "en" else []
    return (
        *_twice([*_written_out(plain)], Severity.REVISE),
        *_twice(defined, Severity.ADVISE),
        *_too_late(plain, defined),
    )


def _written_out(texts: Sequence[Text]) -> Iterator[tuple[str, Meaning]]:
    for text in texts:
        for found in spelled_out(text.text):
            said = text.text[found.start : found.end]
            yield found.short, Meaning(text, found.start, said, found.meant)


def _defined(texts: Sequence[Text]) -> Iterator[tuple[str, Meaning]]:
    for text in texts:
        for found in DEFINED.finditer(text.text):
            term = (found["bold"] or found["slanted"]).casefold()
            if not {*words(term)} <= {*common_words("en"), "there", "these"}:
                meant = found[0][found.end(found.lastgroup or 0) - found.start() :]
                yield term, Meaning(text, found.start(), found[0], meant)


def _twice(meanings: Sequence[tuple[str, Meaning]], severity: Severity) -> Iterator[Finding]:
    first: dict[str, Meaning] = {}
    for term, meaning in meanings:
        known = first.setdefault(term, meaning)
        if known is meaning:
            continue
        same = _alike(known.meant, meaning.meant)
        if (same and "(" not in meaning.said) or _replaces(meaning, known):
            continue
        yield Finding(
            code="NF-TERM",
            severity=Severity.ADVISE if same else severity,
            path=meaning.text.path,
            message=f"`{term}` is explained twice{'' if same else ', and not alike'}.",
            quote=excerpt(meaning.said),
            hint="Explain it once, where the reader first meets it.",
            conflict=Evidence(known.text.path, excerpt(known.said)),
        )


def _alike(one: str, other: str) -> bool:
    """The same words, however they are spelled and in whatever number."""
    heads = [
        [word[:STEM] for word in re.split(r"[\s-]+", said.casefold())] for said in (one, other)
    ]
    return heads[0] == heads[1] or not {*heads[0]} ^ {*heads[1]} - {*common_words("en")}


def _replaces(meaning: Meaning, known: Meaning) -> bool:
    near = meaning.text is known.text and meaning.start - known.start < NEAR
    return near and renamed(meaning.text.text[known.start : meaning.start])


def _too_late(texts: Sequence[Text], defined: Sequence[tuple[str, Meaning]]) -> Iterator[Finding]:
    """Terms that the reader meets in a text before the one that explains them."""
    waiting = dict(reversed(defined[:MOST]))
    for text in texts:
        waiting = {t: m for t, m in waiting.items() if m.text is not text}
        if not waiting:
            return
        names = "|".join(re.escape(term) for term in sorted(waiting, key=len, reverse=True))
        for found in re.finditer(rf"(?i)(?<!\w)(?:{names})(?!\w)", text.text):
            if meaning := waiting.pop(found[0].casefold(), None):
                yield Finding(
                    code="NF-TERM",
                    severity=Severity.ADVISE,
                    path=text.path,
                    message=f"`{found[0]}` is used before it is explained.",
                    quote=excerpt(found[0]),
                    hint="Explain it here, or use it only later.",
                    conflict=Evidence(meaning.text.path, excerpt(meaning.said)),
                )
