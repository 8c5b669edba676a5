"""Does `impact` name the chapters that say a changed fact? `python -m tests.benchmarks.impact BOOK.md`.

Into the first chapters of a real book go facts, into later ones sentences that say them again in
other words, some by a pronoun, and others that only look so: the same of somebody else, and
something else of the same one. Then the facts are changed, all in one edit of each chapter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from l2mac_write.history.impacts import impact
from l2mac_write.importers.manuscripts import cut
from l2mac_write.instructions import Outcome
from l2mac_write.ledger import page_file
from l2mac_write.ledger.keys import keys
from l2mac_write.ledger.normal import normal
from l2mac_write.ledger.rows import Being, Entity, Fact, Page
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.store.folder import BookFolder
from tests.benchmarks.seeds.words import HERE, spelled, table

CHAPTERS, HOMES, AGAIN, LIKE_IT = 40, 8, 5, 3
LEAST_RECALL, LEAST_PRECISION, MOST_SECONDS = 0.9, 0.8, 0.3
ALIKE = {"eyes", "hair", "birth", "kinship", "occupation", "term"}
"""Kinds of which all wordings speak of one matter, so that any of them may say it again."""
LEAVE = {"swap", "table", "lost"}
"""What has no value that another sentence could say again, or is no sentence."""
ELSE = (
    "{name} said nothing to this.",
    "It was {name} who answered at last.",
    "Even {name} had to laugh, and shut the door.",
    "{name} had been away for a week and was the last to come home.",
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A fact in one chapter, and which later chapters say it again."""

    kind: str
    wording: str
    fact: Fact
    home: int
    changed: str
    again: frozenset[int]


@dataclass(slots=True)
class Seeded:
    """The texts of a book, and what is planted into them."""

    texts: list[str]
    seeds: list[Seed] = field(default_factory=list)
    entities: dict[int, list[Entity]] = field(default_factory=dict)

    def plant(self, chapter: int, sentence: str, chance: Random) -> None:
        """At the end of some paragraph of that chapter, counted from 1."""
        paragraphs = self.texts[chapter - 1].split("\n\n")
        at = chance.randrange(1, len(paragraphs))
        paragraphs[at] = f"{paragraphs[at].rstrip()} {sentence[0].upper()}{sentence[1:]}"
        self.texts[chapter - 1] = "\n\n".join(paragraphs)


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of `types.toml` that has a value, with its wordings of one half."""

    name: str
    half: str
    key: str
    values: str
    subject: str
    wordings: Sequence[Sequence[str]]


def kinds(half: str) -> Iterator[Kind]:
    rows = table("types.toml")["facts"]
    for one in ("dev", "hidden") if half == "all" else (half,):
        known = tomllib.loads((HERE / f"wordings/{one}.toml").read_text("utf-8"))["facts"]
        for name, found in known.items():
            if (values := rows[name].get("values")) and name not in LEAVE:
                subject = str(rows[name].get("subject", "name"))
                yield Kind(name, one, str(rows[name]["key"]), str(values), subject, found)


def seeded(texts: list[str], half: str, chance: Random) -> Seeded:
    book, pools = Seeded(texts), _pools()
    for kind in kinds(half):
        for number in range(len(kind.wordings)):
            _plant(book, kind, number, pools, chance)
    return book


def _plant(
    book: Seeded, kind: Kind, number: int, pools: Mapping[str, list[str]], chance: Random
) -> None:
    """The fact as the wording has it, and again as other wordings of the same matter would."""
    wording = kind.wordings[number]
    slots, other = _slots(wording, kind, pools, chance)
    home = chance.randrange(1, HOMES + 1)
    later = chance.sample(range(HOMES + 1, CHAPTERS + 1), AGAIN + LIKE_IT + len(ELSE))
    anchor, subject = _sentence(wording[0], slots), slots[kind.subject]
    book.plant(home, anchor, chance)
    for chapter in later[:AGAIN]:
        said = chance.choice(kind.wordings) if kind.name in ALIKE else wording
        book.plant(chapter, _again(said[1].format(**slots), subject, chance), chance)
    for chapter in later[AGAIN : AGAIN + LIKE_IT]:
        book.plant(chapter, wording[1].format(**other), chance)
    for chapter, text in zip(later[AGAIN + LIKE_IT :], ELSE, strict=True):
        book.plant(chapter, text.format(name=subject), chance)
    value = normal(slots["a"], keys()[kind.key].type)
    fact = Fact(subject, kind.key, slots["a"], value, quote=anchor, chapter=f"c{home}")
    changed = _sentence(wording[0], {**slots, "a": other["new"], "month_a": other["new"]})
    name = f"{kind.half}-{kind.name}-{number}"
    book.seeds.append(Seed(kind.name, name, fact, home, changed, frozenset(later[:AGAIN])))
    known = [Entity(subject, BEINGS[kind.subject], quote=anchor)]
    known += [Entity(slots[slot], Being.PERSON, quote=anchor) for slot in ("name", "other")]
    book.entities.setdefault(home, []).extend(known)


def _slots(
    wording: Sequence[str], kind: Kind, pools: Mapping[str, list[str]], chance: Random
) -> tuple[dict[str, str], dict[str, str]]:
    """What fills the sentences of the fact, and those of somebody else; `new` is another value."""
    a, b = chance.sample(pools["months" if "{month_a}" in wording[0] else kind.values], 2)
    people = chance.sample(pools["names"], 3)
    pairs = {slot: chance.sample(pools[pool], 2) for slot, pool in SLOTS.items()}
    value = {"a": a, "b": a, "month_a": a, "month_b": a, "other": people[1]}
    mine = {slot: pair[0] for slot, pair in pairs.items()}
    others = {slot: pair[1] for slot, pair in pairs.items()}
    return {**mine, **value, "name": people[0]}, {**others, **value, "name": people[2], "new": b}


BEINGS = {
    "name": Being.PERSON,
    "place": Being.PLACE,
    "term": Being.TERM,
    "object": Being.THING,
}
SLOTS = {"object": "objects", "place": "places", "term": "terms", "secret": "secrets"}


def _pools() -> dict[str, list[str]]:
    found = tomllib.loads((HERE / "wordings/pools.toml").read_text("utf-8"))
    return {
        **found,
        "ages": [spelled(age) for age in range(18, 70)],
        "years": [str(year) for year in range(1760, 1830)],
        "counts": [spelled(count) for count in range(3, 60)],
    }


def _sentence(wording: str, slots: Mapping[str, str]) -> str:
    text = wording.format(**slots)
    return text[0].upper() + text[1:]


def _again(sentence: str, subject: str, chance: Random) -> str:
    """Half of those that begin with the name have it in the sentence before, and a pronoun."""
    rest = sentence.removeprefix(subject)
    if rest == sentence or chance.random() < 0.5:
        return sentence
    pronoun = "Her" if rest.startswith("’s") else "She"
    return f"Now {subject} came to the window. {pronoun}{rest.removeprefix('’s')}"


def written(root: Path, book: Seeded) -> None:
    """A book folder with the seeded chapters, and what a reader has noted of the first ones."""
    chapters = tuple(
        ChapterPlan(n, f"Chapter {n}", "", 3_000, id=f"c{n}") for n in range(1, CHAPTERS + 1)
    )
    with closing(BookFolder.create(root)) as folder:
        folder.begin_settings('prompt = "A book."\n')
        folder.commit(
            Outcome("plan", writes="plan.toml"),
            {"plan.toml": dump(Plan("A Book", "", "", (), chapters))},
        )
        for chapter, text in zip(chapters, book.texts, strict=True):
            name = f"chapter/{chapter.id}"
            folder.commit(Outcome(name, writes=chapter.path), {chapter.path: text})
        for home, entities in book.entities.items():
            facts = [seed.fact for seed in book.seeds if seed.home == home]
            page = page_file.dump(Page(f"c{home}", rows=(*dict.fromkeys(entities), *facts)))
            path = page_file.PAGE.format(home)
            folder.commit(Outcome(f"facts/c{home}", writes=path), {path: f"{page}\n"})
        for home in book.entities:
            path = chapters[home - 1].path
            text = folder.read(path)
            for seed in book.seeds:
                text = text.replace(seed.fact.quote, seed.changed) if seed.home == home else text
            folder.revise(folder.versions(path)[-1], text, "changed")


def measured(root: Path, book: Seeded, *, tell: bool) -> tuple[Counter[str], Counter[str], float]:
    """By kind: chapters that say it, found, and named; and the longest that one question took."""
    totals, kinds, longest = Counter[str](), Counter[str](), 0.0
    for home in book.entities:
        start = time.process_time()
        found = impact(root, str(home))
        longest = max(longest, time.process_time() - start)
        named = {
            i.altered.row.id: {r.chapter.number for r in i.reliances}
            for i in found.impacts
            if isinstance(i.altered.row, Fact)
        }
        for seed in (seed for seed in book.seeds if seed.home == home):
            there = named.get(seed.fact.id, set())
            for name, count in (
                ("said", len(seed.again)),
                ("named", len(there)),
                ("right", len(there & seed.again)),
            ):
                totals[name] += count
                kinds[f"{seed.kind} {name}"] += count
            if tell and there != seed.again:
                print(
                    f"  {seed.wording}: missed {sorted(seed.again - there)}, wrong {sorted(there - seed.again)}"
                )
    return totals, kinds, longest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("--wordings", choices=("dev", "hidden", "all"), default="dev")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tell", action="store_true", help="name each chapter that is missed or wrong"
    )
    chosen = parser.parse_args()
    texts = [p.text for p in cut(chosen.book.name, chosen.book.read_text("utf-8")) if not p.above]
    book = seeded(texts[:CHAPTERS], chosen.wordings, Random(chosen.seed))
    with tempfile.TemporaryDirectory() as place:
        written(Path(place) / "book", book)
        totals, kinds, longest = measured(Path(place) / "book", book, tell=chosen.tell)
    for kind in dict.fromkeys(seed.kind for seed in book.seeds):
        said, right, named = (kinds[f"{kind} {name}"] for name in ("said", "right", "named"))
        print(
            f"  {kind:12} recall {right / said:.2f}, precision {right / max(1, named):.2f} ({said})"
        )
    recall, precision = totals["right"] / totals["said"], totals["right"] / max(1, totals["named"])
    print(f"{len(book.seeds)} facts said again {totals['said']} times in {CHAPTERS} chapters:")
    print(
        f"recall {recall:.3f} (at least {LEAST_RECALL}), precision {precision:.3f} (at least {LEAST_PRECISION}), {longest:.3f} s"
    )
    sys.exit(recall < LEAST_RECALL or precision < LEAST_PRECISION)


if __name__ == "__main__":
    main()
