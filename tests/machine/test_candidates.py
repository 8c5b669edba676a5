"""A new fact is held against few passages, and the one that it contradicts is among them."""

from dataclasses import replace

import pytest

from l2mac_write.ledger.rows import Event, Fact
from l2mac_write.machine.candidates import NOTED, RECENT, SOUGHT, Past, candidates
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages

TEXTS = {
    "chapters/01.md": "Anna’s eyes were grey.\n\nThe gate is never opened before six.",
    "chapters/02.md": "Anna died that night.\n\nTomas dropped the sextant into the sea.",
    "chapters/03.md": "Anna’s eyes were brown.\n\nAt four the gate stood open.",
}
PATHS = {"one": "chapters/01.md", "two": "chapters/02.md", "three": "chapters/03.md"}
GREY = Fact(
    "Anna", "eyes", "grey", "grey", quote="Anna’s eyes were grey.", chapter="one", paragraph=1
)
BROWN = Fact(
    "Anna", "eyes", "brown", "brown", quote="Anna’s eyes were brown.", chapter="three", paragraph=1
)
DEAD = Fact(
    "Anna", "dead", "fever", "fever", quote="Anna died that night.", chapter="two", paragraph=1
)
LOST = Fact("sextant", "condition", "lost", "lost", quote="Tomas dropped the sextant into the sea.", chapter="two", paragraph=2)  # fmt: skip


def found(new, *rows, paths=PATHS, texts=TEXTS):
    passages = IndexedPassages(MemoryBook(texts).rows)
    return candidates(new, Past(rows, passages, paths))


def test_what_the_ledger_has_otherwise_comes_first():
    first, *_ = found(BROWN, GREY, DEAD)

    assert first.row == GREY
    assert (first.path, first.paragraph) == ("chapters/01.md", 1)


def test_a_death_is_held_against_what_the_dead_do():
    laughs = Event("Anna laughs", ("Anna",), quote="Anna laughed.", chapter="three", paragraph=3)

    assert found(laughs, GREY, DEAD)[0].row == DEAD


def test_a_thing_that_was_lost_is_held_against_whoever_has_it():
    has = Fact("sextant", "held_by", "Ines", "ines", quote="Ines had the sextant.", chapter="three")

    assert found(has, GREY, LOST)[0].row == LOST


def test_what_the_ledger_does_not_have_is_sought_in_the_book():
    gate = Fact("the gate", "rule", "opens at four", quote="At four the gate stood open.", chapter="three", paragraph=2)  # fmt: skip

    assert found(gate)[0].quote == "The gate is never opened before six."


def test_what_a_person_says_is_not_held_against_what_is_so():
    lie = Fact("Anna", "eyes", "brown", "brown", said="dialogue", speaker="Tomas", quote="Hers are brown.", chapter="three")  # fmt: skip

    assert all(candidate.row is None for candidate in found(lie, GREY))


BELL = Fact("the bell", "other", "cast in bronze", quote="The bell was cast in bronze by the river.", chapter="three", paragraph=9)  # fmt: skip
RIVER = "\n\n".join(f"By the river was barge {number}." for number in range(30))


MANY = "Many of them had come a long way for it, over the hills, and some slept in the barn."


@pytest.mark.parametrize(
    ("told", "is_shown"),
    [
        ("Konrad Vane won the race at the fair.", True),
        ("Konrad Vane fell asleep, and nobody saw the race, the fireworks or the fair.", False),
    ],
)
def test_what_one_did_is_held_against_the_same_done_by_another(told, is_shown):
    won = Fact("Ines Roe", "other", "Ines Roe", quote="They cheered Ines Roe, the winner of the race at the fair.", chapter="three", paragraph=2)  # fmt: skip
    texts = {
        **TEXTS,
        "chapters/01.md": f"{MANY} {told}",
        "chapters/03.md": f"{MANY}\n\n{won.quote}",
    }

    shown = [candidate.quote for candidate in found(won, texts=texts)]

    assert any(told in quote for quote in shown) == is_shown


@pytest.mark.parametrize(
    ("told", "is_shown"),
    [("In bronze it was cast.", True), ("What was cast was by the river.", False)],
)
def test_words_that_the_whole_book_is_full_of_do_not_make_a_pair(told, is_shown):
    texts = {"chapters/01.md": f"{RIVER}\n\n{told}"}

    among = found(BELL, texts=texts)
    assert (told in [candidate.quote for candidate in among]) is is_shown


@pytest.mark.parametrize(
    ("told", "is_shown"),
    [("Ines saw her eyes.", False), ("Anna shut her eyes, which were black.", True),
     ("Anna came. A black cat had its eyes on her.", False)],
)  # fmt: skip
def test_the_words_of_a_key_count_beside_the_name_alone(told, is_shown):
    many = "\n\n".join(f"Anna passed gate {number}." for number in range(30))
    brown = replace(BROWN, quote="Hers were of a warm brown.")

    among = found(brown, texts={"chapters/01.md": f"{many}\n\n{told}"})
    assert (told in [candidate.quote for candidate in among]) is is_shown


def test_who_is_seldom_named_is_sought_where_the_ledger_tells_nothing_of_them():
    texts = {"chapters/01.md": "Anna came at noon.", "chapters/02.md": "Anna left for the sea."}
    wife = Fact("Anna", "kin_of", "wife of Tomas", quote="Tomas married her.", chapter="three", paragraph=1)  # fmt: skip
    noted = replace(GREY, key="mood", quote="Anna came at noon.")

    assert {c.path for c in found(wife, texts=texts)} == {*texts}
    assert {c.path for c in found(wife, noted, texts=texts)} == {"chapters/02.md"}


def test_chapters_that_may_not_be_seen_are_not():
    seen = {"three": "chapters/03.md"}
    gate = replace(GREY, key="rule", quote="Nobody opens the gate.", chapter="three", paragraph=3)

    assert {candidate.path for candidate in found(gate, DEAD, paths=seen)} == {"chapters/03.md"}


def test_what_says_the_same_is_not_held_against_it():
    again = replace(BROWN, value="grey", normal="grey")

    assert all(candidate.row is None for candidate in found(again, GREY))


def test_what_the_text_says_has_changed_has():
    dyed = replace(BROWN, key="hair", old="grey")

    assert all(candidate.row is None for candidate in found(dyed, replace(GREY, key="hair")))


def test_an_age_that_falls_is_held_against_what_was_so_whatever_the_row_says_of_it():
    sixteen = replace(GREY, key="age", value="16", normal="16", since="1921-10-03")
    younger = replace(BROWN, key="age", value="15", normal="15", old="16", since="1921-10-06")

    assert sixteen in [c.row for c in found(younger, sixteen)]
    assert sixteen not in [c.row for c in found(replace(younger, normal="17"), sixteen)]
    assert sixteen not in [c.row for c in found(replace(younger, since="1912"), sixteen)]


def test_of_what_may_change_only_what_was_so_last_is_held_against_it():
    hair = [replace(GREY, key="hair", normal=value, chapter=chapter)
            for value, chapter in (("red", "one"), ("grey", "two"))]  # fmt: skip

    rows = [c.row for c in found(replace(BROWN, key="hair"), *hair) if c.row]
    assert rows == [hair[1]]


@pytest.mark.parametrize(("before", "counts"), [("dead", True), ("mood", False), ("trait", False)])
def test_of_what_somebody_does_only_states_that_hinder_it_are_shown(before, counts):
    laughs = Event("Anna laughs", ("Anna",), quote="Anna laughed.", chapter="three", paragraph=3)

    assert bool([c for c in found(laughs, replace(DEAD, key=before)) if c.row]) is counts


def test_a_state_that_is_over_hinders_nothing():
    well = replace(
        DEAD, value="none", normal="none", quote="Anna was well.", chapter="two", paragraph=2
    )
    laughs = Event("Anna laughs", ("Anna",), quote="Anna laughed.", chapter="three", paragraph=3)

    assert not [
        c for c in found(laughs, replace(DEAD, key="ill"), replace(well, key="ill")) if c.row
    ]


def test_where_somebody_is_counts_at_one_time_alone():
    here = Fact("Anna", "located_at", "Rome", "rome", since="that night", quote="x", chapter="one")
    there = replace(here, value="Bath", normal="bath", quote="y", chapter="three")

    assert [c.row for c in found(there, here) if c.row] == [here]
    assert not [c for c in found(replace(there, since="the day after"), here) if c.row]


def test_things_told_of_somebody_have_to_share_words():
    claims = [replace(GREY, key="other", value=text, normal=text, quote=text)
              for text in ("keeps forty bees in the loft", "likes to sing at the window")]  # fmt: skip
    new = replace(BROWN, key="other", value="keeps no bees", normal="no bees", quote="She keeps no bees.")  # fmt: skip

    assert [c.row for c in found(new, *claims) if c.row] == claims[:1]


def test_a_letter_may_be_held_against_what_is_so():
    letter = replace(BROWN, said="document", quote="I have brown eyes.")

    assert found(letter, GREY)[0].row == GREY


def test_what_comes_later_in_the_chapter_is_held_against_it_there_and_not_here():
    rule = Fact("the gate", "rule", "never before six", quote="The gate is never opened before six.", chapter="one", paragraph=2)  # fmt: skip
    later = {
        **TEXTS,
        "chapters/01.md": f"{TEXTS['chapters/01.md']}\n\nThe gate was opened before six.",
    }

    assert ("chapters/01.md", 3) not in {(c.path, c.paragraph) for c in found(rule, texts=later)}


def test_of_what_was_told_long_ago_only_what_may_still_hold_is_held_against_it():
    told = [replace(GREY, key="other", value=f"a loft of bees {n}", normal=f"bees {n}", quote=f"She has a loft of bees {n}.")
            for n in range(RECENT)]  # fmt: skip
    lost = replace(told[0], value="a loft of bees, and wasps", normal="wasps", quote="A loft of bees, and wasps.")  # fmt: skip
    bees = replace(BROWN, key="other", value="no bees in her loft", normal="no bees", quote="No bees in her loft.")  # fmt: skip

    assert lost not in [c.row for c in found(bees, lost, *told)]
    assert GREY in [c.row for c in found(BROWN, GREY, *told)]


def test_few_are_shown_and_each_paragraph_once():
    many = {"chapters/01.md": "\n\n".join(f"Anna’s grey eyes saw door {n}." for n in range(50))}
    rows = [
        Fact("Anna", "eyes", "grey", f"grey{n}", quote=f"Anna’s grey eyes saw door {n}.", chapter="one", paragraph=n + 1)
        for n in range(50)
    ]  # fmt: skip
    among = found(BROWN, *rows, texts={**many, **{p: TEXTS[p] for p in [*TEXTS][1:]}})

    assert len(among) == NOTED + SOUGHT
    assert len({(candidate.path, candidate.paragraph) for candidate in among}) == len(among)
