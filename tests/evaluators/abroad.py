"""The small books in tests/languages, as texts to judge."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.evaluators.works import cases

BOOKS = Path(__file__).parents[1] / "languages"
LANGUAGES = ("fr", "de", "es", "zh")


def texts(language: str) -> tuple[str, ...]:
    """The chapters of the book in that language."""
    book = tomllib.loads((BOOKS / f"{language}.toml").read_text("utf-8"))
    return tuple(chapter["text"].strip() for chapter in book["chapters"])


def lines(kind: str) -> list[tuple[str, str]]:
    """Each language with each of its lines of that kind."""
    return [(tag, line) for tag in LANGUAGES for line in cases(f"leaks_{tag}.toml")[kind]]
