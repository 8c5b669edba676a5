"""What the evaluators find of the errors planted into clean books: `python -m tests.benchmarks.seeded_errors CORPUS`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.seeds import cards, report
from tests.benchmarks.seeds.books import Book, books
from tests.benchmarks.seeds.copies import Wanted, copies
from tests.benchmarks.seeds.judging import heard
from tests.benchmarks.seeds.planting import manifest
from tests.benchmarks.seeds.scoring import Score


def measure(score: Score, book: Book, wanted: Sequence[Wanted]) -> list[dict[str, object]]:
    """Judge the clean book and every seeded copy of it; gives the manifest of the seeds."""
    before = heard(book.name, book.text)
    score.clean(book.name, book.text, before)
    rows: list[dict[str, object]] = []
    for planted in (copy for each in wanted for copy in copies(book, each)):
        score.seeded(planted, heard(book.name, planted.text), before)
        rows += manifest(planted)
    return rows


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of Markdown books that are clean")
    parser.add_argument("--tier", choices=("mechanical", "facts", "all"), default="mechanical")
    parser.add_argument("--wordings", choices=("dev", "hidden", "all"), default="dev")
    parser.add_argument("--types", default="", help="only these, with commas between them")
    parser.add_argument("--count", type=int, default=10, help="seeds of each type in each book")
    parser.add_argument("--seeds", type=int, default=1, help="how often all is planted anew")
    parser.add_argument(
        "--verbose", action="store_true", help="print what was missed, and what was said in vain"
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--manifest", type=Path, help="write a line for each seed to this file")
    parser.add_argument("--cards", type=Path, help="write the cards of the evaluators to this file")
    return parser.parse_args()


def main() -> None:
    chosen = parsed()
    types = tuple(filter(None, chosen.types.split(",")))
    wanted = [
        Wanted(chosen.tier, chosen.wordings, chosen.count, seed, types)
        for seed in range(chosen.seeds)
    ]
    score = Score()
    rows = [row for book in books(chosen.corpus) for row in measure(score, book, wanted)]
    figures = report.whole(score)
    print(report.printed(figures))
    if chosen.verbose:
        print("\n".join(report.details(score)))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1), "utf-8")
    if chosen.manifest:
        chosen.manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    if chosen.cards:
        today = datetime.now(UTC).date().isoformat()
        chosen.cards.write_text(cards.written(score, today), "utf-8")


if __name__ == "__main__":
    main()
