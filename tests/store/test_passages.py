"""What the book says of something is found: in step with its files, from those that may be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.instructions import Move, Outcome
from l2mac_write.llm.rehearsal import prose
from l2mac_write.machine.seeking import words
from l2mac_write.ports import Passage
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from tests.machine.machines import word
from tests.timing import at_most

ONE, TWO, THREE = "chapters/01.md", "chapters/02.md", "chapters/03.md"
FERRY = (
    "# The Ferry\n\nAnsel kept the ferry.\n\nHis daughter Marit had grey eyes, like the river.\n"
)
FLOOD = "# The Flood\n\nThe river rose over the landing.\n"
LIGHTHOUSE = "# 灯塔\n\n灯塔看守人又数了一遍楼梯。\n\n渔夫的女儿有一双灰色的眼睛。\n"


def found(book, *sought, seen=(ONE, TWO, THREE), most=3):
    groups = [thing if isinstance(thing, tuple) else (thing,) for thing in sought]
    return [p.text for p in IndexedPassages(book.rows).best(groups, seen, most)]


def holding(**files):
    return MemoryBook({f"chapters/{name.lstrip('_')}.md": text for name, text in files.items()})


def test_a_passage_is_found_with_its_place():
    best = IndexedPassages(holding(_01=FERRY, _02=FLOOD).rows).best([["eyes"]], [ONE, TWO], 8)

    assert best == (Passage(ONE, 2, "His daughter Marit had grey eyes, like the river.", 1.0),)


def test_it_is_told_how_much_of_what_was_sought_a_passage_says():
    passages = IndexedPassages(holding(_01=FERRY, _02=FLOOD).rows)
    seldom, often, unheard = (
        passages.best([["river"], [other]], [ONE, TWO], 1)[0].share
        for other in ("landing", "river", "lighthouse")
    )

    assert seldom == often == 1.0
    assert 0 < unheard < 0.5


def test_what_speaks_of_more_of_the_things_comes_first():
    assert found(holding(_01=FERRY, _02=FLOOD), "river", "landing")[0].startswith("The river rose")


def test_a_thing_may_go_by_several_names_and_phrases():
    assert found(holding(_01=FERRY, _02=FLOOD), ("the boatman", "kept the ferry")) == [
        "Ansel kept the ferry."
    ]


@pytest.mark.parametrize("said", ["GREY", "eye", "éyes", "eyes’"])
def test_case_accents_and_endings_do_not_matter(said):
    assert found(holding(_01=FERRY), said)[0].startswith("His daughter")


@pytest.mark.parametrize("said", ["女儿", "眼睛", "灰", "灰色的眼睛"])
def test_words_are_found_where_no_spaces_are_set(said):
    assert found(holding(_01=LIGHTHOUSE), said) == ["渔夫的女儿有一双灰色的眼睛。"]


@pytest.mark.parametrize(
    "said", ["", '"', "a OR b", 'eyes" OR "ferry', "NEAR(", "*", "\0", "𝔄-^:{"]
)
def test_whatever_is_sought_is_taken_for_plain_words(said):
    assert found(holding(_01=FERRY), said) == []


def test_a_change_by_whomever_is_followed_at_once(desk):
    desk.book.commit(Outcome("chapter-1"), {ONE: FERRY, TWO: FLOOD})
    desk.edit(ONE, FERRY.replace("grey", "green"))
    desk.edit(TWO, None)
    desk.book.adopt()

    assert found(desk.book, "grey") == found(desk.book, "landing") == []
    assert len(found(desk.book, "green")) == 1


def test_a_chapter_that_goes_elsewhere_is_found_there(desk):
    desk.book.commit(Outcome("chapter-1", writes=ONE), {ONE: FERRY})
    desk.book.rearrange((Move("chapter-1", ONE, THREE, FERRY),))

    assert found(desk.book, "eyes", seen=[ONE]) == []
    assert len(found(desk.book, "eyes", seen=[THREE])) == 1


def test_what_may_not_be_seen_changes_nothing():
    alone, crowded = holding(_01=FERRY, _02=FLOOD), holding(_02=FLOOD * 9, _03=FERRY * 5)
    crowded.edit(ONE, FERRY)
    crowded.edit(TWO, FLOOD)

    asked = ("river", "ferry", "landing", "eyes")
    assert found(alone, *asked, seen=[ONE, TWO]) == found(crowded, *asked, seen=[ONE, TWO])


def test_of_equal_passages_those_that_come_first_are_better_whatever_was_written_first():
    forth, back = holding(_01=FERRY, _02=FERRY), holding(_02=FERRY, _01=FERRY)

    for book in (forth, back):
        best = IndexedPassages(book.rows).best([["eyes"]], [ONE, TWO], 1)
        assert [passage.path for passage in best] == [ONE]


def test_a_paragraph_without_end_is_found_in_parts():
    text = " ".join(f"Stone {word(n)} lay by {word(n, n)}." for n in range(20_000))
    (part,) = found(holding(_01=text), word(12_345, 12_345), most=1)

    assert len(part) <= 1200
    assert part.startswith("Stone")
    assert part.endswith(".")


@given(st.text(alphabet="ab灯塔 .\n#。\r", max_size=3000))
def test_no_word_of_a_text_is_lost(text):
    book = MemoryBook({ONE: f"# Title\n{text}"})
    kept = "".join(row[0] for row in book.rows("SELECT text FROM passage ORDER BY number, part"))

    assert "".join(kept.split()) == "".join(text.split())


def test_what_is_remembered_of_a_text_is_forgotten_with_it():
    book = holding(_01=FERRY, _02=FLOOD)
    passages = IndexedPassages(book.rows)
    asked = lambda: [p.text for p in passages.best([["eyes"], ["river"]], [ONE, TWO], 3)]  # noqa: E731
    before = asked()
    book.edit(TWO, FLOOD.replace("river", "lake"))
    book.edit(ONE, None)

    assert len(before) == 2
    assert asked() == []


def test_a_long_book_is_searched_in_no_time():
    chapters = {f"_{n:03d}": f"# {n}\n\n" + prose(2_000, f"Write {n}.") for n in range(160)}
    passages = IndexedPassages(holding(**chapters).rows)
    paths = [f"chapters/{n:03d}.md" for n in range(160)]
    asked = [words(text[:300], "en") for text in chapters.values()][:50]
    passages.best(asked[0], paths, 9)

    with at_most(0.5):
        for sought in asked[1:]:
            passages.best(sought, paths, 9)
