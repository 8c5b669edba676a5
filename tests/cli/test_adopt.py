"""What a person types to take in a manuscript, and what they are told."""

import json
import re
import subprocess

import pytest

from l2mac_write import open_book
from tests.adoptions import NOVEL, bound, manuscript
from tests.cli.commands import typed
from tests.exporters.images import png

SEEN = """\
The Long Tide by Ada Quill (en)
             8  preface
    1       11  The Ford
    2        4  The Mill
            23  words, 2 chapters

Taken for a story (7 of 100 words are spoken). If it is a book of facts, set `fiction = false`
in plan.toml.
"""


def files(folder):
    return sorted(file.name for file in folder.iterdir())


def test_the_split_can_be_seen_before_anything_is_made(tmp_path):
    manuscript(tmp_path)
    said = typed("adopt", "novel.md", "--dry-run", cwd=tmp_path)
    rows = json.loads(typed("adopt", "novel.md", "--dry-run", "--json", cwd=tmp_path).stdout)

    assert (said.stdout, said.returncode) == (SEEN, 0)
    assert [(row["number"], row["path"], row["words"]) for row in rows["chapters"]] == [
        (1, "chapters/01-the-ford.md", 11),
        (2, "chapters/02-the-mill.md", 4),
    ]
    assert (rows["fiction"], len(rows["remarks"])) == (True, 1)
    assert (rows["around"][0]["kind"], rows["sources"]) == ("preface", ["sources/novel.md"])
    assert files(tmp_path) == ["novel.md"]


def test_it_tells_what_was_made_and_what_is_not_known_yet(tmp_path):
    manuscript(tmp_path)
    done = typed("adopt", "novel.md", "--to", "book", cwd=tmp_path)

    assert done.returncode == 0
    assert "The book is in book, the original in book/sources." in done.stdout
    assert "No model has read it" in done.stdout
    assert "l2mac-write resume --book book" in done.stdout


def test_what_was_left_out_of_it_is_told(tmp_path):
    text = "# One\n\nIt{++ really++} rained{>>Did it?<<}.\n\n# Two\n\nIt stopped.\n"
    manuscript(tmp_path, text)
    told = typed("adopt", "novel.md", "--to", "book", cwd=tmp_path).stdout
    rows = json.loads(typed("adopt", "novel.md", "--to", "b", "--json", cwd=tmp_path).stdout)

    assert "Its tracked changes (1) count as accepted" in told
    assert "Comments in the margin (1) were left out" in told
    assert len(rows["remarks"]) == 3


def test_where_files_count_otherwise_than_readers_both_are_shown(tmp_path):
    text = "# Prologue\n\nIt rained.\n\n# The Ford\n\nMud.\n\n# The Mill\n\nSun.\n"
    manuscript(tmp_path, text)
    typed("adopt", "novel.md", "--to", "book", cwd=tmp_path)
    told = typed("status", "--book", "book", cwd=tmp_path).stdout
    found = typed("history", "2", "--book", "book", cwd=tmp_path).stdout

    assert re.search(r"1 .* The Ford  02-the-ford\.md\n", told)
    assert "chapters/03-the-mill.md" in found


def test_every_command_works_at_once_without_a_model(tmp_path):
    manuscript(tmp_path)
    (tmp_path / "map.png").write_bytes(png())
    typed("adopt", "novel.md", "--to", "book", cwd=tmp_path)
    asked = ("status", "check", "history", "diff", "why 1", "ledger", "export --format epub")
    ends = [typed(*line.split(), "--book", "book", cwd=tmp_path) for line in asked]

    assert [(end.returncode, end.stderr) for end in ends] == [(0, "")] * len(asked)
    assert "No model has read it" in ends[0].stdout
    assert "Nothing is recorded" in ends[4].stdout
    assert "The ledger says nothing of it yet." in ends[5].stdout


def test_without_a_name_the_folder_is_called_after_the_manuscript(tmp_path):
    manuscript(tmp_path, name="My Novel.md")
    done = typed("adopt", "My Novel.md", "--json", cwd=tmp_path)

    assert json.loads(done.stdout)["book"] == "my-novel"
    assert (tmp_path / "my-novel/plan.toml").exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("gone.md", None, "`gone.md` cannot be read: No such file or directory."),
        ("a.docx", b"PK\x05\x06" + b"\0" * 18, "neither an EPUB nor a Word document"),
        ("a.epub", b"PK\x03\x04 broken", "is damaged"),
        ("a.md", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("a.md", b"\n", "holds no text"),
    ],
)
def test_what_is_no_manuscript_is_refused_in_a_sentence_and_nothing_is_made(
    name, content, why, tmp_path
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = files(tmp_path)
    done = typed("adopt", name, "--to", "book", cwd=tmp_path)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert why in done.stderr
    assert files(tmp_path) == before


def test_a_book_may_not_be_made_where_something_is(tmp_path):
    manuscript(tmp_path)
    (tmp_path / "book").mkdir()
    (tmp_path / "book/mine.txt").write_text("Mine.")
    done = typed("adopt", "novel.md", "--to", "book", cwd=tmp_path)

    assert done.returncode == 2
    assert "`book` is not empty" in done.stderr
    assert files(tmp_path / "book") == ["mine.txt"]


def test_a_model_reads_it_and_then_the_book_goes_on(tmp_path):
    manuscript(tmp_path)
    read = typed("adopt", "novel.md", "--to", "book", "--model", "rehearsal", cwd=tmp_path)
    plan = ("plan", "--book", "book", "--chapters", 3, "Mud.", "--model", "rehearsal")
    planned = typed(*plan, cwd=tmp_path)
    written = typed("resume", "--book", "book", "--export", "none", cwd=tmp_path)

    why = typed("why", "1", cwd=tmp_path / "book").stdout

    assert "--step with the name of one" in why
    assert "facts" in why
    assert "read/the-ford: The Ford" in read.stdout
    assert "No model has read it" not in read.stdout
    assert "To write the book: l2mac-write resume --book book" in planned.stdout
    assert written.returncode == 0
    assert len([*(tmp_path / "book/chapters").iterdir()]) == 3


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("--book book --chapters 2", "has 2 chapters already"),
        ("--book book", "say with --chapters"),
        ("--book book --chapters 3 --to there", "--to is for a new book"),
        ("--book book --chapters 3 --title Mud", "--title is for a new book"),
        ("--book nowhere --chapters 3", "is not a book"),
    ],
)
def test_how_a_book_cannot_go_on_is_said_in_a_sentence(line, why, tmp_path):
    manuscript(tmp_path)
    typed("adopt", "novel.md", "--to", "book", cwd=tmp_path)
    done = typed("plan", *line.split(), "--model", "rehearsal", cwd=tmp_path)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert why in done.stderr


@pytest.mark.parametrize("kind", ["epub", "docx"])
def test_what_pandoc_makes_has_the_same_chapters_and_words(kind, tmp_path, pandoc):
    manuscript(tmp_path, NOVEL.replace("![a map](map.png)", "*the* map"))
    subprocess.run([pandoc, "novel.md", "-o", f"novel.{kind}"], cwd=tmp_path, check=True)
    for name in ("novel.md", f"novel.{kind}"):
        typed("adopt", name, "--to", name.replace(".", "-"), cwd=tmp_path)
    one, other = (open_book(tmp_path / name) for name in ("novel-md", f"novel-{kind}"))

    assert bound(other) == bound(one)


@pytest.fixture
def pandoc():
    return pytest.importorskip("shutil").which("pandoc") or pytest.skip("there is no pandoc here")
