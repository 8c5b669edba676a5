"""What EPUBCheck, Ace and axe have to say of whole books: `python -m tests.benchmarks.validated CORPUS`.

Every Markdown file of the corpus is exported, and the torture folder with and without its HTML. axe
looks at each page of the site in each of its themes. It ends with 1 if there is anything to say.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from l2mac_write.adopting.gathering import Said, gathered
from l2mac_write.book import Manuscript
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.store.exported import write_folder
from tests.exporters.aced import failures_of
from tests.exporters.axed import violations
from tests.exporters.chromium import browser
from tests.exporters.epubchecked import complaints, verdict_on
from tests.exporters.tortured import tortured

THEMES = ("light", "sepia", "dark")
DATED = {"SOURCE_DATE_EPOCH": "0"}


def by_epubcheck(book: Manuscript, scratch: Path) -> Sequence[object]:
    return complaints(verdict_on(_epub(book, scratch), scratch))


def by_ace(book: Manuscript, scratch: Path) -> Sequence[object]:
    return failures_of(_epub(book, scratch), scratch)


def by_axe(book: Manuscript, scratch: Path, theme: str, most: int = 0) -> Sequence[object]:
    """Of every page of the site, or of the first ones."""
    site = write_folder(scratch / "site", FOLDERS["site"].files(book))
    pages = sorted(site.glob("*.html"))[: most or None]
    found: list[object] = []
    with browser(scratch / "profile") as running:
        for page in pages:
            running.open(page.as_uri())
            running.run(f"document.documentElement.dataset.theme = '{theme}'")
            found += [(page.name, *one) for one in violations(running)]
            found += [(page.name, said) for said in running.says]
    return found


def _epub(book: Manuscript, scratch: Path) -> Path:
    file = scratch / "book.epub"
    file.write_bytes(EXPORTERS["epub"].export(book))
    return file


JUDGES: dict[str, Callable[[Manuscript, Path], Sequence[object]]] = {
    "EPUBCheck": by_epubcheck,
    "Ace": by_ace,
    **{f"axe, {theme}": partial(by_axe, theme=theme) for theme in THEMES},
}


def books(corpus: Path | None, place: Path) -> Iterator[tuple[str, Manuscript]]:
    for file in sorted(corpus.glob("*.md")) if corpus else ():
        if file.name != "README.md":
            yield file.stem, gathered(file, Said(), DATED)
    torture = gathered(tortured(place), Said("Torture", "Nobody", "en"), DATED)
    yield "torture, HTML as text", torture
    yield (
        "torture, HTML kept",
        replace(torture, edition=replace(torture.edition, raw_html=True)),
    )


def verdicts(book: Manuscript) -> Iterator[tuple[str, Sequence[object]]]:
    for name, judge in JUDGES.items():
        with tempfile.TemporaryDirectory() as scratch:
            yield name, judge(book, Path(scratch))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", help="a folder of Markdown books")
    chosen = parser.parse_args()
    print(f"{'':26}{'sections':>9}", *(f"{name:>12}" for name in JUDGES))
    every: list[object] = []
    with tempfile.TemporaryDirectory() as place:
        for name, book in books(chosen.corpus, Path(place)):
            print(f"{name:26}{len(book.sections):9}", end=" ", flush=True)
            for _, found in verdicts(book):
                print(f"{len(found):12}", end=" ", flush=True)
                every += found
            print()
    print(*every[:20], sep="\n")
    sys.exit(bool(every))


if __name__ == "__main__":
    main()
