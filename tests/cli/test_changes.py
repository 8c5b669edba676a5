"""What a person types to see what has become of a text, and to take it back."""

import io
import json
import shutil
from contextlib import closing

import pytest
from rich.console import Console

from l2mac_write.cli import paragraphs
from l2mac_write.history.changes import Difference
from l2mac_write.history.comparing import compared
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.versions import Origin, Version
from tests.cli.commands import rehearsed, typed

CHAPTER = "chapters/02-rehearsal-title-2.md"
OLD = "# T\n\nIt rained.\n\nThe old man sat by the river and wept.\n\nNobody came.\n"
NEW = OLD.replace("old man", "young man").replace("Nobody came.", "\x1b[31mNobody came.")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return rehearsed(tmp_path_factory.mktemp("changes"))


@pytest.fixture
def book(written, tmp_path):
    root = shutil.copytree(written, tmp_path / "book")
    chapter = root / CHAPTER
    chapter.write_text(chapter.read_text("utf-8") + "\nThe last word is mine.\n", "utf-8")
    return root


def said(book, *arguments):
    done = typed(*arguments, "--book", book, cwd=book)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown(width, *, colour=False):
    versions = [Version(n, "a.md", "x", Origin.PERSON, 0.0) for n in (1, 2)]
    page = io.StringIO()
    system = "truecolor" if colour else None
    console = Console(file=page, width=width, force_terminal=colour, color_system=system)
    paragraphs.show(Difference("a.md", *versions, compared(OLD, NEW)), console)
    return page.getvalue()


def test_a_change_is_seen_undone_and_done_again(book):
    before = (book / CHAPTER).read_text("utf-8")
    diff = said(book, "diff")
    undone = said(book, "undo", "2")
    without = (book / CHAPTER).read_text("utf-8")
    redone = said(book, "redo")

    assert "\n{+The last word is mine.+}\n" in diff
    assert "Words: 5 out, 0 in." in undone
    assert "The last word" not in without
    assert "Words: 0 out, 5 in." in redone
    assert (book / CHAPTER).read_text("utf-8") == before


def test_history_tells_the_numbers_that_the_others_take(book):
    said(book, "undo", "2")
    rows = json.loads(said(book, "history", "2", "--json"))["versions"]
    lines = said(book, "history", "Rehearsal title 2").splitlines()

    assert [row["by"] for row in rows] == ["agent", "person", "revision"]
    assert rows[-1]["instruction"] == f"undo {rows[-2]['number']}"
    assert rows[0]["cost_usd"] == 0
    assert [line.split()[0] for line in lines] == [str(row["number"]) for row in rows]
    assert lines[1].endswith("by you")


def test_as_json_the_pieces_are_told_with_their_paragraphs(book):
    found = json.loads(said(book, "diff", "2", "--json"))

    assert (found["path"], found["words_removed"], found["words_added"]) == (CHAPTER, 0, 5)
    assert (found["old"]["by"], found["new"]["number"]) == ("agent", 0)
    assert [passage["changed"] for passage in found["passages"]] == [False, True]
    assert {"kind": "added", "text": "The last word is mine."} in [
        {**piece, "text": piece["text"].strip()} for p in found["passages"] for piece in p["pieces"]
    ]


def test_in_a_narrow_terminal_a_paragraph_is_shown_once_and_what_is_the_same_is_folded():
    page = shown(60)

    assert "The [-old-]{+young+} man sat" in page
    assert "… 2 paragraphs as before …" in page
    assert "rained" not in page


def test_in_a_wide_terminal_both_texts_stand_side_by_side():
    line = next(line for line in shown(140).splitlines() if "man sat" in line)

    assert line.index("[-old-] man") < 70 <= line.index("{+young+} man")


def test_in_colour_what_came_is_green_and_what_went_is_red():
    page = shown(60, colour=True)

    assert "\x1b[9;31m[-old-]" in page
    assert "\x1b[1;32m{+young+}" in page


def test_no_text_of_the_book_can_colour_the_terminal_itself():
    assert "\x1b" not in shown(60)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("undo", "99"), "no chapter `99`. Name one by its number, from 1 to 2"),
        (("history", "99"), "no chapter `99`"),
        (("redo", "chapters/99.md"), "never had a file `chapters/99.md`"),
        (("diff", "2", "1"), "has no version 1. It has: "),
        (("undo", "--revision", "0"), "--revision"),
        (("redo", "2"), "there is nothing to redo in `2`"),
        (("history", "2", "--git"), "--git tells of the whole book"),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(book, arguments, sentence):
    done = typed(*arguments, "--book", book, cwd=book)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "The last word is mine." in (book / CHAPTER).read_text("utf-8")


def test_during_a_run_diff_and_history_work_and_undo_says_who_is_at_it(book):
    with closing(BookFolder.open(book)):
        done = typed("undo", "2", "--book", book, cwd=book)

        assert "mine" in said(book, "diff", "2")
        assert "by you" in said(book, "history", "2")
        assert "It is being written by process" in said(book, "status")

    assert done.returncode == 2
    assert "is being written by process" in done.stderr
