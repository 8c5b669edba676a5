"""The library does what the command line does: write, open, read, count the cost, export."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from l2mac_write import generate, open_book, resume
from l2mac_write.errors import UsageError
from l2mac_write.events import Finished, Planned, Spent
from tests.cli.commands import BARE

README = Path(__file__).parents[1] / "README.md"
PYTHON = re.compile(r"(?ms)^```python\n(.*?)^```")
PROMPT = "A tale of two ferrymen."
ASKED = {"chapters": 2, "words": 600, "model": "rehearsal", "title": "Two Banks", "author": "A. R."}


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def book(tmp_path_factory, told):
    return generate(PROMPT, tmp_path_factory.mktemp("library") / "book", tell=told.append, **ASKED)


def test_generate_writes_a_whole_book(book):
    assert book.finished
    assert [(c.number, c.status, c.words) for c in book.chapters] == [
        (1, "done", 300),
        (2, "done", 300),
    ]


@pytest.mark.parametrize("words", [100, 250, 2_500, 2_501, 6_000, 20_000])
def test_a_rehearsed_chapter_has_the_words_asked_for_however_many(words, tmp_path):
    book = generate(PROMPT, tmp_path / "book", **{**ASKED, "chapters": 1, "words": words})

    assert [(chapter.status, chapter.words) for chapter in book.chapters] == [("done", words)]
    assert book.findings == ()


def test_what_happens_is_told_as_it_happens(book, told):
    kinds = [type(event) for event in told]

    assert kinds.index(Planned) < kinds.index(Spent, kinds.index(Planned))
    assert [e.instruction.chapter for e in told if isinstance(e, Finished)][-1] == 0
    assert kinds.count(Spent) == book.spend.calls


def test_a_book_on_disk_is_opened_again(book):
    again = open_book(str(book.root))

    assert (again.settings.prompt, again.written_by) == (PROMPT, "rehearsal")
    assert again.plan == book.plan


def test_the_manuscript_is_the_book_in_reading_order(book):
    manuscript = open_book(book.root).manuscript

    assert (manuscript.title, manuscript.author) == ("Two Banks", "A. R.")
    assert [chapter.number for chapter in manuscript.chapters] == [1, 2]


def test_a_clean_book_has_nothing_that_blocks_and_its_cost_is_known(book):
    assert [f for f in book.findings if f.severity == "block"] == []
    assert (book.spend.cost, book.spend.usage.output_tokens > 0) == (0.0, True)


@pytest.mark.parametrize(
    ("kind", "start"), [("epub", b"PK"), ("html", b"<!DOCTYPE html>"), ("markdown", b"# Two Banks")]
)
def test_it_is_exported_where_one_wants_it(book, tmp_path, kind, start):
    assert book.export(kind, tmp_path / "out").read_bytes().startswith(start)


def test_exported_without_a_place_it_lies_in_the_folder_of_the_book(book):
    assert book.export("epub").relative_to(book.root) == Path("exports/two-banks.epub")


def test_an_unknown_format_is_refused(book):
    with pytest.raises(UsageError, match="there is no format `stone`"):
        book.export("stone")


def test_a_finished_book_is_left_as_it_is(book):
    calls = book.spend.calls

    assert resume(book.root).spend.calls == calls
    assert generate(PROMPT, book.root, **ASKED).spend.calls == calls


def test_another_book_in_the_same_folder_is_refused(book):
    with pytest.raises(UsageError, match="holds another book"):
        generate("Something else.", book.root, model="rehearsal")


def test_a_folder_without_a_book_is_refused(tmp_path):
    with pytest.raises(UsageError):
        open_book(tmp_path)


def test_until_the_plan_there_are_chapters_to_come_and_no_manuscript(tmp_path):
    book = generate(PROMPT, tmp_path / "book", until="plan", **ASKED)

    assert [chapter.status for chapter in book.chapters] == ["waiting", "waiting"]
    assert not book.finished
    with pytest.raises(UsageError, match="no chapter yet"):
        _ = book.manuscript


def test_the_example_in_the_readme_works(tmp_path):
    example = "\n".join(PYTHON.findall(README.read_text("utf-8")))
    if not example:
        pytest.skip("README.md has no example in Python")
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path, env=BARE, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
