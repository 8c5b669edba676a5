"""Is every abbreviation written out where the reader first meets it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from l2mac_write.evaluators.passages import without_code
from l2mac_write.evaluators.spelled_out import spelled_out
from l2mac_write.findings import Finding, Severity, Work

CAPITALS = r"[A-Z][A-Z0-9]{1,5}"
ABBREVIATION = re.compile(rf"(?<![\w.&/#-])(?P<name>{CAPITALS})(?=s?\b)(?![-.&/]\w)")
EXPLAINED = re.compile(rf"\((?P<within>{CAPITALS})s?\)|\b(?P<before>{CAPITALS})s?\W{{0,3}}[(:=–—]")
SHOUTED = re.compile(r"[A-Z]{2,}[\W\d_]{1,3}[A-Z]{2,}")
"""Two words in capitals side by side are a warning or a title."""
ROMAN = re.compile(r"[IVXLCDM]+")
WORD = re.compile(r"[^\W\d_]+")
KNOWN = frozenset(
    [
        "AM",
        "PM",
        "AD",
        "BC",
        "OK",
        "TV",
        "CD",
        "DVD",
        "PC",
        "PDF",
        "ID",
        "FAQ",
        "USB",
        "GPS",
        "LED",
        "SMS",
        "HTML",
        "URL",
        "PIN",
        "DIY",
        "SOS",
        "ISBN",
        "VIP",
        "EU",
        "UK",
        "US",
        "USA",
        "UN",
        "USD",
        "EUR",
        "GBP",
        "CV",
        "VAT",
        "AC",
        "DC",
    ]
)
"""Those that are words by now."""
MOST = 6


def judge(work: Work) -> tuple[Finding, ...]:
    return tuple(islice(_findings(work), MOST))


def _findings(work: Work) -> Iterator[Finding]:
    plain = SHOUTED.sub(lambda found: " " * len(found[0]), without_code(work.text))
    explained = {found["within"] or found["before"] for found in EXPLAINED.finditer(plain)}
    explained |= {found.short for found in spelled_out(plain)}
    seen = {*KNOWN, *explained, *(word.upper() for word in WORD.findall(plain) if word.islower())}
    for found in ABBREVIATION.finditer(plain):
        name = found["name"]
        if name in seen or ROMAN.fullmatch(name):
            continue
        seen.add(name)
        if not any(name in text.text for text in work.earlier):
            yield Finding(
                code="NF-TERM",
                severity=Severity.ADVISE,
                path=work.path,
                message=f"`{name}` is used, and nothing has said what it stands for.",
                quote=name,
                hint="Write it out the first time, with the abbreviation in brackets after it.",
            )
