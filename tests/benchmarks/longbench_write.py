"""How near does a text come to the length its prompt asks for, over the English prompts of LongBench-Write?

`python -m tests.benchmarks.longbench_write PROMPTS --model rehearsal` for all of them;
`--model local` for ten, beside what the same model says when it is simply asked once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from l2mac_write import library, wiring
from l2mac_write.events import nobody
from l2mac_write.messages import Prose, Request, Told
from l2mac_write.text.counting import count_words

PATH = "LONGBENCH_WRITE"
LEAST = {"rehearsal": 95.0, "local": 80.0}
"""Mean score that has to be reached."""
SOME, SHORTEST, LONGEST = 10, 500, 4_000
"""So many prompts of such lengths for a model that takes its time."""
ONE_CHAPTER, CHAPTER = 3_000, 2_000
"""Words of a text that is one chapter, and of a chapter where it is more."""
ENDLESS = 100_000
"""Words that no model would say at once: the room for its answer is all there is."""


@dataclass(frozen=True)
class Wish:
    prompt: str
    words: int

    @property
    def chapters(self) -> int:
        return 1 if self.words <= ONE_CHAPTER else round(self.words / CHAPTER)


def wishes(path: Path) -> list[Wish]:
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return sorted((Wish(line["prompt"], line["length"]) for line in lines), key=lambda w: w.words)


def spread(wanted: Sequence[Wish]) -> list[Wish]:
    """Some of them, at even distances from the shortest to the longest."""
    fitting = [wish for wish in wanted if SHORTEST <= wish.words <= LONGEST]
    return [fitting[n * (len(fitting) - 1) // (SOME - 1)] for n in range(SOME)]


def score(asked: int, got: int) -> float:
    """S_l of LongBench-Write: 100 where they are the same, 0 for four times or a third of it."""
    if not got:
        return 0.0
    off = (got / asked - 1) / 3 if got > asked else (asked / got - 1) / 2
    return 100 * max(0.0, 1 - off)


def written(wish: Wish, model: str) -> int:
    """Words of the book that l2mac-write makes of it."""
    with tempfile.TemporaryDirectory() as place:
        book = library.generate(
            wish.prompt,
            Path(place) / "book",
            model=model,
            words=wish.words,
            chapters=wish.chapters,
        )
        return sum(chapter.words for chapter in book.chapters)


def said(wish: Wish, model: str) -> int:
    """Words of the reply of the bare model to the bare prompt."""
    name = wiring.model_named(model, os.environ)
    with closing(wiring.llm(name, os.environ, nobody)) as llm:
        request = Request("", (Told(wish.prompt),), Prose(ENDLESS), seed=1)
        return count_words(llm.reply(request, lambda _: None).text)


def measured(wanted: Sequence[Wish], model: str, *, beside: bool) -> tuple[float, float]:
    """The mean scores, with l2mac-write and of the bare model; a line for each is printed."""
    scores, bare = [], []
    for wish in wanted:
        got = written(wish, model)
        scores.append(score(wish.words, got))
        line = f"  {wish.words:6,} asked  {got:6,} words {scores[-1]:5.1f}"
        if beside:
            got = said(wish, model)
            bare.append(score(wish.words, got))
            line += f"   asked once {got:6,} words {bare[-1]:5.1f}"
        print(line, flush=True)
    return sum(scores) / len(scores), sum(bare) / max(1, len(bare))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prompts", nargs="?", default=os.environ.get(PATH, ""))
    parser.add_argument("--model", choices=LEAST, default="rehearsal")
    chosen = parser.parse_args()
    if not Path(chosen.prompts).is_file():
        parser.error(f"give the path of longbench_write_en.jsonl, or set {PATH} to it")
    wanted, is_local = wishes(Path(chosen.prompts)), chosen.model == "local"
    wanted = spread(wanted) if is_local else wanted
    mean, bare = measured(wanted, chosen.model, beside=is_local)
    print(f"{len(wanted)} prompts, S_l {mean:.1f}   (at least {LEAST[chosen.model]:.0f})")
    if is_local:
        print(f"the same model, asked once: S_l {bare:.1f}")
    sys.exit(mean < LEAST[chosen.model])


if __name__ == "__main__":
    main()
