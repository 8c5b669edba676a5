"""What the evaluators find of the errors planted into clean books: `python -m tests.benchmarks.seeded_errors CORPUS`."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.ports import LLM
from tests.benchmarks.seeds import cards, judge, oracle, product, report
from tests.benchmarks.seeds.books import Book, books
from tests.benchmarks.seeds.copies import Wanted, copies
from tests.benchmarks.seeds.judging import heard
from tests.benchmarks.seeds.planting import Planted, manifest
from tests.benchmarks.seeds.recorded import ANSWERS, Recorded
from tests.benchmarks.seeds.replies import Replies
from tests.benchmarks.seeds.scoring import Score

Figures = dict[str, object]
ORACLES = {
    "retrieval": oracle.by_retrieval,
    "candidates": oracle.by_candidates,
    "passages": oracle.by_passages,
    "conflicts": oracle.by_conflicts,
}


def measure(score: Score, book: Book, wanted: Sequence[Wanted]) -> list[dict[str, object]]:
    """Judge the clean book and every seeded copy of it; gives the manifest of the seeds."""
    before = heard(book.name, book.text)
    score.clean(book.name, book.text, before)
    rows: list[dict[str, object]] = []
    for planted in _copies([book], wanted):
        score.seeded(planted, heard(book.name, planted.text), before)
        rows += manifest(planted)
    return rows


def _copies(found: Iterable[Book], wanted: Sequence[Wanted]) -> Iterator[Planted]:
    return (copy for book in found for each in wanted for copy in copies(book, each))


def with_oracle(folder: Path, wanted: Sequence[Wanted]) -> Figures:
    """What code makes of the facts of a perfect reader."""
    figures: Figures = {}
    for name, ask in ORACLES.items():
        found = [pair for planted in _copies(books(folder), wanted) for pair in ask(planted)]
        shown = [pair for pair in found if not pair.row.seed.decoy]
        fine = [pair for pair in found if pair.row.seed.decoy]
        figures[name] = oracle.figures(shown, "type", lambda seed: seed.type)
        figures[f"{name}_by_distance"] = oracle.figures(
            shown, "distance", lambda seed: seed.distance
        )
        figures[f"{name}_of_what_is_fine"] = oracle.figures(
            fine, "type", lambda seed: f"{seed.tier} {seed.type}"
        )
    return figures


def with_model(folder: Path, wanted: Sequence[Wanted], replies: Replies) -> Figures:
    """What a model says of pairs that conflict, and of pairs that only look as if they did."""
    found = [
        verdict
        for planted in _copies(books(folder), wanted)
        for verdict in judge.verdicts(planted, replies)
    ]
    return {"judged": judge.figures(found), "judged_by_type": judge.by_type(found)}


def with_the_judge(folder: Path, wanted: Sequence[Wanted], llm: LLM) -> Figures:
    """What the judge that ships holds against them, with this model."""
    found = product.rulings(_copies(books(folder), wanted), llm)
    return {"the_judge": [{"model": llm.model, **product.card(found)}]}


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("corpus", type=Path, help="a folder of Markdown books that are clean")
    add("--tier", choices=("mechanical", "facts", "all"), default="mechanical")
    add("--wordings", choices=("dev", "hidden", "all"), default="dev")
    add("--types", default="", help="only these, with commas between them")
    add("--count", type=int, default=10, help="seeds of each type in each book")
    add("--seeds", type=int, default=1, help="how often all is planted anew")
    add("--oracle", action="store_true", help="facts read perfectly: do they come to the judge?")
    add("--model", help="let this model judge the facts; `replay` asks none")
    add("--judge", action="store_true", help="with --model: let the judge that ships do it")
    add("--replies", type=Path, help="the file in which its replies are kept")
    add("--verbose", action="store_true", help="print what was missed, and what was said in vain")
    add("--json", type=Path, help="write all figures to this file")
    add("--manifest", type=Path, help="write a line for each seed to this file")
    add("--cards", type=Path, help="write the cards of the evaluators to this file")
    return parser.parse_args()


def main() -> None:
    chosen = parsed()
    types = tuple(filter(None, chosen.types.split(",")))
    wanted = [
        Wanted(chosen.tier, chosen.wordings, chosen.count, seed, types)
        for seed in range(chosen.seeds)
    ]
    figures = _figures(chosen, wanted)
    print(report.printed(figures))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1), "utf-8")


def _figures(chosen: argparse.Namespace, wanted: Sequence[Wanted]) -> Figures:
    facts = [replace(each, tier="facts") for each in wanted]
    if chosen.oracle:
        return with_oracle(chosen.corpus, facts)
    if chosen.model and chosen.judge:
        return with_the_judge(chosen.corpus, facts, _llm(chosen.model, chosen.replies))
    if chosen.model:
        return with_model(chosen.corpus, facts, _replies(chosen.model, chosen.replies))
    return _evaluated(chosen, wanted)


def _llm(model: str, file: Path | None) -> LLM:
    if model == "replay":
        return Recorded(file or ANSWERS)
    return wiring.llm(wiring.model_named(model, os.environ), os.environ, print)


def _replies(model: str, file: Path | None) -> Replies:
    kept = file or Path(f"{model}.replies.jsonl")
    if model == "replay":
        return Replies(kept)
    name = wiring.model_named(model, os.environ)
    return Replies(kept, wiring.llm(name, os.environ, print))


def _evaluated(chosen: argparse.Namespace, wanted: Sequence[Wanted]) -> Figures:
    score = Score()
    rows = [row for book in books(chosen.corpus) for row in measure(score, book, wanted)]
    if chosen.verbose:
        print("\n".join(report.details(score)))
    if chosen.manifest:
        chosen.manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    if chosen.cards:
        today = datetime.now(UTC).date().isoformat()
        chosen.cards.write_text(cards.written(score, today), "utf-8")
    return report.whole(score)


if __name__ == "__main__":
    main()
