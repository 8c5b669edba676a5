"""What a person gets who asks for files of a book: each whole, in its place, and what it lacks."""

from pathlib import Path

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporting import export, told_by
from l2mac_write.store.exported import OURS, write_folder
from tests.exporters.books import book, chapter

SMALL = book(chapter("Rain."))


def names(made):
    return [file.name for file in made.files]


def test_each_format_is_a_file_named_after_the_book(tmp_path):
    made = export(SMALL, ["epub", "markdown"], tmp_path)

    assert names(made) == ["the-long-tide.epub", "the-long-tide.md"]
    assert made.files[1].read_text().startswith("# The Long Tide")


def test_all_are_all_there_are(tmp_path):
    made = export(SMALL, ["all"], tmp_path)

    every = {f"the-long-tide{e.suffix}" for e in EXPORTERS.values()}
    assert {file.name for file in made.files} >= every - {"the-long-tide.pdf"}


def test_one_format_goes_into_the_file_one_names_and_several_into_the_folder(tmp_path):
    one = export(SMALL, ["html"], tmp_path, tmp_path / "my.htm")
    two = export(SMALL, ["html", "epub"], tmp_path, tmp_path / "both")

    assert names(one) == ["my.htm"]
    assert {file.parent.name for file in two.files} == {"both"}


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        ("epub", "my.pdf", "in the format pdf, not epub"),
        ("pdf", "my.EPUB", "in the format epub, not pdf"),
        ("site", "my.html", "in the format html, not site"),
        ("all", "my.txt", "is a file"),
    ],
)
def test_no_file_is_called_what_it_is_not(kind, name, why, tmp_path):
    (tmp_path / "my.txt").write_text("dear")

    with pytest.raises(UsageError, match=why):
        export(SMALL, [kind], tmp_path, tmp_path / name)

    assert [file.name for file in tmp_path.iterdir()] == ["my.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("my.pdf", "pdf"),
        ("my.docx", "docx"),
        ("my.manuscript.docx", "manuscript"),
        ("MY.MD", "markdown"),
        ("my.book", "epub"),
    ],
)
def test_a_name_tells_the_format(name, kind):
    assert told_by(Path(name)) == (kind,)


def test_an_unknown_format_is_refused_before_any_file_is_made(tmp_path):
    with pytest.raises(UsageError, match="there is no format `stone`"):
        export(SMALL, ["epub", "stone"], tmp_path)

    assert [*tmp_path.iterdir()] == []


def test_a_folder_takes_the_place_of_the_one_exported_before(tmp_path):
    write_folder(tmp_path / "site", {"a.txt": b"1", "deep/b.txt": b"2"})
    write_folder(tmp_path / "site", {"c.txt": b"3"})

    assert {p.name for p in (tmp_path / "site").iterdir()} == {"c.txt", OURS}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_was_not_exported_is_never_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")

    with pytest.raises(UsageError, match="did not export"):
        write_folder(tmp_path / "mine", {"a.txt": b"1"})
    assert (tmp_path / "mine/letter.txt").read_text() == "dear"


@pytest.mark.parametrize("kind", ["epub", "all"])
def test_a_place_in_a_missing_folder_is_refused_and_nothing_is_made(tmp_path, kind):
    with pytest.raises(UsageError, match="cannot be written"):
        export(SMALL, [kind], tmp_path, tmp_path / "no/such/place")

    assert [*tmp_path.iterdir()] == []
