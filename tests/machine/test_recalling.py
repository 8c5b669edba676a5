"""Which passages of earlier chapters the writer of a chapter sees."""

from dataclasses import replace

from l2mac_write.book import Brief
from l2mac_write.ledger.rows import Fact
from l2mac_write.machine.recalling import MOST, passages
from l2mac_write.machine.situation import Situation
from l2mac_write.plan import ChapterPlan, Entry, Plan
from l2mac_write.store.memory import MemoryBook
from l2mac_write.store.retrieval import IndexedPassages
from tests.machine.machines import prose

PLAN = Plan(
    "Two Banks",
    "Two men, one river.",
    "plain",
    (),
    (
        ChapterPlan(1, "The Ferry", "It begins.", 300),
        ChapterPlan(2, "The Lamp", "A lamp goes out.", 300),
        ChapterPlan(
            3,
            "The Flood",
            "Marit mends the lantern in the Salt House.",
            300,
            people=("Marit Vane",),
            terms=("sounding pole",),
        ),
    ),
    places=(Entry("Salt House"),),
)
EYES = "Marit had grey eyes, like the river in March."
HOUSE = "The Salt House had one door, and it was nailed shut."
POLE = "A sounding pole is nine feet long and marked in red."
LAST = "The lantern of the Salt House was out, and Marit knew who had done it."


def filled(*inserted):
    """Prose about something else, with these paragraphs in it."""
    filler = prose(600).text.split("\n\n")
    return "\n\n".join(
        text for pair in zip(filler, (*inserted, *[""] * 9), strict=False) for text in pair if text
    )


def shown(one, two, *, plan=PLAN, number=3, room=1_200):
    book = MemoryBook({plan.chapter(1).path: one, plan.chapter(2).path: two})
    here = Situation(
        Brief("x"),
        book,
        plan,
        chapter=plan.chapter(number),
        passages=IndexedPassages(book.rows),
    )
    return passages(here, room).text


def test_each_name_of_the_contract_is_recalled_with_its_place():
    told = shown(filled(EYES, HOUSE, POLE), filled())

    for place, passage in ((2, EYES), (4, HOUSE), (6, POLE)):
        assert f"Chapter 1, paragraph {place}:\n{passage}" in told


def test_the_end_of_the_chapter_before_is_not_shown_twice():
    told = shown(filled(EYES), f"{filled()}\n\n{LAST}")

    assert EYES in told
    assert LAST not in told


def test_there_are_at_most_so_many_and_none_is_cut():
    texts = [f"{EYES} {'It rained. ' * n}".strip() for n in range(1, 9)]
    whole = shown(filled(*texts), filled(), room=10_000)
    narrow = shown(filled(*texts), filled(), room=100)

    assert whole.count("Chapter ") == MOST
    assert 0 < narrow.count("Chapter ") < MOST
    assert all(part.partition("\n")[2] in texts for part in narrow.split("\n\n"))


def test_a_chapter_it_does_not_build_on_is_not_recalled():
    apart = replace(PLAN.chapters[2], after=(2,))
    alone = tuple(replace(chapter, after=()) for chapter in PLAN.chapters[:2])

    assert EYES in shown(filled(EYES), filled())
    assert shown(filled(EYES), filled(), plan=replace(PLAN, chapters=(*alone, apart))) == ""


def test_the_first_chapter_has_nothing_to_recall():
    assert shown(filled(EYES), filled(), number=1) == ""


def test_it_is_told_what_was_noted_in_the_words_that_are_shown():
    plan = replace(PLAN, chapters=tuple(replace(c, id=f"c{c.number}") for c in PLAN.chapters))
    eyes = Fact("Marit", "other", "grey eyes", quote=EYES, chapter="c1", paragraph=2)
    gone = Fact("Marit", "other", "brown eyes", quote="brown as the river", chapter="c1")

    class Noted:
        def facts(self, chapters, *, subjects=(), key=""):
            return [fact for fact in (eyes, gone) if fact.chapter in chapters]

    book = MemoryBook({plan.chapter(1).path: filled(EYES), plan.chapter(2).path: filled(POLE)})
    here = Situation(
        Brief("x"),
        book,
        plan,
        chapter=plan.chapter(3),
        passages=IndexedPassages(book.rows),
        ledger=Noted(),
    )
    item = passages(here, 1_200)

    assert item.facts == (eyes.id,)
    assert item.reason.startswith("what the contract calls for, by chapter and paragraph: ")
    assert "1:2" in item.reason
    assert "2:2" in item.reason
