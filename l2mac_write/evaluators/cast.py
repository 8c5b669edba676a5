"""Are the people of the plan spelled as planned, and is nobody else there?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from l2mac_write.evaluators.spelling import is_other_form, look_alike
from l2mac_write.findings import Edit, Finding, Severity, Work
from l2mac_write.text.languages import primary
from l2mac_write.text.remembered import remembered
from l2mac_write.text.word_lists import word_list

NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{2,39}(?![^\W\d_])")
OFTEN = 3
MOST = 6
MANY = 100
RARE = 2
SHARE = 4
UNUSUAL = 7
"""Letters: so long a word that begins a sentence and looks like a name is hardly another word."""
NOUNS_ARE_CAPITALISED = frozenset({"de", "lb"})
ROMANCE, GERMANIC = {"fr", "es", "it", "pt", "ca", "gl"}, {"en", "de", "nl", "sv", "da", "nb", "nn"}
NAMES_STAY = frozenset(ROMANCE | GERMANIC)
"""Languages that do not decline names: elsewhere `Anny` is no misspelled `Anna`."""


@dataclass(frozen=True, slots=True)
class Names:
    """The capitalised words of a text: where each stands, and how often inside a sentence."""

    places: dict[str, list[int]]
    inside: Counter[str]
    ordinary: frozenset[str]


def judge(work: Work) -> tuple[Finding, ...]:
    if not work.cast or primary(work.language) not in NAMES_STAY:
        return ()
    names = _names(work.text)
    planned = [part for person in work.cast for part in NAME.findall(person)]
    misspelled = _misspelled(work, names, planned)
    elsewhere = (part for name in work.known for part in NAME.findall(name))
    known = {*planned, *elsewhere, *everyday(), *misspelled}
    varied = tuple(_varied(work, names, known))
    return (
        *(f for wrong, right in misspelled.items() for f in _respelled(work, names, wrong, right)),
        *varied,
        *_unplanned(work, names, known | {finding.quote for finding in varied}),
    )


def _names(text: str) -> Names:
    places: dict[str, list[int]] = {}
    inside: Counter[str] = Counter()
    for match in NAME.finditer(text):
        if not match.group().isupper():
            places.setdefault(match.group(), []).append(match.start())
            inside[match.group()] += is_inside_sentence(text, match.start())
    return Names(places, inside, frozenset(re.findall(r"[^\W\d_]+", text)))


def is_inside_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start]
    return before[-1:] in {" ", "\n"} and (before[:1].isalnum() or before[:1] in {",", ";"})


def _misspelled(work: Work, names: Names, planned: Sequence[str]) -> dict[str, str]:
    """Each name that looks like a planned one, and the planned one."""
    ordinary = {word.casefold() for word in planned} | names.ordinary
    strangers = [
        name
        for name in names.places
        if (names.inside[name] or len(name) >= UNUSUAL)
        and name.casefold() not in ordinary
        and name not in everyday()
    ]
    rights = [name for name in dict.fromkeys(planned) if name.casefold() not in names.ordinary]
    pairs = ((name, right) for name in strangers for right in rights if look_alike(name, right))
    return {name: right for name, right in pairs if not _was_used(work, name)}


def _was_used(work: Work, name: str) -> bool:
    """Is it a word or a name of the texts before?"""
    return any(name in text.text or f" {name.lower()} " in text.text for text in work.earlier)


def _respelled(work: Work, names: Names, wrong: str, right: str) -> Iterator[Finding]:
    places, planned = names.places[wrong], len(names.places.get(right, ()))
    is_other = is_other_form(wrong, right) or len(places) > max(RARE, planned / SHARE)
    doubtful = not names.inside[wrong] or (planned and is_other)
    for start in places[: 1 if doubtful else MANY]:
        yield Finding(
            code="CHR-NAME",
            severity=Severity.ADVISE if doubtful else Severity.REVISE,
            path=work.path,
            message=f"`{wrong}` looks like `{right}`, the name in the plan.",
            quote=wrong,
            hint=f"Write `{right}`, or a name that nobody can take for it.",
            mend=None if doubtful else Edit(start, start + len(wrong), right),
        )


def _unplanned(work: Work, names: Names, known: set[str]) -> Iterator[Finding]:
    if primary(work.language) in NOUNS_ARE_CAPITALISED:
        return
    strangers = [
        (name, count)
        for name, count in names.inside.most_common()
        if count >= OFTEN and name not in known and name.casefold() not in names.ordinary
    ]
    for name, count in [s for s in strangers if not _was_used(work, s[0])][:MOST]:
        yield Finding(
            code="CHR-NAME",
            severity=Severity.ADVISE,
            path=work.path,
            message=f"`{name}` is named {count} times and is not in the plan.",
            quote=name,
            hint="Add the name to the plan if it matters, or do without it.",
        )


def _varied(work: Work, names: Names, known: set[str]) -> Iterator[Finding]:
    """Names of somebody unplanned whom another text, which has no such name, calls nearly so."""
    strangers = _prominent(names) - known
    others = {name: text.path for text in work.earlier for name in prominent(text.text)}
    rivals = others.keys() - known - names.places.keys()
    for name in sorted(strangers - others.keys()):
        right = next((other for other in sorted(rivals) if _is_slip(name, other)), "")
        if right and not _was_used(work, name):
            yield Finding(
                code="CHR-NAME",
                severity=Severity.REVISE,
                path=work.path,
                message=f"`{name}` looks like `{right}`, a name in `{others[right]}`.",
                quote=name,
                hint=f"If it is the same, write `{right}`; else take a name nobody can confuse.",
            )


def _is_slip(name: str, other: str) -> bool:
    return look_alike(name, other) and not is_other_form(name, other)


def _prominent(names: Names) -> set[str]:
    often = (name for name, count in names.inside.items() if count >= OFTEN)
    return {name for name in often if name.casefold() not in names.ordinary}


@remembered(4096)
def prominent(text: str) -> frozenset[str]:
    """The names that stand in it more than once or twice."""
    return frozenset(_prominent(_names(text)))


@cache
def everyday() -> frozenset[str]:
    return frozenset(word_list(__file__, "cast.toml")["everyday"])
