"""Is anybody named here whom the request does not name? For thanks and dedications, never invented."""

from __future__ import annotations

from collections.abc import Iterator

from l2mac_write.evaluators.cast import (
    MOST,
    NAME,
    NAMES_STAY,
    NOUNS_ARE_CAPITALISED,
    everyday,
    is_inside_sentence,
)
from l2mac_write.findings import Finding, Severity, Work
from l2mac_write.text.languages import primary


def judge(work: Work) -> tuple[Finding, ...]:
    """Only a capital inside a sentence tells a name; where it does not, nothing is said."""
    telling = primary(work.language) in NAMES_STAY - NOUNS_ARE_CAPITALISED
    return tuple(_strangers(work))[:MOST] if telling and work.brief else ()


def _strangers(work: Work) -> Iterator[Finding]:
    known, asked = {*everyday()}, work.brief.casefold()
    for match in NAME.finditer(work.text):
        name = match.group()
        if name in known or not is_inside_sentence(work.text, match.start()):
            continue
        known.add(name)
        if name[0].isupper() and name.casefold() not in asked:
            yield Finding(
                code="CHR-NAME",
                severity=Severity.REVISE,
                path=work.path,
                message=f"`{name}` is named, and the request knows nobody of that name.",
                quote=name,
                hint="Name only whom the request names, or nobody.",
            )
