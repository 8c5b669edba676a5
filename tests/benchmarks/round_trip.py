"""Whether books come back from an export as they were, and how fast: `python -m tests.benchmarks.round_trip CORPUS`.

Pandoc, where there is one (`--pandoc`), makes an EPUB and a Word document of the same books too. It
sets spaces that do not break where it thinks of an abbreviation: those are spaces here.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from l2mac_write.adopting.gathering import Said, gathered
from l2mac_write.adopting.importing import imported
from l2mac_write.book import Manuscript, Section
from l2mac_write.exporters import EXPORTERS
from tests.benchmarks.corpus import asked, by_pandoc, spaced
from tests.importers.test_round_trip import shown

OURS = ("epub", "docx", "html")
MOST_SECONDS = 3.0
"""Of a processor, for 100,000 words."""


def made(book: Path, manuscript: Manuscript, pandoc: str, folder: Path) -> Iterator[Path]:
    for kind in OURS:
        file = folder / f"{book.stem}.{kind}"
        file.write_bytes(EXPORTERS[kind].export(manuscript))
        yield file
    yield from by_pandoc(pandoc, book, folder)


def differences(before: Manuscript, after: tuple[Section, ...]) -> int:
    """Sections that are not the same in kind, title or text."""
    pairs = zip(before.sections, after, strict=False)
    changed = sum(
        (one.kind, one.title) != (other.kind, other.title)
        or spaced(shown(one)) != spaced(shown(other))
        for one, other in pairs
    )
    return changed + abs(len(before.sections) - len(after))


def main() -> None:
    (books, pandoc), failed = asked(__doc__), False
    for book in books:
        manuscript = gathered(book, Said(), {})
        words = len(book.read_text("utf-8").split())
        with tempfile.TemporaryDirectory() as folder:
            for file in made(book, manuscript, pandoc, Path(folder)):
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
