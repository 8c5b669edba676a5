"""Texts to judge: prose without a flaw, and what the tests put into it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from l2mac_write.findings import Finding, Severity, Text, Work
from l2mac_write.text.counting import count_words

CASES = Path(__file__).parent / "cases"
PROSE = (CASES / "prose.md").read_text("utf-8").strip()
PARAGRAPHS = PROSE.split("\n\n")


def work(text: str = PROSE, **changes: object) -> Work:
    words = changes.pop("words", count_words(text))
    return Work(**{"path": "chapters/05-the-lamp.md", "text": text, "words": words, **changes})


def chapters(*texts: str) -> tuple[Text, ...]:
    return tuple(Text(f"chapters/{n:02d}.md", text) for n, text in enumerate(texts, start=1))


def codes(findings: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def severities(findings: Sequence[Finding]) -> list[Severity]:
    return [finding.severity for finding in findings]


def cases(name: str) -> dict[str, list[str]]:
    return tomllib.loads((CASES / name).read_text("utf-8"))
