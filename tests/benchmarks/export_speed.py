"""How long each export of a long book takes, and how much memory: `python -m tests.benchmarks.export_speed`.

`--pandoc` runs pandoc beside it on the same text (`pip install pypandoc_binary`). `again` is the EPUB
once more, after one chapter has changed.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from l2mac_write.book import Manuscript, Part, Section
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.store.kept import Kept
from l2mac_write.text.counting import count_words

CHAPTER = 1_600
BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
SYLLABLES = "ba de fi go lu mar nen sil tor wyn ash el".split()  # noqa: SIM905 (reads better)


def synthetic() -> Iterator[str]:
    """Paragraphs of invented words, a third of them speech with straight marks."""
    chance = random.Random(7)
    while True:
        words = [
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3)))
            for _ in range(chance.randint(20, 120))
        ]
        text = " ".join(words).capitalize() + "."
        yield (
            f'"{text[:40]}," he said -- "it\'s *{text[40:]}*"' if chance.random() < 1 / 3 else text
        )


def from_folder(folder: Path) -> Iterator[str]:
    """The paragraphs of the folder's books, over and over, their headings left out."""
    texts = [file.read_text("utf-8") for file in sorted(folder.glob("*.md"))]
    paragraphs = [p for text in texts for p in text.split("\n\n") if p and p[0] not in "#|"]
    return cycle(paragraphs)


def bound(paragraphs: Iterator[str], words: int) -> Manuscript:
    sections, total = [], 0
    while total < words:
        text, count = [], 0
        while count < CHAPTER:
            text.append(next(paragraphs))
            count += count_words(text[-1])
        total += count
        number = len(sections) + 1
        sections.append(
            Section("chapter", Part.BODY, "", f"Part {number:,}", "\n\n".join(text), number)
        )
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Manuscript("Long", "Nobody", "en", "urn:uuid:0", moment, tuple(sections))


def exported(name: str, manuscript: Manuscript) -> int:
    """How many bytes the format comes to."""
    if name in EXPORTERS:
        return len(EXPORTERS[name].export(manuscript))
    return sum(map(len, FOLDERS[name].files(manuscript).values()))


def measure(name: str, words: int, corpus: Path | None) -> None:
    """In a process of its own, so that the peak of memory is that of one export.

    What prints a PDF is a process of that one: its time and memory count too.
    """
    manuscript = bound(from_folder(corpus) if corpus else synthetic(), words)
    before, start, began = _peak(), time.perf_counter(), _seconds()
    size = exported(name, manuscript)
    wall, seconds = time.perf_counter() - start, _seconds() - began
    print(
        f"{name:9} {words:>9,} words  {len(manuscript.sections):>5} chapters  {seconds:6.2f} s CPU  "
        f"{wall:6.2f} s  {_peak():6.0f} MB peak ({before:.0f} MB before)  {size / 1e6:6.2f} MB"
    )


def _seconds() -> float:
    spent = [resource.getrusage(who) for who in BOTH]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def _peak() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in BOTH) / 1024


def again(words: int, corpus: Path | None) -> None:
    """The second export of a book of which one chapter has changed meanwhile."""
    manuscript = bound(from_folder(corpus) if corpus else synthetic(), words)
    with TemporaryDirectory() as folder:
        kept = replace(manuscript, kept=Kept(Path(folder) / "rendered", b"k" * 32))
        EXPORTERS["epub"].export(kept)
        first, *others = kept.sections
        changed = replace(first, markdown=f"{first.markdown}\n\nOne more line.")
        start, wall = time.process_time(), time.perf_counter()
        EXPORTERS["epub"].export(replace(kept, sections=(changed, *others)))
        seconds, wall = time.process_time() - start, time.perf_counter() - wall
    print(f"again     {words:>9,} words  {seconds:6.2f} s CPU  {wall:6.2f} s")


def pandoc(words: int, corpus: Path | None) -> None:
    import pypandoc  # noqa: PLC0415 (not among what is installed by default)

    manuscript = bound(from_folder(corpus) if corpus else synthetic(), words)
    text = "\n\n".join(f"# {s.title}\n\n{s.markdown}" for s in manuscript.sections)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "book.md"
        source.write_text(f"---\ntitle: Long\n---\n\n{text}", "utf-8")
        target = source.with_suffix(".epub")
        command = [
            pypandoc.get_pandoc_path(),
            "-f",
            "markdown",
            "-t",
            "epub3",
            source,
            "-o",
            target,
        ]
        subprocess.run(command, check=True, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"pandoc    {words:>9,} words  {used.ru_utime + used.ru_stime:6.2f} s CPU  "
        f"{used.ru_maxrss / 1024:6.0f} MB peak"
    )


def in_a_process(target: Callable[..., None], *arguments: object) -> None:
    child = get_context("spawn").Process(target=target, args=arguments)
    child.start()
    child.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=1_000_000)
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown books to repeat")
    parser.add_argument("--formats", help="those to measure, separated by commas; default: all")
    parser.add_argument("--pandoc", action="store_true", help="measure pandoc beside it")
    chosen = parser.parse_args()
    for name in chosen.formats.split(",") if chosen.formats else (*EXPORTERS, *FOLDERS):
        in_a_process(measure, name, chosen.words, chosen.corpus)
    in_a_process(again, chosen.words, chosen.corpus)
    if chosen.pandoc:
        in_a_process(pandoc, chosen.words, chosen.corpus)


if __name__ == "__main__":
    main()
