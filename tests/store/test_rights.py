"""What one may do with a book whose rights one does not have."""

import os
import shutil

import pytest

from l2mac_write import generate, open_book, repair, resume
from l2mac_write.errors import UsageError


@pytest.fixture
def finished(shelf, tmp_path_factory):
    """A book in a place that anyone may enter; all that exporting needs is loaded already."""
    book = generate("A tale.", shelf / "book", chapters=1, words=300, model="rehearsal")
    book.export("epub", tmp_path_factory.mktemp("out") / "a.epub")
    yield book.root
    shutil.rmtree(book.root)


@pytest.fixture
def closed(finished):
    finished.chmod(0)
    yield finished
    finished.chmod(0o755)


@pytest.fixture
def read_only(finished):
    paths = (*finished.rglob("*"), finished)
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield finished
    for path in reversed(paths):
        path.chmod(0o755)


@pytest.mark.parametrize("way", [open_book, resume, repair])
def test_a_book_that_one_may_not_enter_is_told_in_a_sentence(closed, without_rights, way):
    with without_rights(), pytest.raises(UsageError, match="you have no right to use"):
        way(closed)


def test_a_book_that_may_only_be_read_is_looked_at_and_exported_elsewhere(
    read_only, shelf, without_rights
):
    (shelf / "out").mkdir()
    (shelf / "out").chmod(0o777)
    with without_rights():
        if not os.access(__file__, os.R_OK, effective_ids=True):
            pytest.skip("the tool itself lies where root alone may read")
        book = open_book(read_only)

        assert [chapter.words for chapter in book.chapters] == [300]
        assert book.export("epub", shelf / "out/a.epub").is_file()
        with pytest.raises(UsageError, match="you have no right to use"):
            book.export("epub")


@pytest.mark.parametrize("way", [resume, repair])
def test_a_book_that_may_only_be_read_is_not_written(read_only, without_rights, way):
    with without_rights(), pytest.raises(UsageError, match="no right"):
        way(read_only)
