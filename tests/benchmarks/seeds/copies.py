"""The seeded copies of a book: which errors go into which copy, and their clean twins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.benchmarks.seeds import sentences, shape, texture
from tests.benchmarks.seeds.books import Book
from tests.benchmarks.seeds.ground import Ground
from tests.benchmarks.seeds.pairs import Kind, decoys, facts
from tests.benchmarks.seeds.planting import Planted, Seed, planted
from tests.benchmarks.seeds.shape import Found, Site
from tests.benchmarks.seeds.words import Wordings, table, wordings

Seeder = Callable[[Site], Iterator[Found]]
LEAKS = ("placeholder", "refusal", "assistant", "prompt", "outline", "language")
WIDE = {"empty", "short", "truncation", "number_skipped", "number_repeated", "title_repeated"}
"""Types of which a finding may speak without quoting anything."""
TOGETHER = 6
"""Types of facts in one copy."""
SHAPE = (
    shape.truncation, shape.empty, shape.short, shape.number_skipped, shape.number_repeated,
    shape.title_repeated, shape.opening, shape.ending,
)  # fmt: skip
TEXTURE = (
    texture.duplicate, texture.edited, texture.loop, texture.typo, texture.mojibake,
    texture.quotes, texture.speech, texture.markup,
)  # fmt: skip
SENTENCES = (
    sentences.weekday, sentences.age, sentences.days, sentences.numbers, sentences.reference,
    sentences.footnote, sentences.note, sentences.section, sentences.acronym,
)  # fmt: skip
SEEDERS: Mapping[str, Seeder] = {
    **{seeder.__name__: seeder for seeder in (*SHAPE, *TEXTURE, *SENTENCES)},
    **{kind: sentences.leaks(kind) for kind in LEAKS},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to plant: `tier` is `mechanical`, `facts` or `all`, `half` of the wordings likewise."""

    tier: str = "all"
    half: str = "dev"
    count: int = 10
    seed: int = 0
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """One type of error, and what plants it."""

    name: str
    tier: str
    codes: tuple[str, ...]
    seeder: Seeder
    decoy: bool = False


def copies(book: Book, wanted: Wanted) -> Iterator[Planted]:
    """Each copy with its own errors, followed by its twin, in which what can agree agrees."""
    known = wordings(wanted.half, book)
    for sorts in passes(known, wanted):
        seeds = _seeds(book, known, sorts, wanted)
        if seeds:
            yield planted(book, seeds)
        twins = [
            replace(s, edits=s.agreed, notes=s.agreed_notes, decoy=True) for s in seeds if s.agreed
        ]
        if twins:
            yield planted(book, twins)


def passes(known: Wordings, wanted: Wanted) -> Iterator[list[Sort]]:
    rows = table("types.toml")
    if wanted.tier in ("mechanical", "all"):
        together: dict[str, list[Sort]] = {}
        for name, row in rows["mechanical"].items():
            sort = Sort(name, "mechanical", tuple(row["codes"]), SEEDERS[name])
            together.setdefault(row["pass"], []).append(sort)
        yield from (_wanted(sorts, wanted) for sorts in together.values())
    if wanted.tier in ("facts", "all"):
        kinds = [Kind(name, **row) for name, row in rows["facts"].items()]
        sorts = [Sort(kind.name, "facts", tuple(kind.codes), facts(kind)) for kind in kinds]
        sorts = _wanted(sorts, wanted)
        yield from (sorts[at : at + TOGETHER] for at in range(0, len(sorts), TOGETHER))
    yield _wanted(
        [
            Sort(name, "decoys", (), decoys(name, row["said"]), decoy=True)
            for name, row in rows["decoys"].items()
        ],
        wanted,
    )


def _wanted(sorts: Sequence[Sort], wanted: Wanted) -> list[Sort]:
    return [sort for sort in sorts if not wanted.types or sort.name in wanted.types]


def _seeds(book: Book, known: Wordings, sorts: Sequence[Sort], wanted: Wanted) -> list[Seed]:
    ground = Ground(book)
    return [
        Seed(
            sort.name,
            sort.tier,
            sort.codes,
            found.edits,
            found.distance,
            found.wording,
            wide=sort.name in WIDE,
            decoy=sort.decoy,
            agreed=found.agreed,
            notes=found.notes,
            agreed_notes=found.agreed_notes,
        )
        for sort in sorts
        for found in sort.seeder(
            Site(
                book,
                ground,
                texture.chance_of(book.name, sort.name, wanted.seed),
                wanted.count,
                known,
            )
        )
    ]
