"""A folder of Markdown books to measure by, and what pandoc, where there is one, makes of a book."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

KINDS = ("epub", "docx")
ROOM = (r"\xa0", "\u00a0")


def asked(told: str | None) -> tuple[list[Path], str]:
    """The books of the folder that is typed, and the pandoc to compare with, if any."""
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("corpus", type=Path, help="a folder of Markdown books")
    parser.add_argument("--pandoc", default=shutil.which("pandoc") or "")
    typed = parser.parse_args()
    return sorted(typed.corpus.glob("[!R]*.md")), typed.pandoc


def by_pandoc(pandoc: str, text: Path, folder: Path) -> Iterator[Path]:
    """The book in each format that we read too; none without a pandoc."""
    for kind in KINDS if pandoc else ():
        file = folder / f"{text.stem}.pandoc.{kind}"
        subprocess.run([pandoc, text, "-o", file], check=True, stderr=subprocess.DEVNULL)
        yield file


def spaced(seen: object) -> str:
    """Pandoc sets spaces that do not break where it thinks of an abbreviation."""
    told = repr(seen)
    for room in ROOM:
        told = told.replace(room, " ")
    return told
