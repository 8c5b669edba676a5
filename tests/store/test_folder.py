"""A book's folder: how it begins, who may open it, and what it does with what it finds there."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from l2mac_write.errors import DiskFull, PathRefused, UsageError
from l2mac_write.instructions import Outcome
from l2mac_write.messages import Reply
from l2mac_write.store.files import Disk
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Origin

ONE = "chapters/01.md"
ENDED = Outcome("chapter-1")

HOLD = """
import pathlib, sys
from l2mac_write.errors import UsageError
from l2mac_write.store.folder import BookFolder
sys.stdin.readline()
try:
    with BookFolder.open(pathlib.Path(sys.argv[1])):
        print("open", flush=True)
        sys.stdin.readline()
except UsageError as error:
    print(error, flush=True)
"""


def snapshot(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_new_book_says_what_its_hidden_folder_is(book, root):
    assert "l2mac-write" in (root / ".l2mac/README.txt").read_text()
    assert [path.name for path in root.iterdir()] == [".l2mac"]


def test_a_book_begins_in_an_empty_folder(root):
    root.mkdir()

    with BookFolder.create(root) as book:
        assert book.paths() == []


def test_a_book_does_not_begin_among_other_files(root):
    root.mkdir()
    (root / "thesis.md").write_text("mine")

    with pytest.raises(UsageError, match="is not empty"):
        BookFolder.create(root)

    assert [path.name for path in root.iterdir()] == ["thesis.md"]


def test_a_book_does_not_begin_on_top_of_another(root):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})
    (root / ONE).unlink()
    (root / ONE).parent.rmdir()

    with pytest.raises(UsageError, match="carry on with a book that is there"):
        BookFolder.create(root)
    with BookFolder.read_only(root) as book:
        assert len(book.versions(ONE)) == 2


def test_a_book_does_not_begin_in_a_file(root):
    root.write_text("mine")

    with pytest.raises(UsageError, match="in a plain folder"):
        BookFolder.create(root)


def test_what_a_run_killed_in_its_first_instant_left_is_no_obstacle(root):
    (root / ".l2mac").mkdir(parents=True, mode=0o755)

    with BookFolder.create(root) as book:
        assert book.paths() == []
    assert stat.S_IMODE((root / ".l2mac").stat().st_mode) == 0o700


def test_a_journal_without_a_word_in_it_is_no_obstacle_either(root):
    BookFolder.create(root).close()
    (root / ".l2mac-0123456789abcdef.tmp").write_text("half a book.to")

    with BookFolder.create(root) as book:
        assert book.paths() == []
    assert [path.name for path in root.iterdir()] == [".l2mac"]


def test_a_book_does_not_begin_behind_a_link(root, tmp_path):
    root.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (root / ".l2mac").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UsageError, match="a link"):
        BookFolder.create(root)
    assert list((tmp_path / "elsewhere/").glob("README*")) == []


def test_a_linked_readme_is_not_written_through(root, tmp_path):
    (root / ".l2mac").mkdir(parents=True)
    (tmp_path / "theirs").write_text("theirs")
    (root / ".l2mac/README.txt").symlink_to(tmp_path / "theirs")

    with pytest.raises(UsageError, match="a link"):
        BookFolder.create(root)
    assert (tmp_path / "theirs").read_text() == "theirs"


@pytest.mark.parametrize("way", [BookFolder.open, BookFolder.read_only])
def test_a_folder_without_a_journal_is_no_book(tmp_path, way):
    with pytest.raises(UsageError, match=r"is not a book: it has no \.l2mac/journal\.db\. Write"):
        way(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("way", [BookFolder.open, BookFolder.read_only])
@pytest.mark.parametrize("name", [".l2mac", ".l2mac/journal.db"])
def test_a_linked_journal_is_not_followed(root, tmp_path, way, name):
    BookFolder.create(root).close()
    (root / name).rename(tmp_path / "moved")
    (root / name).symlink_to(tmp_path / "moved")

    with pytest.raises(UsageError, match="a link"):
        way(root)


def test_one_book_has_one_writer(book, root):
    with pytest.raises(UsageError, match=f"is being written by process {os.getpid()}"):
        BookFolder.open(root)


def test_a_closed_book_can_be_opened_again(root):
    BookFolder.create(root).close()

    for _ in range(2):
        with BookFolder.open(root) as book:
            book.close()


def test_of_many_that_open_a_book_at_once_exactly_one_gets_it(root):
    BookFolder.create(root).close()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(5)
    ]
    for process in started:
        print(file=process.stdin, flush=True)

    said = [process.stdout.readline() for process in started]
    for process in started:
        process.communicate("\n")

    assert said.count("open\n") == 1
    assert sum("is being written by" in line for line in said) == 4


def test_without_the_right_to_write_a_book_cannot_begin(tmp_path, without_rights):
    tmp_path.chmod(0o555)

    with without_rights(), pytest.raises(UsageError, match="you have no right to use"):
        BookFolder.create(tmp_path / "book")


def test_without_rights_a_book_is_readable_and_not_writable(shelf, without_rights):
    root = shelf / "book"
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})
    (root / ".l2mac").chmod(0o555)
    (root / ".l2mac/journal.db").chmod(0o444)

    with without_rights():
        with pytest.raises(UsageError, match="no right"):
            BookFolder.open(root)
        with BookFolder.read_only(root) as book:
            assert book.read(ONE) == "text"
    (root / ".l2mac").chmod(0o700)


def test_the_files_are_plain_markdown_that_anyone_can_read(book, root):
    book.commit(ENDED, {ONE: "It began."})

    assert (root / ONE).read_bytes() == b"It began."


def test_everything_is_there_again_after_reopening(root, clock, ask):
    with BookFolder.create(root, now=clock) as book:
        book.sending(ask(), 0.5)
        book.replied(ask(), Reply("It began."), 0.5)
        book.commit(ENDED, {ONE: "It began."})
        book.remember("brief", "A lighthouse.")
        versions = book.versions(ONE)

    with BookFolder.open(root) as book:
        assert book.recall(ask()) == Reply("It began.")
        assert book.outcomes() == {"chapter-1": ENDED}
        assert book.meta("brief") == "A lighthouse."
        assert book.versions(ONE) == versions


def test_edits_made_between_runs_are_adopted(root, clock, by_hand):
    with BookFolder.create(root, now=clock) as book:
        book.commit(ENDED, {ONE: "agent", "chapters/02.md": "agent", "plan.toml": "agent"})
    by_hand(ONE, "mine")
    by_hand("chapters/02.md", None)
    by_hand("plan.toml", "mine")
    by_hand("notes/mine.md", "mine")

    with BookFolder.open(root) as book:
        assert book.paths() == [ONE, "notes/mine.md", "plan.toml"]
        assert [book.versions(p)[-1].origin for p in book.paths()] == [Origin.PERSON] * 3
        assert [v.sha is None for v in book.versions("chapters/02.md")] == [False, True]


def test_opening_an_unchanged_book_changes_nothing(root):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text", "notes/a.md": "text"})
    before = snapshot(root / "chapters") | snapshot(root / "notes")

    with BookFolder.open(root) as book:
        assert len(book.versions(ONE)) == 1
    assert snapshot(root / "chapters") | snapshot(root / "notes") == before


@pytest.mark.parametrize(
    "path",
    ["thesis.md", "sources/a.md", "exports/a.md", "chapters/a.png", "chapters/.a.md", "book.toml"],
)
def test_what_is_not_the_books_is_left_alone(book, root, by_hand, path):
    by_hand(path, "mine")

    assert book.paths() == []
    assert (root / path).read_text() == "mine"


def test_a_persons_file_in_an_agents_way_is_never_overwritten(book, root, by_hand):
    by_hand("thesis.md", "mine")

    book.commit(ENDED, {"thesis.md": "agent"})

    assert (root / "thesis.md").read_text() == "mine"
    assert (root / "thesis.agent.md").read_text() == "agent"
    assert [c.finding.code for c in book.findings()] == ["CHG-CONFLICT"]


def test_a_book_can_be_read_while_it_is_written(book, root):
    book.commit(ENDED, {ONE: "one"})

    with BookFolder.read_only(root) as reader:
        first = reader.read(ONE)
        book.commit(Outcome("mend-1"), {ONE: "two", "chapters/02.md": "new"})

        assert (first, reader.read(ONE)) == ("one", "two")
        assert reader.paths() == [ONE, "chapters/02.md"]
        assert list(reader.outcomes()) == ["chapter-1", "mend-1"]


def test_a_reader_sees_a_persons_edits_and_keeps_none(root, clock, by_hand):
    with BookFolder.create(root, now=clock) as book:
        book.commit(ENDED, {ONE: "agent", "chapters/02.md": "agent"})
    by_hand(ONE, "mine")
    by_hand("chapters/02.md", None)
    by_hand("notes/mine.md", "new")

    with BookFolder.read_only(root) as reader:
        assert reader.paths() == [ONE, "notes/mine.md"]
        assert reader.read(ONE) == "mine"
        assert [reader.text(v) for v in reader.versions(ONE)] == ["agent", "mine"]
    with BookFolder.read_only(root) as reader:
        assert len(reader._journal.history.versions(ONE)) == 1


def test_a_reader_cannot_write(root, ask):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})

    with BookFolder.read_only(root) as reader:
        for act in (
            lambda: reader.commit(ENDED, {ONE: "x"}),
            lambda: reader.sending(ask(), 0.5),
            lambda: reader.remember("a", "b"),
            lambda: reader.begin_settings("a = 1"),
        ):
            with pytest.raises(UsageError, match="for reading only"):
                act()
    assert (root / ONE).read_text() == "text"
    assert not (root / "book.toml").exists()


def test_a_hostile_path_in_a_strangers_journal_is_refused_on_opening(root, tmp_path):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})
        with book._journal._database.transaction() as sql:
            sql.execute("UPDATE file SET path = '../stolen.md', projected = 0")

    with pytest.raises(PathRefused):
        BookFolder.open(root)

    assert not (tmp_path / "stolen.md").exists()


def test_a_chapter_that_became_a_link_stops_the_run(root, tmp_path):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})
    (tmp_path / "secret.md").write_text("secret")
    (root / ONE).unlink()
    (root / ONE).symlink_to(tmp_path / "secret.md")

    with pytest.raises(UsageError, match="a link"):
        BookFolder.open(root)


def test_a_chapter_that_cannot_be_read_stops_the_run(root):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})
    (root / ONE).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageError, match="is not UTF-8 text"):
        BookFolder.open(root)


def test_nothing_is_asked_of_a_model_when_the_answer_might_not_fit_the_disk(root, ask):
    with (
        BookFolder.create(root, disk=Disk(free=lambda folder: 1000)) as book,
        pytest.raises(DiskFull),
    ):
        book.sending(ask(), 0.5)


def test_many_threads_can_write_one_book(book, ask):
    def write(number):
        call = ask(request=f"r{number}", instruction=f"i{number}")
        book.sending(call, 0.5)
        for _ in range(20):
            book.heard(call, "word " * 50)
        book.replied(call, Reply(f"text {number}"), 0.1)
        book.commit(Outcome(f"i{number}"), {f"chapters/{number:02d}.md": f"text {number}"})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))

    assert [book.read(path) for path in book.paths()] == [f"text {n}" for n in range(40)]
    assert len(book.outcomes()) == 40


@pytest.mark.parametrize("path", ["front/01-preface.md", "back/index.md", "parts/01.md"])
def test_what_a_person_puts_around_the_chapters_belongs_to_the_book(path, tmp_path):
    BookFolder.create(tmp_path / "book").close()
    place = tmp_path / "book" / path
    place.parent.mkdir()
    place.write_text("Mine.\n")

    with BookFolder.open(tmp_path / "book") as folder:
        assert folder.read(path) == "Mine.\n"
