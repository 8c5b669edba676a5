"""Is the passage that states a fact found by the fact's subject and key? `python -m tests.benchmarks.retrieval BOOK.md`."""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from l2mac_write.ledger.keys import keys
from l2mac_write.machine.seeking import names
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from l2mac_write.text.counting import count_words

FACTS, WORDS, TOP = 200, 120_000, 8
FACTS_EACH, MAIN_PEOPLE = 5, 12
PLANTED = "people of whom the book says five facts"
CROWDED = "the same, each in ten more passages"
MAIN = "the book's own main people, on every page"
LEAST_FOUND, MOST_BUILD, MOST_QUERY = 0.9, 0.5, 0.005
HEADING = re.compile(r"(?m)^#{1,6} .*$")
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b")
WORDINGS = Path(__file__).parent / "seeds" / "wordings"
BANKS = ("dev.toml", "hidden.toml")
KEYS: Mapping[str, Sequence[str]] = {
    "eyes": ["eyes"],
    "hair": ["hair"],
    "scar": ["mark"],
    "age": ["age"],
    "birth": ["birth_date"],
    "kinship": ["kin_of"],
    "marital": ["spouse"],
    "occupation": ["occupation"],
    "death": ["dead"],
    "injury": ["injured"],
    "location": ["located_at", "lives_at"],
    "money": ["price"],
    "title": ["rank"],
}
"""By which keys of the ledger one asks for what each kind of wording states."""
FIRST = "Anselm Brida Corvin Dorthe Edric Fenna Gisla Harro Ilsabe Joost".split()  # noqa: SIM905
LAST = "Vane Rooke Tolliver Marsh Quill Sarn Weld Yarrow".split()  # noqa: SIM905
MENTIONS = (
    "{name} said nothing to this.",
    "It was {name} who answered at last.",
    "One looked to {name}, and then away.",
    "Of {name} there was no more talk that evening.",
    "Even {name} had to laugh.",
    "{name} shut the door and waited.",
    "So at least {name} told it afterwards.",
    "With {name} it was another matter.",
    "They had not reckoned with {name}.",
    "{name} was the last to leave.",
)
"""What else a book says of somebody: it is there to be passed over."""
VALUES: Mapping[str, Sequence[str]] = {
    "eyes": ["grey", "green", "brown"],
    "hair": ["red", "black", "fair"],
    "scar": ["chin", "left hand", "brow"],
    "age": ["nineteen", "forty", "61"],
    "birth": ["1771", "1784", "1790"],
    "kinship": ["aunt", "cousin", "nephew"],
    "occupation": ["cooper", "surgeon", "printer"],
    "location": ["Lynn", "Whitby", "Deal"],
    "money": ["twelve", "300", "forty"],
    "title": ["captain", "colonel", "lieutenant"],
}


@dataclass(frozen=True, slots=True)
class Fact:
    kind: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Result:
    found: Counter[str]
    asked: Counter[str]
    build: float
    query: float

    @property
    def share(self) -> float:
        return self.found.total() / self.asked.total()


def chapters(text: str, words: int) -> list[list[str]]:
    """The paragraphs of each, until there are so many words."""
    kept: list[list[str]] = []
    for chapter in HEADING.split(text):
        paragraphs = [p for p in chapter.strip().split("\n\n") if p]
        if paragraphs and sum(count_words(p) for c in kept for p in c) < words:
            kept.append(paragraphs)
    return kept


def own_people(text: str, most: int) -> list[str]:
    """The names that a book speaks of most: the hardest to ask for."""
    return [name for name, _ in Counter(NAME.findall(text)).most_common(most)]


def strangers(most: int) -> list[str]:
    return [f"{first} {last}" for first in FIRST for last in LAST][:most]


def facts(number: int, people: Sequence[str], chance: random.Random) -> list[Fact]:
    wordings = [
        tomllib.loads(file.read_text("utf-8"))["facts"] for file in map(WORDINGS.joinpath, BANKS)
    ]
    made = []
    for n in range(number):
        kind = chance.choice([*KEYS])
        wording = chance.choice([first for table in wordings for first, _ in table[kind]])
        subject, value = people[n % len(people)], chance.choice(VALUES.get(kind, [""]))
        other = chance.choice(people)
        made.append(Fact(kind, subject, wording.format(a=value, name=subject, other=other)))
    return made


def seeded(book: list[list[str]], sentences: Sequence[str], chance: random.Random) -> list[str]:
    """The book's chapters with one of the sentences at the end of as many paragraphs."""
    places = [(c, p) for c, chapter in enumerate(book) for p in range(len(chapter))]
    chosen = chance.sample(places, len(sentences))
    for (chapter, paragraph), sentence in zip(chosen, sentences, strict=True):
        book[chapter][paragraph] += f" {sentence}"
    return ["\n\n".join(chapter) for chapter in book]


def measured(
    text: str, *, number: int = FACTS, words: int = WORDS, seed: int = 0, people: str = PLANTED
) -> Result:
    chance = random.Random(seed)
    own = people == MAIN
    about = own_people(text, MAIN_PEOPLE) if own else strangers(number // FACTS_EACH)
    planted = facts(number, about, chance)
    mentioned = about if people == CROWDED else ()
    mentions = [m.format(name=name) for name in mentioned for m in MENTIONS]
    sentences = [*(fact.sentence for fact in planted), *mentions]
    book = seeded(chapters(text, words), sentences, chance)
    paths = [f"chapters/{n:03d}.md" for n in range(len(book))]
    start = time.process_time()
    filled = MemoryBook(dict(zip(paths, book, strict=True)))
    build = time.process_time() - start
    index, found, start = IndexedPassages(filled.rows), Counter[str](), time.process_time()
    for fact in planted:
        ways = tuple(word for key in KEYS[fact.kind] for word in keys()[key].words)
        best = index.best([*names([fact.subject], "en"), ways], paths, TOP)
        found[fact.kind] += any(fact.sentence in passage.text for passage in best)
    query = (time.process_time() - start) / number
    return Result(found, Counter(fact.kind for fact in planted), build, query)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path, help="a Markdown file of 120,000 words")
    parser.add_argument("--seeds", type=int, default=5)
    chosen = parser.parse_args()
    text = chosen.book.read_text("utf-8")
    results = [measured(text, seed=seed) for seed in range(chosen.seeds)]
    for kind in KEYS:
        asked = sum(r.asked[kind] for r in results)
        print(f"  {kind:12} {sum(r.found[kind] for r in results) / max(1, asked):6.1%} of {asked}")
    print(f"in the top {TOP}, of")
    for people in (PLANTED, CROWDED, MAIN):
        shares = [measured(text, seed=seed, people=people).share for seed in range(chosen.seeds)]
        print(f"  {people}: {', '.join(f'{share:.1%}' for share in shares)}")
    worst = min(r.share for r in results)
    build, query = max(r.build for r in results), max(r.query for r in results)
    print(f"index built in {build:.2f} s, a query takes {query * 1000:.1f} ms")
    sys.exit(worst < LEAST_FOUND or build > MOST_BUILD or query > MOST_QUERY)


if __name__ == "__main__":
    main()
