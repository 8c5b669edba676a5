"""What was made from other texts is made again once one of them changes; nothing else is."""

from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from l2mac_write.instructions import Instruction, Outcome, Registry
from l2mac_write.llm.scripted import says
from l2mac_write.plan import PLAN
from l2mac_write.plan_file import load
from l2mac_write.plan_writing import dump
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook
from tests.machine.machines import WHOLE_BOOK, Machine, chapter, machine, plan, prose

FERRY, FLOOD = "chapters/01-the-ferry.md", "chapters/02-the-flood.md"
FIRST, SECOND = "notes/summaries/01.md", "notes/summaries/02.md"
AGAIN = "He begins to count anew."


@dataclass
class InMemory:
    book: MemoryBook

    @contextmanager
    def open(self):
        yield self.book

    def edit(self, path, text):
        self.book.edit(path, text)


@dataclass
class OnDisk:
    root: Path

    @contextmanager
    def open(self):
        with closing(BookFolder.open(self.root)) as book:
            yield book

    def edit(self, path, text):
        (self.root / path).write_text(text, "utf-8")


@pytest.fixture(params=["memory", "folder"])
def shelf(request, tmp_path):
    """A finished book, which a person may edit and a machine go on with."""
    if request.param == "memory":
        return InMemory(finished(MemoryBook()))
    with closing(BookFolder.create(tmp_path / "book")) as book:
        finished(book)
    return OnDisk(tmp_path / "book")


def finished(book):
    assert machine(*WHOLE_BOOK, book=book).run().is_done
    return book


def went_on(shelf, *script) -> tuple[Machine, dict]:
    """What a run asks, and what the files hold after it."""
    with shelf.open() as book:
        run = machine(*script, book=book)
        assert run.run().is_done
        return run, {path: book.read(path) for path in book.paths()}


def waiting(shelf):
    with shelf.open() as book:
        registry = machine(book=book).unit.registry()
        return {i.id for i in registry.instructions if i.id not in registry.outcomes}


def test_of_a_finished_book_nothing_waits(shelf):
    assert waiting(shelf) == set()


def test_the_summary_of_a_chapter_that_a_person_edited_waits_again_and_nothing_else(shelf):
    shelf.edit(FERRY, f"# The Ferry\n\n{prose(about='ice').text}\n")

    assert waiting(shelf) == {"summary/the-ferry"}


def test_it_is_made_of_the_text_as_it_stands_now_once(shelf):
    shelf.edit(FERRY, f"# The Ferry\n\n{prose(about='ice').text}\n")

    run, files = went_on(shelf, says(AGAIN))
    again, _ = went_on(shelf)

    assert "ice stone 1" in run.shown(1)
    assert files[FIRST] == f"{AGAIN}\n"
    assert len(run.llm.heard) == 1
    assert again.llm.heard == []


def test_an_edit_that_is_taken_back_changes_nothing(shelf):
    with shelf.open() as book:
        before = book.read(FERRY)
    shelf.edit(FERRY, before.replace("stone 1 ", "brick 1 "))
    shelf.edit(FERRY, before)

    assert waiting(shelf) == set()


def test_a_title_line_is_no_part_of_the_words(shelf):
    with shelf.open() as book:
        before = book.read(FERRY)
    shelf.edit(FERRY, before.replace("# The Ferry", "# The Boat"))

    assert waiting(shelf) == set()


def test_a_summary_that_a_person_wrote_stays_until_its_chapter_changes(shelf):
    shelf.edit(FIRST, "Mine.\n")
    assert waiting(shelf) == set()

    shelf.edit(FERRY, f"# The Ferry\n\n{prose(about='ice').text}\n")
    _, files = went_on(shelf, says(AGAIN))

    assert files[FIRST] == "Mine.\n"
    assert files["notes/summaries/01.agent.md"] == f"{AGAIN}\n"
    assert waiting(shelf) == set()


def test_chapters_that_change_places_have_not_changed(shelf):
    with shelf.open() as book:
        book_, first, second = dump(load(book.read(PLAN))).split("[[chapter]]")
    shelf.edit(PLAN, f"{book_}[[chapter]]{second}[[chapter]]{first}")

    run, files = went_on(shelf)

    assert files[FIRST] == "Ansel ends counting.\n"
    assert run.llm.heard == []


def test_a_chapter_that_is_gone_is_no_reason_to_sum_up_nothing(shelf):
    with shelf.open() as book:
        text = book.read(FERRY)
    shelf.edit(FERRY, "")

    assert text
    assert waiting(shelf) == set()


def test_what_was_finished_before_such_hashes_were_kept_stays_finished(shelf):
    with shelf.open() as book:
        book.commit(Outcome("summary/the-ferry", writes=FIRST), {})
    shelf.edit(FERRY, f"# The Ferry\n\n{prose(about='ice').text}\n")

    assert waiting(shelf) == set()


IN_PARTS = plan(
    parts=[{"title": "Up", "goal": "Up."}, {"title": "Down", "goal": "Down."}],
    chapters=[
        chapter("The Ferry", words=300, part="Up"),
        chapter("The Flood", words=300, part="Down"),
    ],
)
SUMMED_UP = (
    IN_PARTS,
    *WHOLE_BOOK[1:4],
    says("In the first part he begins."),
    *WHOLE_BOOK[4:6],
    says("In the second part he ends."),
    says("In the book he counts."),
    WHOLE_BOOK[-1],
)


def test_the_next_part_is_told_of_the_part_before_and_the_cover_of_the_book():
    run = machine(*SUMMED_UP)

    assert run.run().is_done
    assert "Part 1 (chapters 1 to 1): In the first part he begins." in run.told(6).text
    assert "In the book he counts." in run.told(10).text
    assert "Ansel begins to count." not in run.told(10).text


def test_what_follows_from_a_summary_is_made_again_after_it_and_no_other():
    run = machine(*SUMMED_UP)
    run.run()
    run.book.edit(FERRY, f"# The Ferry\n\n{prose(about='ice').text}\n")
    script = (says(AGAIN), says("In the first part he begins anew."), says("He counts anew."))

    again = machine(*script, book=run.book)
    waits = {i.id for i in again.unit.registry().ready}
    registry = again.run()

    assert waits == {"summary/the-ferry"}
    assert registry.is_done
    assert len(again.llm.heard) == 3
    assert "In the first part he begins anew." in again.told(3).text
    assert run.book.read("notes/summaries/book.md") == "He counts anew.\n"


def test_a_summary_that_a_person_rewrote_is_believed_by_what_follows_from_it():
    run = machine(*SUMMED_UP)
    run.run()
    run.book.edit(FIRST, "He drowns.\n")

    again = machine(says("He is dead."), says("Nobody counts."), book=run.book)
    again.run()

    assert "He drowns." in again.told(1).text
    assert run.book.read(FIRST) == "He drowns.\n"


CHAIN = Registry(
    (
        Instruction("one", "", ""),
        Instruction("two", "", "", after=("one",)),
        Instruction("three", "", "", after=("two",)),
    ),
    {"one": Outcome("one"), "two": Outcome("two")},
)


def test_what_builds_on_something_that_is_done_again_waits_though_all_between_is_finished():
    again = CHAIN.without(["one"])

    assert [i.id for i in CHAIN.ready] == ["three"]
    assert [i.id for i in again.ready] == ["one"]
    assert [i.id for i in again.record(Outcome("one")).ready] == ["three"]
