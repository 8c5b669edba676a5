"""Seeding: errors are planted the same way every time, and nothing else of the book is touched."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from l2mac_write.findings import Evidence, Finding, Severity
from tests.benchmarks.seeds import PROSE
from tests.benchmarks.seeds.books import Book, Span, books
from tests.benchmarks.seeds.copies import Wanted, copies
from tests.benchmarks.seeds.judging import Heard, Said
from tests.benchmarks.seeds.planting import Edit, Planted, Seed, manifest, planted, restored
from tests.benchmarks.seeds.scoring import Score, paragraph_at, wilson
from tests.benchmarks.seeds.words import nth, spelled, table, wordings

BOOKS = tuple(books(PROSE))
TYPES = table("types.toml")
KINDS = [(tier, kind) for tier in ("mechanical", "facts") for kind in TYPES[tier]]
BOOK = Book("small", "# Small\n\n## One\n\nThe cat sat.\n\nThe dog ran.\n")
SEED = Seed("typo", "mechanical", ("CHR-NAME",), (Edit(20, 23, "caat"),))


@cache
def seeded(half: str = "dev", seed: int = 0) -> tuple[Planted, ...]:
    return tuple(c for book in BOOKS for c in copies(book, Wanted("all", half, 2, seed)))


@pytest.mark.parametrize("half", ["dev", "hidden"])
def test_a_book_can_be_read_back_from_its_seeded_copy_and_the_manifest(half):
    assert all(restored(copy) == copy.book.text for copy in seeded(half))


def test_only_the_listed_places_of_a_copy_are_new():
    for copy in seeded():
        spans = sorted({(p.start, p.end) for row in copy.rows for p in row.places})
        edges = [0, *(edge for span in spans for edge in span), len(copy.text)]
        kept = [copy.text[start:end] for start, end in list(pairwise(edges))[::2]]
        position = 0
        for piece in kept:
            position = copy.book.text.index(piece, position) + len(piece)


def test_the_same_seed_plants_the_same_errors_and_another_one_others():
    again = [c.text for book in BOOKS for c in copies(book, Wanted("all", "dev", 2, 0))]

    assert again == [copy.text for copy in seeded()]
    assert again != [copy.text for copy in seeded(seed=1)]


@pytest.mark.parametrize(("tier", "kind"), KINDS)
def test_every_type_finds_room_in_every_book(tier, kind):
    for book in BOOKS:
        wanted = Wanted(tier, "all", 2, types=(kind,))
        rows = [row for copy in copies(book, wanted) for row in copy.rows]

        assert any(row.seed.type == kind and row.seed.tier == tier for row in rows), book.name


def test_what_is_planted_changes_the_text_unless_it_marks_the_other_end():
    for copy in seeded():
        for row in copy.rows:
            assert any(place.before != place.after for place in row.places)


def test_no_wording_is_in_both_halves():
    halves = [wordings(half, BOOK).families for half in ("dev", "hidden")]
    texts = [
        {w.texts for kinds in half.values() for known in kinds.values() for w in known}
        for half in halves
    ]

    assert len(texts[0] & texts[1]) <= 2  # the marks of footnotes can hardly differ


def test_every_type_of_fact_has_twelve_wordings_and_there_are_sixty_leaks():
    known = wordings("all", BOOK).families

    assert all(len(found) >= 12 for found in known["facts"].values())
    assert sum(len(found) for found in known["leaks"].values()) >= 60


def test_the_facts_of_a_pair_stand_in_the_copy_word_for_word():
    pairs = [row for copy in seeded() for row in copy.rows if row.seed.notes]

    assert pairs
    for row in pairs:
        for note, place in zip(row.seed.notes, row.places, strict=True):
            assert note.quote[1:] in place.after


def test_the_manifest_says_where_each_error_is_and_what_stood_there():
    row = manifest(planted(BOOK, [SEED]))[0]

    assert row["id"] == "small-typo-0"
    assert row["book"] == BOOK.sha
    assert row["places"] == [
        {"start": 20, "end": 24, "before": BOOK.text[20:23], "after": "caat", "origin": 20}
    ]


def test_edits_that_overlap_are_refused():
    with pytest.raises(AssertionError, match="overlap"):
        planted(BOOK, [SEED, Seed("typo", "mechanical", (), (Edit(22, 25, "x"),))])


def said(code="CHR-NAME", at=(20, 24), *, conflict=(), by="names", severity=Severity.REVISE):
    evidence = Evidence("small.md", "x") if conflict else None
    finding = Finding(code, severity, "small.md", "m", str(at), conflict=evidence, by=by)
    return Said(finding, Span(0, 99), (Span(*at),), tuple(Span(*c) for c in conflict))


def score(*found: Said, clean: tuple[Said, ...] = (), seed: Seed = SEED) -> Score:
    score = Score()
    before = Heard(clean, 0.0)
    score.clean("small", BOOK.text, before)
    score.seeded(planted(BOOK, [seed]), Heard((*found, *clean), 0.0), before)
    return score


def test_a_finding_in_the_paragraph_under_the_right_code_is_a_hit():
    hit = score(said()).hits[0]

    assert hit.placed
    assert hit.named
    assert hit.by == hit.strong == {("names", "CHR-NAME")}


def test_the_wrong_code_is_in_place_and_not_named():
    hit = score(said("DOC-TYPO")).hits[0]

    assert (hit.placed, hit.named) == (True, False)


def test_what_is_said_elsewhere_is_a_false_alarm_unless_the_clean_book_got_it_too():
    beside, known = said(at=(33, 36)), said(at=(34, 36))

    assert [a.origin for a in score(beside, clean=(known,)).alarms] == ["clean", "beside"]
    assert not score(beside).hits[0].placed


def test_what_is_said_beside_seeds_of_another_kind_is_not_held_against_precision():
    own, other = said(at=(33, 36)), said("DOC-META", at=(34, 36))

    assert [alarm.counts for alarm in score(own, other).alarms] == [True, False]


def test_both_ends_are_found_only_with_the_conflicting_quote():
    ends = (Edit(16, 28, BOOK.text[16:28]), Edit(30, 42, "The dog sat."))
    seed = Seed("numbers", "mechanical", ("NUM-QTY",), ends)

    assert not score(said("NUM-QTY", (31, 33)), seed=seed).hits[0].both
    assert score(said("NUM-QTY", (31, 33), conflict=((17, 19),)), seed=seed).hits[0].both


def test_a_decoy_that_is_flagged_is_a_false_alarm_and_one_that_is_not_was_let_pass():
    decoy = Seed("dream", "decoys", (), (Edit(20, 23, "caat"),), decoy=True)

    assert [a.origin for a in score(said(), seed=decoy).alarms] == ["dream"]
    assert [row.seed.type for row in score(seed=decoy).quiet] == ["dream"]


def test_a_paragraph_reaches_from_empty_line_to_empty_line():
    start, end = BOOK.text.index("The cat"), BOOK.text.index("\n\nThe dog")

    assert paragraph_at(BOOK.text, Span(start + 4, start + 7)) == Span(start, end)


def test_an_interval_is_narrower_the_more_is_known():
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(40, 40)[0] == pytest.approx(0.912, abs=0.001)
    assert wilson(8, 10)[0] < wilson(80, 100)[0]


def test_numbers_are_written_as_in_prose():
    assert [spelled(n) for n in (0, 19, 20, 46)] == ["zero", "nineteen", "twenty", "forty-six"]
    assert [nth(n) for n in (1, 2, 3, 11, 21)] == ["1st", "2nd", "3rd", "11th", "21st"]
