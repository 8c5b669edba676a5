"""`impact` tells what a change has made false, and which other chapters say it still."""

from contextlib import closing

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.history.altering import COUNTED
from l2mac_write.history.impacts import impact, impact_of_fact
from l2mac_write.instructions import Outcome
from l2mac_write.items import Item
from l2mac_write.ledger import page_file
from l2mac_write.ledger.rows import Being, Course, Entity, Fact, Page, Thread, Tie
from l2mac_write.plan import ChapterPlan, Plan
from l2mac_write.plan_writing import dump
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.folder import BookFolder

TITLES = ("The Mill", "The Debt", "The Ferry", "The Sea")
TEXTS = (
    "Nobody on the quay had seen Mara Voss by day.",
    "Mara Voss looked up with green eyes. She owed the miller nine pounds.",
    "Tom saw Mara at last. Her green eyes were shut.\n\nFor nineteen years she had rowed.",
    "The green water closed. Mara paid the nine pounds. Nineteen years were over.",
)
EYES = Fact(
    "Mara Voss",
    "eyes",
    "green",
    "green",
    quote="Mara Voss looked up with green eyes",
    chapter="debt",
)
DEBT = Thread(
    "debt", Tie.QUESTION, Course.PLANTED, quote="She owed the miller nine pounds", chapter="debt"
)
NOTED = Page(
    "debt", rows=(Entity("Mara Voss", Being.PERSON, quote="Mara Voss looked up"), EYES, DEBT)
)
PAID = Page("sea", rows=(Thread("debt", Tie.QUESTION, Course.PAID, quote="Mara paid the nine pounds", chapter="sea"),))  # fmt: skip
CHAPTERS = tuple(
    ChapterPlan(n, title, "", 100, id=title.split()[1].lower()) for n, title in enumerate(TITLES, 1)
)


@pytest.fixture
def book(tmp_path):
    root = tmp_path / "book"
    with closing(BookFolder.create(root)) as folder:
        folder.begin_settings(to_toml(Settings(prompt="A tale.")))
        plan = dump(Plan("The Mill", "", "", (), CHAPTERS))
        folder.commit(Outcome("plan", writes="plan.toml"), {"plan.toml": plan})
        for chapter, text in zip(CHAPTERS, TEXTS, strict=True):
            saw = (
                (Item("state", "Mara", "is in it", "green eyes", (EYES.id,)),)
                if chapter.number == 3
                else ()
            )
            outcome = Outcome(f"chapter/{chapter.id}", writes=chapter.path, shown=saw)
            folder.commit(outcome, {chapter.path: f"# {chapter.title}\n\n{text}\n"})
        for number, page in ((2, NOTED), (4, PAID)):
            path = page_file.PAGE.format(number)
            folder.commit(
                Outcome(f"facts/{page.chapter}", writes=path), {path: page_file.dump(page)}
            )
    return root


def edited(book, old, new, number=2):
    file = book / CHAPTERS[number - 1].path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def told(found):
    return {
        i.altered.row.id: {r.chapter.number: [m.quote for m in r.mentions] for r in i.reliances}
        for i in found.impacts
    }


def test_a_hand_edit_tells_which_chapters_say_the_old_thing_still(book):
    edited(book, "green", "grey")

    found = impact(book, "2")

    assert told(found) == {EYES.id: {3: ["Her green eyes were shut."]}}
    assert found.impacts[0].altered.now == "Mara Voss looked up with grey eyes."
    assert [reliance.shown for reliance in found.impacts[0].reliances] == [True]
    assert not found.is_read


def test_what_is_said_in_other_words_has_not_changed(book):
    edited(book, "looked up with green eyes", "had eyes as green as weed")

    assert impact(book, "2").impacts == ()


def test_what_cannot_change_is_looked_for_in_the_chapters_before_too(book):
    edited(book, "by day", "by day, nor her green eyes", number=1)
    edited(book, "green", "grey")

    assert [*told(impact(book, "2"))[EYES.id]] == [1, 3]


def test_once_the_new_text_is_read_the_new_value_is_told(book):
    edited(book, "green", "grey")
    grey = Fact(
        "Mara Voss",
        "eyes",
        "grey",
        "grey",
        quote="Mara Voss looked up with grey eyes",
        chapter="debt",
    )
    path = page_file.PAGE.format(2)
    with closing(BookFolder.open(book)) as folder:
        page = page_file.dump(Page("debt", rows=(*NOTED.rows[:1], grey, DEBT)))
        folder.commit(Outcome("facts/debt", writes=path), {path: page})

    found = impact(book, "2")

    assert found.is_read
    assert [(i.altered.row.value, i.altered.new.value) for i in found.impacts] == [
        ("green", "grey")
    ]


def test_a_promise_that_is_gone_is_missed_where_it_is_paid(book):
    edited(book, " She owed the miller nine pounds.", "")

    assert told(impact(book))[DEBT.id] == {4: ["Mara paid the nine pounds"]}


def test_half_a_number_is_none():
    assert (
        COUNTED.search("It is four hundred and eighty marks.")[0] == "four hundred and eighty marks"
    )
    assert not COUNTED.search("“Then four hundred and eighty,” she said.")


def test_a_number_that_no_fact_holds_is_looked_for_as_it_was(book):
    edited(book, "nineteen years", "twelve years", number=3)

    found = impact(book, "The Ferry")

    assert [i.altered.row.words for i in found.impacts] == ["nineteen years"]
    assert [c.number for c in found.chapters] == [4]


def test_any_two_versions_can_be_compared(book):
    edited(book, "green", "grey")
    impact(book)
    with closing(BookFolder.open(book)):
        pass
    edited(book, "nine", "ten")

    assert EYES.id not in told(impact(book, "2"))
    assert {EYES.id, DEBT.id} <= told(impact(book, "2", "HEAD~2")).keys()


@pytest.mark.parametrize("asked", ["Mara Voss eyes", "mara/eyes", "Mara", EYES.id])
def test_a_fact_can_be_asked_about(book, asked):
    assert [*told(impact_of_fact(book, asked))[EYES.id]] == [3]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda book: impact(book, "99"), "no chapter `99`"),
        (lambda book: impact(book, "plan.toml"), "`plan.toml` is no chapter"),
        (lambda book: impact_of_fact(book, "Nobody"), "the ledger knows no fact `Nobody`"),
        (lambda book: impact_of_fact(book, "Mara hair"), "no hair of Mara Voss. It knows: eyes"),
    ],
)
def test_what_is_not_there_is_answered_in_a_sentence(book, asked, why):
    with pytest.raises(UsageError, match=why):
        asked(book)
