"""What code adds behind the chapters, and when: a glossary and an index."""

from dataclasses import replace

import pytest

from l2mac_write.book import Brief, Headword, Part, Section
from l2mac_write.machine.apparatus import alphabetical, apparatus, occurrences
from l2mac_write.machine.conditions import Case
from l2mac_write.plan import Entry, Person, Plan
from tests.machine.machines import word
from tests.timing import at_most

PLAN = Plan(
    title="Tides",
    premise="How tides work.",
    style="plain",
    people=(Person("Ada Quill"), Person("Will")),
    chapters=(),
    fiction=False,
    places=(Entry("Ys"),),
    terms=(Entry("Seiche", "A standing wave."), Entry("neap tide", "A weak one.")),
)
TEXTS = (
    "The sea will rise at Ys.",
    "A seiche, said Ada\nQuill, is no **neap tide**. Seiche!",
    "Will’s neap tides; a seiche.",
)


def chapters(*texts):
    return [
        Section("chapter", Part.BODY, f"chapters/{n}.md", "", text, n)
        for n, text in enumerate(texts, start=1)
    ]


def made(plan=PLAN, texts=TEXTS, *, kind="book", there=()):
    case = Case(Brief("Tides.", kind=kind), plan)
    return {s.kind: s.headwords for s in apparatus(case, chapters(*texts), there)}


def found(name, text):
    """Whether a term of that name is found in the text."""
    plan = replace(PLAN, people=(), places=(), terms=(Entry(name, "m"),))
    return bool(occurrences(plan, chapters(text)))


def test_a_glossary_gives_each_term_s_meaning_and_the_chapter_that_uses_it_first():
    assert made()["glossary"] == (
        Headword("neap tide", "A weak one.", (2,)),
        Headword("Seiche", "A standing wave.", (2,)),
    )


def test_an_index_gives_every_chapter_that_names_a_term_a_person_or_a_place():
    assert made()["index"] == (
        Headword("Ada Quill", chapters=(2,)),
        Headword("neap tide", chapters=(2,)),
        Headword("Seiche", chapters=(2, 3)),
        Headword("Will", chapters=(3,)),
        Headword("Ys", chapters=(1,)),
    )


def test_a_chapter_without_a_number_has_its_place_in_them_too():
    sections = [replace(section, number=n) for n, section in enumerate(chapters(*TEXTS))]
    made = {s.kind: s.headwords for s in apparatus(Case(Brief("Tides."), PLAN), sections, ())}

    assert Headword("Ys", chapters=(1,)) in made["index"]


@pytest.mark.parametrize(
    ("changes", "kind", "kinds"),
    [
        ({}, "book", ["glossary", "index"]),
        ({"fiction": True}, "document", ["glossary", "index"]),
        ({"fiction": True}, "book", []),
        ({"fiction": True, "matter": ("index",)}, "book", ["index"]),
        ({"fiction": True, "matter": ("glossary",)}, "book", ["glossary"]),
        ({"terms": ()}, "book", []),
        ({"terms": (), "matter": ("index", "glossary")}, "book", ["index"]),
        ({"terms": (Entry("ebb", "Never named."),)}, "book", ["index"]),
    ],
)
def test_they_are_for_non_fiction_with_terms_and_for_whoever_asks(changes, kind, kinds):
    assert [*made(replace(PLAN, **changes), kind=kind)] == kinds


def test_one_that_the_book_has_already_is_not_made_again():
    assert [*made(there=("glossary",))] == ["index"]


def test_a_term_that_no_chapter_uses_is_left_out():
    plan = replace(PLAN, terms=(*PLAN.terms, Entry("spring tide", "A strong one.")))

    assert made(plan) == made()


def test_a_term_without_a_meaning_is_indexed_and_not_explained():
    plan = replace(PLAN, terms=(Entry("seiche"),))

    assert [*made(plan)] == ["index"]


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("tide", "the tide mill", True),
        ("tide", "the tides", False),
        ("tide", "Tide and time", True),
        ("TIDE", "the tide", False),
        ("tide mill", "the *tide*\n`mill`", True),
        ("tide mill", "tide, mill", False),
        ("C++", "in C++ it", True),
        ("l’étale", "à l'étale de", True),
        ("e\u0301tale", "étale", True),
        ("潮汐", "关于潮汐的书", True),
        ("潮水", "关于潮汐的书", False),
        ("...", "and ...", False),
        ("", "and", False),
    ],
)
def test_whole_words_count_as_they_are_spelled(name, text, is_found):
    assert found(name, text) is is_found


def test_names_of_people_are_not_ordinary_words():
    assert made(texts=("They will.",)) == {}


def test_the_alphabet_knows_neither_accents_nor_case_nor_the_machine_s_language():
    names = ["Zeta", "Øre", "zebra", "Ärger", "arg", "“Ad”", "Éclat", "ßen", "Ort", "10 m", "Ѐж"]

    assert sorted(names, key=alphabetical) == [
        "10 m", "“Ad”", "arg", "Ärger", "Éclat", "Øre", "Ort", "ßen", "zebra", "Zeta", "Ѐж",
    ]  # fmt: skip


def test_marks_that_turn_the_direction_of_writing_are_left_out():
    plan = replace(PLAN, people=(), terms=(Entry("\u202eebb\u202c", "\u2067low"),))

    assert made(plan, ("The ebb.",))["glossary"] == (Headword("ebb", "low", (1,)),)


def test_a_name_as_long_as_a_page_is_no_term():
    name = " ".join(f"w{n}" for n in range(500))

    assert not found(name, name)


def book_of(words):
    vocabulary = [word(n) for n in range(20_000)]
    return [
        " ".join(vocabulary[(n * 7919 + at * 31) % 20_000] for at in range(words // 30))
        for n in range(30)
    ]


@pytest.mark.parametrize(("entries", "seconds"), [(500, 0.3), (10_000, 0.7)])
def test_many_entries_of_a_long_book_are_found_at_once(entries, seconds):
    texts = book_of(300_000)
    terms = tuple(
        Entry(" ".join(texts[n % 30].split()[n : n + 1 + n % 3]), "m") for n in range(entries)
    )
    plan = replace(PLAN, terms=terms)
    manuscript = chapters(*texts)

    with at_most(seconds):
        sections = [*apparatus(Case(Brief("T."), plan), manuscript, ())]

    assert len(sections[1].headwords) > entries / 4


def test_ten_thousand_names_that_begin_alike_are_harmless():
    terms = tuple(Entry("the " * (n % 300 + 1) + str(n), "m") for n in range(10_000))
    plan = replace(PLAN, terms=terms)

    with at_most(1.6):
        occurrences(plan, chapters("the " * 100_000))
