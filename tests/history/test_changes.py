"""Every change of a text can be shown, undone and done again, and nothing is ever lost by it."""

import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding, Severity
from l2mac_write.history.changes import difference, redo, undo
from l2mac_write.history.comparing import Kind, words
from l2mac_write.instructions import Outcome
from l2mac_write.library import generate, resume
from l2mac_write.opened import open_book
from l2mac_write.plan import PLAN
from l2mac_write.store import derived
from l2mac_write.store.complaints import Check, State
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Origin

CHAPTER = "chapters/02-rehearsal-title-2.md"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    root = tmp_path_factory.mktemp("changes") / "book"
    generate("A tale of two ferrymen.", root, model="rehearsal", chapters=3, words=1500)
    return root


@pytest.fixture
def book(written, tmp_path):
    return shutil.copytree(written, tmp_path / "book")


def text(book, path=CHAPTER):
    return (book / path).read_text("utf-8")


def edited(book, number, sentence, path=CHAPTER):
    """The text once a person has added a sentence to that paragraph of it."""
    paragraphs = text(book, path).split("\n\n")
    paragraphs[number] = f"{paragraphs[number].rstrip()} {sentence}"
    (book / path).write_text("\n\n".join(paragraphs), "utf-8")
    with closing(BookFolder.open(book)):
        return text(book, path)


def versions(book, path=CHAPTER):
    with closing(BookFolder.read_only(book)) as folder:
        return folder.versions(path)


def held(book):
    """All texts that any version of any file has held."""
    with closing(BookFolder.read_only(book)) as folder:
        return {folder.text(version) for version in folder.every_version()}


def everything(book):
    files = {f: f.read_bytes() for f in book.rglob("*") if f.is_file() and ".l2mac" not in f.parts}
    return files, open_book(book).history()


def test_undo_goes_back_change_by_change_and_redo_forth_again(book):
    texts = [text(book), edited(book, 2, "One."), edited(book, 4, "Two.")]

    undone = [undo(book, "2") and text(book) for _ in range(2)]
    redone = [redo(book, "2") and text(book) for _ in range(2)]

    assert undone == [texts[1], texts[0]]
    assert redone == [texts[1], texts[2]]


def test_an_undo_of_an_undo_is_a_redo(book):
    after = edited(book, 2, "One.")
    number = undo(book, "2").new.id

    undo(book, revision=number)

    assert text(book) == after
    assert versions(book)[-1].instruction == f"redo {versions(book)[-3].id}"
    with pytest.raises(UsageError, match="nothing to redo in `2`"):
        redo(book, "2")


def test_a_change_of_long_ago_is_undone_and_what_came_later_stays(book):
    edited(book, 2, "One.")
    number = versions(book)[-1].id
    for later in range(4, 8):
        after = edited(book, later, f"Later {later}.")

    undo(book, revision=number)

    assert text(book) == after.replace(" One.", "")


def test_where_a_later_change_is_in_the_way_it_is_told_and_nothing_changes(book):
    edited(book, 2, "One.")
    number = versions(book)[-1].id
    paragraphs = text(book).replace("One.", "One or two.")
    (book / CHAPTER).write_text(paragraphs, "utf-8")
    with closing(BookFolder.open(book)):
        before = everything(book)

    with pytest.raises(UsageError, match="--force the whole text becomes what it was before it"):
        undo(book, revision=number)

    assert everything(book) == before


def test_force_takes_the_old_text_whole_and_that_can_be_undone(book):
    first, _, last = text(book), edited(book, 2, "One."), edited(book, 4, "Two.")

    undo(book, revision=versions(book)[-2].id, force=True)
    assert text(book) == first

    undo(book, "2")
    assert text(book) == last


def test_a_text_goes_back_to_any_version_and_forth_again(book):
    texts = [text(book), edited(book, 2, "One."), edited(book, 4, "Two.")]
    numbers = [version.id for version in versions(book)]

    gone_to = [undo(book, to=str(number)) and text(book) for number in (numbers[0], numbers[1])]
    undo(book, "2", to="HEAD~1")

    assert gone_to == texts[:2]
    assert text(book) == texts[0]


def test_each_is_a_new_version_of_its_own_and_all_that_was_there_is_kept(book):
    for number in (2, 4):
        edited(book, number, "More.")
    before, count = held(book), len(versions(book))

    undo(book, "2")
    redo(book, "2")
    undo(book, "2", to=str(versions(book)[0].id))

    assert held(book) >= before
    assert [v.origin for v in versions(book)[count:]] == [Origin.REVISION] * 3


def test_without_a_name_the_last_change_of_the_book_is_meant(book):
    edited(book, 2, "One.")
    edited(book, 2, "Two.", "chapters/01-rehearsal-title-1.md")

    paths = [undo(book).path, undo(book).path, redo(book).path, redo(book).path]

    assert paths == [
        "chapters/01-rehearsal-title-1.md", CHAPTER,
        CHAPTER, "chapters/01-rehearsal-title-1.md",
    ]  # fmt: skip


def test_a_deleted_file_comes_back(book):
    before = text(book)
    (book / CHAPTER).unlink()

    undo(book, "2")

    assert text(book) == before


def test_no_summary_is_made_again_that_was_there_before(book):
    calls = open_book(book).spend.calls
    edited(book, 2, "One.")
    resume(book)
    paid = open_book(book).spend.calls

    undo(book)
    resume(book)
    redo(book)
    resume(book)

    assert versions(book)[-1].instruction.startswith("redo")
    assert open_book(book).finished
    assert paid > calls
    assert open_book(book).spend.calls == paid


def test_an_undo_and_its_redo_let_nothing_wait(book):
    edited(book, 2, "One.")
    resume(book)

    undo(book)
    assert not open_book(book).finished

    redo(book)
    assert open_book(book).finished


def test_no_agent_writes_over_what_a_person_went_back_to(book):
    chosen, _ = edited(book, 2, "One."), edited(book, 4, "Two.")
    undo(book, "2")

    with closing(BookFolder.open(book)) as folder:
        folder.commit(Outcome("late"), {CHAPTER: "# Late\n\nWords.\n"})

    assert text(book) == chosen
    assert "Late" in text(book, CHAPTER.replace(".md", ".agent.md"))


def test_findings_follow_the_words_they_are_about(book):
    before, after = text(book), edited(book, 2, "It was the calm before the storm.")
    finding = Finding("X", Severity.BLOCK, CHAPTER, "Worn.", quote="calm before the storm")
    with closing(BookFolder.open(book)) as folder:
        folder.recheck(Check({CHAPTER: after}, (finding,), frozenset()))

    def states():
        with closing(BookFolder.read_only(book)) as folder:
            return [c.state for c in folder.findings() if c.finding.code == "X"]

    undo(book, "2")
    assert (text(book), states()) == (before, [State.FIXED])

    redo(book, "2")
    assert (text(book), states()) == (after, [State.OPEN])


def test_the_tables_that_follow_from_the_texts_follow(book):
    edited(book, 2, "The heron waited.")
    undo(book, "2")

    with closing(BookFolder.open(book)) as folder:
        passages = "SELECT path, number, part, text FROM passage ORDER BY 1, 2, 3"
        there = folder.rows(passages)
        with folder._journal._database.transaction() as sql:
            derived.make_anew(sql)
        assert folder.rows(passages) == there
        assert "heron" not in repr(there)


def test_the_ledger_holds_again_what_it_held(book):
    before, row = open_book(book).ledger(), next(iter(open_book(book).ledger(chapter=2).facts))
    (book / CHAPTER).write_text(text(book).replace(row.quote, "Nothing of the kind."), "utf-8")
    with closing(BookFolder.open(book)):
        assert row not in open_book(book).ledger().facts

    undo(book, "2")

    assert open_book(book).ledger() == before


def test_a_plan_that_is_undone_puts_the_chapters_back(book):
    before = {f.name: f.read_bytes() for f in (book / "chapters").iterdir()}
    head, first, *others = text(book, PLAN).split("\n[[chapter]]")
    (book / PLAN).write_text("\n[[chapter]]".join([head, *others, first]), "utf-8")
    resume(book)
    moved = {f.name: f.read_bytes() for f in (book / "chapters").iterdir()}

    undo(book, "plan.toml")

    assert moved != before
    assert {f.name: f.read_bytes() for f in (book / "chapters").iterdir()} == before
    assert open_book(book).finished


def test_a_chapter_that_was_moved_keeps_its_history_and_its_new_title(book):
    first = text(book)
    edited(book, 2, "One.")
    number = versions(book)[-1].id
    plan = text(book, PLAN).replace('title = "Rehearsal title 2"', 'title = "The Weir"')
    head, *chapters = plan.split("\n[[chapter]]")
    (book / PLAN).write_text("\n[[chapter]]".join([head, *chapters[::-1]]), "utf-8")
    last = edited(book, 4, "Two.", CHAPTER) if (book / CHAPTER).exists() else ""
    resume(book)
    path = "chapters/02-the-weir.md"

    undo(book, revision=number)

    assert [r.number for r in open_book(book).history("The Weir")][:2] == [
        versions(book)[0].id, number,
    ]  # fmt: skip
    assert text(book, path).startswith("# The Weir\n")
    assert " One." in last
    assert " One." not in text(book, path)
    assert " Two." in text(book, path)
    assert (
        first.partition("\n")[2].split()
        == text(book, path).replace(" Two.", "").partition("\n")[2].split()
    )


def test_a_plan_that_would_be_none_is_not_taken_back(book):
    good = text(book, PLAN)
    (book / PLAN).write_text("title = ", "utf-8")
    with closing(BookFolder.open(book)):
        broken = versions(book, PLAN)[-1].id
    undo(book, "plan.toml")

    assert text(book, PLAN) == good
    with pytest.raises(UsageError, match="would be no plan then, and was not changed"):
        undo(book, to=str(broken))
    assert text(book, PLAN) == good


def test_diff_shows_the_last_change_or_any_two_versions(book):
    at = datetime.now(UTC).isoformat()
    edited(book, 2, "One.")
    edited(book, 4, "Two or three.")
    first, second, third = (version.id for version in versions(book))

    assert found(difference(book)) == (CHAPTER, second, third, 3)
    assert found(difference(book, "2")) == (CHAPTER, second, third, 3)
    assert found(difference(book, "2", str(first))) == (CHAPTER, first, third, 4)
    assert found(difference(book, "2", "HEAD~2", "~1")) == (CHAPTER, first, second, 1)
    assert found(difference(book, "2", at)) == (CHAPTER, first, third, 4)


def test_diff_sees_an_edit_that_no_run_has_taken_in_yet(book):
    before = everything(book)
    (book / CHAPTER).write_text(text(book) + "\nNot saved by anybody.\n", "utf-8")

    assert found(difference(book))[2:] == (0, 4)
    (book / CHAPTER).write_bytes(before[0][book / CHAPTER])
    assert everything(book) == before


def found(difference):
    old = difference.old.id if difference.old else None
    return difference.path, old, difference.new.id, words(difference.passages, Kind.ADDED)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"name": "99"}, "no chapter `99`. Name one by its number, from 1 to 3"),
        ({"name": "Rehearsal"}, "may be chapter 1 and 2 and 3"),
        ({"name": "chapters/77-x.md"}, "never had a file `chapters/77-x.md`"),
        ({"name": "../etc/passwd"}, "never had a file"),
        ({"name": "2", "to": "999"}, "has no version 999. It has: "),
        ({"name": "2", "to": "HEAD~5"}, "has changed 0 times"),
        ({"name": "2", "to": "soon"}, "`soon` names no version"),
        ({"to": "999"}, "the book has no version 999"),
        ({"revision": 999}, "the book has no version 999"),
        ({"to": "HEAD~1"}, "say of which text"),
        ({"name": "2"}, "there is nothing to undo in `2`"),
        ({"name": "2", "to": "HEAD"}, "reads so already"),
        ({}, "there is nothing to undo."),
    ],
)
def test_what_cannot_be_undone_is_said_in_one_sentence_and_nothing_changes(book, asked, sentence):
    before = everything(book)

    with pytest.raises(UsageError) as told:
        undo(book, **asked)

    assert sentence in str(told.value)
    assert everything(book) == before
