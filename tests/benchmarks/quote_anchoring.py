"""How many quotes are known again, true ones and false, and how fast: `python -m tests.benchmarks.quote_anchoring BOOK OTHER`."""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from l2mac_write.ledger.anchoring import Anchors

PER_KIND = 200
LEAST, MOST = 8, 25
"""Words of a quote."""
SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
PLAIN = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-", "–": "-"})
SWAPPED = 0.35

Quote = Callable[[random.Random, Sequence[str], Sequence[str]], str]


def sentences(text: str) -> list[str]:
    found = (" ".join(match.split()) for match in SENTENCE.findall(text))
    return [sentence for sentence in found if LEAST <= len(sentence.split()) <= MOST]


def as_it_is(chance: random.Random, mine: Sequence[str], _: Sequence[str]) -> str:
    return chance.choice(mine)


def straightened(chance: random.Random, mine: Sequence[str], _: Sequence[str]) -> str:
    """With straight quotes, in capitals, with no mark at its end."""
    return chance.choice(mine).translate(PLAIN).upper().rstrip(".!?")


def cut_out(chance: random.Random, mine: Sequence[str], _: Sequence[str]) -> str:
    """With two words left out in the middle, and `…` where they were."""
    words = chance.choice(mine).split()
    middle = len(words) // 2
    return " ".join((*words[: middle - 1], "…", *words[middle + 1 :]))


def one_dropped(chance: random.Random, mine: Sequence[str], _: Sequence[str]) -> str:
    words = chance.choice(mine).split()
    del words[chance.randrange(len(words))]
    return " ".join(words)


def one_changed(chance: random.Random, mine: Sequence[str], others: Sequence[str]) -> str:
    words = chance.choice(mine).split()
    words[chance.randrange(len(words))] = chance.choice(chance.choice(others).split())
    return " ".join(words)


def from_another_book(chance: random.Random, _: Sequence[str], others: Sequence[str]) -> str:
    return chance.choice(others)


def spliced(chance: random.Random, mine: Sequence[str], others: Sequence[str]) -> str:
    """Half a sentence of the book, and half of another one."""
    mine_, other = chance.choice(mine).split(), chance.choice(others).split()
    return " ".join((*mine_[: len(mine_) // 2], *other[len(other) // 2 :]))


def words_swapped(chance: random.Random, mine: Sequence[str], others: Sequence[str]) -> str:
    words = chance.choice(mine).split()
    for at in chance.sample(range(len(words)), round(SWAPPED * len(words))):
        words[at] = chance.choice(chance.choice(others).split())
    return " ".join(words)


TRUE: Mapping[str, Quote] = {
    "as it is": as_it_is,
    "straight quotes, capitals": straightened,
    "cut by …": cut_out,
}
NEARLY: Mapping[str, Quote] = {"one word dropped": one_dropped, "one word changed": one_changed}
FALSE: Mapping[str, Quote] = {
    "from another book": from_another_book,
    "half spliced": spliced,
    "35 % of words swapped": words_swapped,
}


def made(kinds: Mapping[str, Quote], book: str, other: str) -> dict[str, list[str]]:
    """So many quotes of each kind, the same in every run."""
    mine, others = sentences(book), sentences(other)
    return {
        name: [kind(random.Random(f"{name}{n}"), mine, others) for n in range(PER_KIND)]
        for name, kind in kinds.items()
    }


def share(anchors: Anchors, quotes: Sequence[str]) -> float:
    """Of the quotes, those that are accepted."""
    return sum(anchors.find(quote) is not None for quote in quotes) / len(quotes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("other", type=Path)
    asked = parser.parse_args()
    book, other = asked.book.read_text("utf-8"), asked.other.read_text("utf-8")
    quotes = made({**TRUE, **NEARLY, **FALSE}, book, other)

    start = time.process_time()
    anchors = Anchors(book)
    shares = {kind: share(anchors, some) for kind, some in quotes.items()}
    seconds = time.process_time() - start

    for kind, accepted in shares.items():
        print(f"{kind:28} {accepted:6.1%}")
    print(f"{sum(map(len, quotes.values()))} quotes in {seconds:.2f} s of CPU")


if __name__ == "__main__":
    main()
