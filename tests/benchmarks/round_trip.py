"""Whether books come back from an export as they were, and how fast: `python -m tests.benchmarks.round_trip CORPUS`.

Pandoc, where there is one (`--pandoc`), makes an EPUB and a Word document of the same books too. It
sets spaces that do not break where it thinks of an abbreviation: those are spaces here.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from l2mac_write.adopting.gathering import Said, gathered
from l2mac_write.adopting.importing import imported
from l2mac_write.book import Manuscript, Section
from l2mac_write.exporters import EXPORTERS
from tests.importers.test_round_trip import shown

OURS, PANDOCS = ("epub", "docx", "html"), ("epub", "docx")
MOST_SECONDS = 3.0
"""Of a processor, for 100,000 words."""


def made(book: Path, manuscript: Manuscript, pandoc: str, folder: Path) -> Iterator[Path]:
    for kind in OURS:
        file = folder / f"{book.stem}.{kind}"
        file.write_bytes(EXPORTERS[kind].export(manuscript))
        yield file
    for kind in PANDOCS if pandoc else ():
        file = folder / f"{book.stem}.pandoc.{kind}"
        subprocess.run([pandoc, book, "-o", file], check=True, stderr=subprocess.DEVNULL)
        yield file


def spaced(section: Section) -> str:
    return repr(shown(section)).replace(r"\xa0", " ").replace("\u00a0", " ")


def differences(before: Manuscript, after: tuple[Section, ...]) -> int:
    """Sections that are not the same in kind, title or text."""
    pairs = zip(before.sections, after, strict=False)
    changed = sum(
        (one.kind, one.title) != (other.kind, other.title) or spaced(one) != spaced(other)
        for one, other in pairs
    )
    return changed + abs(len(before.sections) - len(after))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pandoc", default=shutil.which("pandoc") or "")
    asked = parser.parse_args()
    failed = False
    for book in sorted(asked.corpus.glob("*.md")):
        if book.name == "README.md":
            continue
        manuscript = gathered(book, Said(), {})
        words = len(book.read_text("utf-8").split())
        with tempfile.TemporaryDirectory() as folder:
            for file in made(book, manuscript, asked.pandoc, Path(folder)):
                started = time.process_time()
                sections = imported(file).sections
                seconds = (time.process_time() - started) * 100_000 / words
                wrong = differences(manuscript, sections)
                failed |= wrong > 0 or seconds > MOST_SECONDS
                print(
                    f"{file.name:<45} {wrong:>3} of {len(sections)} sections differ,"
                    f" {seconds:.2f} s per 100,000 words"
                )
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
