"""Whether an adopted book is the one that was exported, and how fast: `python -m tests.benchmarks.adopting CORPUS`.

Each book is adopted by the typed command, exported in every format and adopted again from that: its
Markdown has to be the same, token by token. Pandoc, where there is one, makes an EPUB and a Word
document of the same text; of those the chapters have to be the same.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from l2mac_write import open_book
from l2mac_write.opened import Book
from tests.adoptions import bound, tokens
from tests.benchmarks.corpus import asked, by_pandoc, spaced

OURS = ("epub", "docx", "html", "folder")
MOST_SECONDS = 3.0
"""Of a processor, for 100,000 words, the start of Python included."""


def adopted(source: Path, to: Path) -> tuple[Book, float]:
    """The book, and the seconds of processor that the command has taken."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    tool = (sys.executable, "-m", "l2mac_write")
    subprocess.run([*tool, "adopt", source, "--to", to], check=True, stdout=subprocess.DEVNULL)
    return open_book(to), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def sources(book: Book, text: Path, folder: Path, pandoc: str) -> Iterator[tuple[Path, bool]]:
    """Files of the same book, and whether all around its chapters is the same too."""
    for kind in OURS:
        yield book.export(kind, folder / f"export.{kind}"), True
    for file in by_pandoc(pandoc, text, folder):
        yield file, False


def main() -> None:
    (texts, pandoc), failed = asked(__doc__), False
    for text in texts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            book, seconds = adopted(text, folder / "first")
            words = sum(chapter.words for chapter in book.chapters)
            failed |= told(text.name, seconds, words, differs=False)
            for source, is_whole in sources(book, text, folder, pandoc):
                again, seconds = adopted(source, folder / f"from-{source.name}")
                seen = tokens if is_whole else lambda book: spaced(bound(book))
                differs = seen(again) != seen(book)
                failed |= told(f"{text.stem}: {source.name}", seconds, words, differs=differs)
    raise SystemExit(failed)


def told(name: str, seconds: float, words: int, *, differs: bool) -> bool:
    """Whether something is not as promised."""
    each = seconds * 100_000 / words
    print(f"{name:<42} {'DIFFERS' if differs else 'the same'}, {each:.2f} s per 100,000 words")
    return differs or each > MOST_SECONDS


if __name__ == "__main__":
    main()
