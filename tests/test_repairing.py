"""A book that has come to harm is made whole: from its files, from its journal, or from both."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from l2mac_write import generate, open_book, repair, resume
from l2mac_write.errors import UsageError
from l2mac_write.events import Started
from l2mac_write.findings import Finding, Severity
from l2mac_write.instructions import Outcome
from l2mac_write.messages import Reply
from l2mac_write.ports import Call
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Origin

PROMPT = "A tale of two ferrymen."
ASKED = {"chapters": 3, "words": 900, "model": "rehearsal"}
ONE = "chapters/01-rehearsal-title-1.md"
TWO = "chapters/02-rehearsal-title-2.md"
UNREAD = "what was spent before can no longer be read"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    root = tmp_path_factory.mktemp("written") / "book"
    generate(PROMPT, root, **ASKED)
    with BookFolder.open(root) as folder:
        call = Call("chapter/01", "author", "rehearsal", "dear")
        folder.sending(call, 0.5)
        folder.replied(call, Reply("Dear."), 2.5)
        flaw = Finding("LEN-SHORT", Severity.BLOCK, ONE, "too short")
        folder.commit(Outcome("chapter/01", (flaw,)), {})
        folder.waive(flaw.key, "It is meant to be.")
    return root


@pytest.fixture
def root(written, tmp_path):
    return Path(shutil.copytree(written, tmp_path / "book"))


@pytest.fixture
def journal(root):
    return root / ".l2mac/journal.db"


def texts(root):
    return {str(p.relative_to(root)): p.read_text() for p in root.rglob("*.md")}


def written_by_resume(root):
    started = []
    resume(root, tell=lambda event: started.append(event) if isinstance(event, Started) else None)
    # a plan is only looked at, unless a chapter has departed from it
    return [e.instruction.writes for e in started if e.instruction.step != "replan"]


def broken(journal):
    """Its first page is gone, which SQLite cannot do without."""
    journal.write_bytes(bytes(4096) + journal.read_bytes()[4096:])


def test_a_whole_book_is_left_as_it_is(root):
    before = texts(root)
    with BookFolder.read_only(root) as folder:
        versions = [folder.versions(path) for path in folder.paths()]

    assert repair(root) == ()
    assert texts(root) == before
    with BookFolder.read_only(root) as folder:
        assert [folder.versions(path) for path in folder.paths()] == versions


@pytest.mark.parametrize(
    "harm",
    [
        lambda journal: journal.unlink(),
        lambda journal: shutil.rmtree(journal.parent),
        lambda journal: journal.write_bytes(b""),
        lambda journal: journal.write_text("My diary.\n"),
        lambda journal: journal.write_bytes(journal.read_bytes()[:70_000]),
        broken,
    ],
    ids=["gone", "all-gone", "empty", "a-text", "cut", "no-first-page"],
)
def test_a_journal_that_cannot_be_used_is_made_anew_and_nothing_is_written_again(
    root, journal, harm
):
    before = texts(root)
    harm(journal)
    repair(root)

    assert open_book(root).finished
    assert written_by_resume(root) == []
    assert texts(root) == before
    assert repair(root) == ()


def test_another_programs_database_is_moved_aside_and_kept(root, journal):
    journal.unlink()
    with closing(sqlite3.connect(journal)) as sql:
        sql.execute("CREATE TABLE bookmarks (url)")
    before = journal.read_bytes()
    said = repair(root)

    assert (root / ".l2mac/journal.damaged-1.db").read_bytes() == before
    assert "journal.damaged-1.db" in " ".join(said)
    assert open_book(root).finished


def test_a_second_damaged_journal_does_not_take_the_place_of_the_first(root, journal):
    for text in ("one", "two"):
        journal.write_text(text)
        repair(root)

    assert [(root / f".l2mac/journal.damaged-{n}.db").read_text() for n in (1, 2)] == ["one", "two"]


def test_what_was_spent_waived_and_remembered_is_carried_over(root, journal):
    before = open_book(root)
    spend, who, findings = before.spend, before.written_by, before.findings
    broken(journal)
    said = repair(root)
    book = open_book(root)

    assert (book.spend, book.written_by, book.findings) == (spend, who, findings)
    assert spend.cost == 2.5
    assert UNREAD not in " ".join(said)
    with BookFolder.read_only(root) as folder:
        assert [c.reason for c in folder.findings()] == ["It is meant to be."]
        assert len(folder.versions(ONE)) == 1


def test_what_was_spent_and_cannot_be_read_any_more_is_said(root, journal):
    journal.unlink()

    assert UNREAD in " ".join(repair(root))


def test_a_chapter_that_is_gone_comes_back_as_a_new_version(root):
    before = (root / ONE).read_text()
    (root / ONE).unlink()
    said = repair(root)

    assert (root / ONE).read_text() == before
    assert said == (f"put back `{ONE}`.",)
    with BookFolder.read_only(root) as folder:
        assert [version.sha is None for version in folder.versions(ONE)] == [False, True, False]


@pytest.mark.parametrize("left", ["", " \n", "# Only a title\n"])
def test_a_chapter_that_is_empty_comes_back(root, left):
    before = (root / ONE).read_text()
    (root / ONE).write_text(left)
    repair(root)

    assert (root / ONE).read_text() == before


def test_a_persons_chapter_comes_back_as_the_persons(root):
    (root / ONE).write_text("# Mine\n\nAll mine.\n")
    BookFolder.open(root).close()
    (root / ONE).unlink()
    repair(root)

    assert (root / ONE).read_text() == "# Mine\n\nAll mine.\n"
    with BookFolder.read_only(root) as folder:
        assert folder.versions(ONE)[-1].origin is Origin.PERSON


def test_a_chapter_that_is_gone_comes_back_from_a_damaged_journal(root, journal):
    before = texts(root)
    broken(journal)
    (root / TWO).unlink()
    (root / "notes/bible.md").unlink()
    repair(root)

    assert texts(root) == before


def test_a_chapter_is_known_by_its_title_when_the_journal_has_lost_its_name(root, journal):
    before = (root / TWO).read_text()
    with closing(sqlite3.connect(journal, isolation_level=None)) as sql:
        sql.execute("DELETE FROM file WHERE path = ?", (TWO,))
    (root / TWO).unlink()
    repair(root)

    assert (root / TWO).read_text() == before
    assert written_by_resume(root) == []


def test_only_what_is_nowhere_any_more_is_written_again(root, journal):
    journal.unlink()
    (root / TWO).unlink()
    repair(root)

    assert written_by_resume(root) == [TWO]


def test_a_chapter_edited_by_hand_since_keeps_the_edit(root, journal):
    (root / ONE).write_text("# Mine\n\nAll mine.\n")
    broken(journal)
    repair(root)
    written_by_resume(root)

    assert (root / ONE).read_text() == "# Mine\n\nAll mine.\n"


def test_finished_texts_that_the_journal_has_forgotten_are_taken_as_finished(root, journal):
    with closing(sqlite3.connect(journal, isolation_level=None)) as sql:
        sql.execute("DELETE FROM instruction WHERE id = 'about'")
        sql.execute("DELETE FROM file WHERE path = 'front/about.md'")
    (root / ".l2mac/journal.db.sha256").unlink()

    assert repair(root) == ("noted that `front/about.md` is finished.",)
    assert written_by_resume(root) == []


def test_a_book_written_by_a_guided_model_is_resumed_by_its_program(tmp_path):
    root = tmp_path / "book"
    generate(PROMPT, root, **ASKED)
    shutil.rmtree(root / ".l2mac")
    shutil.rmtree(root / "notes")
    shutil.rmtree(root / "front")
    settings = (root / "book.toml").read_text()
    (root / "book.toml").write_text(settings.replace('"rehearsal"', '"smollm2-135m"'))
    repair(root)

    assert open_book(root).finished
    assert open_book(root).written_by == "smollm2-135m"


def test_rights_and_half_written_files_are_mended(root, journal):
    journal.chmod(0o644)
    journal.parent.chmod(0o755)
    half = root / "chapters/.l2mac-0123456789abcdef.tmp"
    half.write_text("half")
    repair(root)

    assert not half.exists()
    assert [path.stat().st_mode & 0o777 for path in (journal.parent, journal)] == [0o700, 0o600]


def test_a_newer_journal_is_never_repaired(root, journal):
    with closing(sqlite3.connect(journal)) as sql:
        sql.execute("PRAGMA user_version = 99")
    (root / ".l2mac/journal.db.sha256").unlink()
    before = journal.read_bytes()

    with pytest.raises(UsageError, match="pip install --upgrade"):
        repair(root)
    assert journal.read_bytes() == before


def test_a_book_that_is_being_written_is_not_repaired(root, journal):
    with BookFolder.open(root), pytest.raises(UsageError, match="is being written by process"):
        repair(root)


def test_a_folder_without_a_book_is_refused_and_left_alone(tmp_path):
    (tmp_path / "diary.txt").write_text("mine")

    with pytest.raises(UsageError, match="is not a book"):
        repair(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_a_linked_journal_is_not_followed(root, journal, tmp_path):
    journal.rename(tmp_path / "elsewhere.db")
    journal.symlink_to(tmp_path / "elsewhere.db")

    with pytest.raises(UsageError, match="a link"):
        repair(root)
    assert journal.is_symlink()


def test_a_plan_broken_by_hand_is_named_and_the_damaged_journal_stays(root, journal):
    (root / "plan.toml").write_text('title = "x\n')
    broken(journal)
    before = journal.read_bytes()

    with pytest.raises(UsageError, match=r"plan\.toml"):
        repair(root)
    assert journal.read_bytes() == before
    assert not [*journal.parent.glob("journal.fresh*")]


def test_chapters_that_were_written_apart_are_read_together_again_and_not_written_anew(tmp_path):
    root = tmp_path / "book"
    generate(PROMPT, root, **ASKED, until="plan")
    plan = (root / "plan.toml").read_text().replace("[[chapter]]", "[[chapter]]\nafter = []")
    (root / "plan.toml").write_text(plan)
    resume(root)
    before = texts(root)
    (root / ".l2mac/journal.db").unlink()
    repair(root)

    assert not open_book(root).finished
    assert written_by_resume(root) == [TWO, ONE.replace("1", "3")]
    assert open_book(root).finished
    assert texts(root) == before
