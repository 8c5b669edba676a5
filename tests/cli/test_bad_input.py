"""Bad input gets one sentence on stderr, the right exit code, and nothing is lost."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.cli.commands import REHEARSAL, rehearsed, typed
from tests.samples import SAMPLES

TALE = ("generate", "A tale.", "--to", "new")
FREE = ("--model", "rehearsal")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("generate", "", "--to", "new", *FREE), "the prompt is empty"),
        (("generate", "   ", *FREE), "the prompt is empty"),
        (("plan", "", "--to", "new", *FREE), "the prompt is empty"),
        ((*TALE, "--model", "gpt-9"), "there is no model `gpt-9`"),
        ((*TALE, "--model", "claude-opus-5-5"), "needs a key"),
        ((*TALE, "--model", "nowhere.gguf"), "nowhere.gguf"),
        ((*TALE, *FREE, "--words", "0", "--chapters", "-1"), "`chapters` must be between"),
        ((*TALE, *FREE, "--words", "-5"), "`words` must be between"),
        ((*TALE, *FREE, "--words", "1000000000"), "`words` must be between"),
        ((*TALE, *FREE, "--chapters", "10000"), "`chapters` must be between"),
        ((*TALE, *FREE, "--chapters", "50", "--words", "500"), "too few for 50 chapters"),
        ((*TALE, *FREE, "--chapters", "three"), "not a valid integer"),
        ((*TALE, *FREE, "--language", "klingon"), "there is no language `klingon`"),
        ((*TALE, *FREE, "--kind", "poem"), "there is no kind `poem`; there are: book, document."),
        ((*TALE, *FREE, "--program", "nowhere"), "nowhere` holds no program"),
        (("estimate", "A tale.", "--program", "nowhere"), "nowhere` holds no program"),
        (("estimate", "--book", "nowhere", "--kind", "document"), "--kind is for a new book"),
        ((*TALE, "--model", "smollm2-135m", "--language", "fr"), "in en only, not in `fr`"),
        ((*TALE, *FREE, "--export", "docx9"), "no format `docx9`"),
        (("status", "--book", "nowhere"), "is not a book"),
        (("resume", "--book", "nowhere"), "is not a book"),
        (("export", "--book", "nowhere"), "is not a book"),
        (("estimate",), "say what is to be estimated"),
        (("estimate", "A tale.", "--book", "nowhere"), "one of the two"),
        (("estimate", "--book", "nowhere"), "is not a book"),
        (("estimate", ""), "the prompt is empty"),
        (("estimate", "A tale.", "--words", "0"), "`words` must be at least 1"),
        (("estimate", "A tale.", "--model", "gpt-9"), "`gpt-9`. Name one with --model, such as"),
        (("estimate", "--book", "nowhere", "--words", "900"), "--words is for a new book"),
        (("models", "pull", "gpt-9"), "there is no model `gpt-9`"),
        (("frobnicate",), "No such command"),
    ],
)
def test_it_is_refused_with_exit_2_and_leaves_nothing_behind(tmp_path, arguments, why):
    done = typed(*arguments, cwd=tmp_path)

    assert done.returncode == 2, done.stderr
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("command", ["generate", "plan", "estimate"])
def test_a_program_that_cannot_be_carried_out_is_refused_with_its_line(tmp_path, command):
    shutil.copytree(SAMPLES / "program-letters", tmp_path / "own")
    file = tmp_path / "own/program.toml"
    file.write_text(file.read_text("utf-8").replace('after = ["letter"]', 'after = ["leter"]'))
    to = () if command == "estimate" else ("--to", "new")

    done = typed(command, "A tale.", *to, *FREE, "--program", "own", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        f"l2mac-write: `{file}`, line 41: step `chapter` comes after `leter`, which is no step."
        " Did you mean `letter`?\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_folder_that_is_not_empty_is_not_written_to(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new/diary.txt").write_text("mine")
    done = typed(*TALE, *REHEARSAL, cwd=tmp_path)

    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["diary.txt"]


def test_a_folder_that_holds_another_book_is_not_written_to(tmp_path):
    rehearsed(tmp_path)
    done = typed("generate", "Something else.", "--to", "book", *REHEARSAL, cwd=tmp_path)

    assert done.returncode == 2
    assert "holds another book" in done.stderr


def test_a_book_without_a_chapter_cannot_be_exported(tmp_path):
    typed("plan", "A tale.", "--to", "book", *REHEARSAL, cwd=tmp_path)
    done = typed("export", "--book", "book", cwd=tmp_path)

    assert done.returncode == 2
    assert "no chapter yet" in done.stderr


def test_an_export_into_a_missing_folder_leaves_no_half_file(tmp_path):
    rehearsed(tmp_path)
    done = typed("export", "--book", "book", "--to", "a/b/c.epub", cwd=tmp_path)

    assert done.returncode == 2
    assert "name a file in a folder that is there" in done.stderr


def test_a_plan_broken_by_hand_is_named_with_its_line_and_nothing_changes(tmp_path):
    book = rehearsed(tmp_path)
    (book / "plan.toml").write_text('title = "x\n')
    done = typed("resume", "--book", "book", cwd=tmp_path)

    assert done.returncode == 2
    assert "plan.toml" in done.stderr
    assert "line 1" in done.stderr


def foreign(journal):
    journal.unlink()
    with closing(sqlite3.connect(journal)) as sql:
        sql.execute("CREATE TABLE bookmarks (url)")


def newer(journal):
    with closing(sqlite3.connect(journal)) as sql:
        sql.execute("PRAGMA user_version = 99")


def zeroed(journal):
    data = bytearray(journal.read_bytes())
    data[:4096] = bytes(4096)
    journal.write_bytes(data)


JOURNALS = [
    (zeroed, "l2mac-write doctor --repair --book"),
    (foreign, "l2mac-write doctor --repair --book"),
    (lambda journal: journal.write_text("My diary.\n"), "l2mac-write doctor --repair --book"),
    (lambda journal: journal.write_bytes(b""), "l2mac-write doctor --repair --book"),
    (lambda journal: journal.unlink(), "l2mac-write doctor --repair --book"),
    (newer, "pip install --upgrade l2mac-write"),
]


@pytest.mark.parametrize("command", ["status", "export", "resume"])
@pytest.mark.parametrize(
    ("harm", "advice"), JOURNALS, ids=["damaged", "foreign", "a-text", "empty", "gone", "newer"]
)
def test_a_journal_that_cannot_be_used_is_told_with_what_to_do(
    template, tmp_path, command, harm, advice
):
    book = shutil.copytree(template, tmp_path / "book")
    harm(book / ".l2mac/journal.db")
    before = contents(book)
    done = typed(command, "--book", "book", cwd=tmp_path)

    assert done.returncode == 2
    assert advice in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert contents(book) == before


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return rehearsed(tmp_path_factory.mktemp("template"))


def contents(book):
    """What a person has in it; some files come and go with whoever looks at a journal."""
    files = (path for path in book.rglob("*") if path.is_file())
    return {f: f.read_bytes() for f in files if not f.name.endswith(("lock", "-shm", "-wal"))}


def test_any_markdown_is_exported_without_a_project_or_a_key(tmp_path):
    (tmp_path / "ford.md").write_text("# The Ford\n\n## One\n\nRain.\n\n## Two\n\nMud.")

    done = typed("export", "ford.md", "--format", "epub,markdown", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert {f.name for f in (tmp_path / "exports").iterdir()} == {"the-ford.epub", "the-ford.md"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["gone.md"], "cannot be read"),
        (["a.md", "--language", "gibberish-language"], "language"),
        (["a.md", "--title", "x" * 2000], "longer than 500 characters"),
        (["a.md", "--to", "no/such/a.epub"], "cannot be written"),
        (["a.md", "--book", "b"], "not both"),
        (["a.md", "--format", "markdown", "--to", "a.md"], "is what is to be exported"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence_and_nothing_is_made(
    tmp_path, arguments, why
):
    (tmp_path / "a.md").write_text("# A\n\nText.")

    done = typed("export", *arguments, cwd=tmp_path)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert why in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]
