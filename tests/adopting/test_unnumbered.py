"""A manuscript's chapters keep their own numbers; its prologue, interludes and epilogue have none."""

import pytest

from l2mac_write import adopt
from tests.adoptions import adopted, exported

COUNTED = """\
# The Long Tide

by Ada Quill

## Prologue

The sea.

## Chapter 1

Rain.

## The Letter

Dear Ada.

## Chapter 2

Mud.

## Epilogue

So.
"""


def test_chapters_keep_their_own_numbers_and_a_prologue_has_none(tmp_path):
    book = adopted(tmp_path, COUNTED)

    assert [c.listed for c in book.plan.chapters] == [
        "Prologue",
        "1. Chapter 1",
        "The Letter",
        "2. Chapter 2",
        "Epilogue",
    ]
    assert [(s.kind, s.number) for s in book.manuscript.sections] == [
        ("prologue", 0),
        ("chapter", 1),
        ("chapter", 0),
        ("chapter", 2),
        ("epilogue", 0),
    ]
    assert book.history("1")[0].path == book.plan.chapters[1].path


@pytest.mark.parametrize("kind", ["epub", "docx", "html", "markdown"])
def test_numbers_survive_an_export_and_an_adoption(kind, tmp_path):
    first = adopted(tmp_path, COUNTED)
    again = adopt(exported(first.manuscript, kind, tmp_path), tmp_path / "again")

    assert [c.listed for c in again.plan.chapters] == [c.listed for c in first.plan.chapters]


def test_titles_alone_are_counted_but_for_what_says_that_it_is_a_prologue(tmp_path):
    text = COUNTED.replace("Chapter 1", "The Ford").replace("Chapter 2", "The Mill")

    assert [c.listed for c in adopted(tmp_path, text).plan.chapters] == [
        "Prologue",
        "1. The Ford",
        "2. The Letter",
        "3. The Mill",
        "Epilogue",
    ]
