"""A manuscript typed without headings is cut where its lines say that a chapter begins."""

import re

import docx
import pytest

from l2mac_write.adopting.importing import imported
from l2mac_write.importers import markdown

STORY = """\
The Station at Skarv

by Ragna Moe

Prologue

The cable came ashore.

Chapter 1

It called.

**CHAPTER TWO: Supper**

She went.

Epilogue

It was still.
"""
TITLES = ["Prologue", "Chapter 1", "CHAPTER TWO: Supper", "Epilogue"]


def read(text):
    return markdown.read({"station.md": text})


def titles(text):
    return [section.title for section in read(text).sections]


@pytest.mark.parametrize(
    "above",
    [
        "The Station at Skarv\n\nby Ragna Moe\n\n",
        "The Station at Skarv\nby Ragna Moe\n\n",
        "**The Station at Skarv**\n\n*von Ragna Moe*\n\n",
        "# The Station at Skarv\n\nby Ragna Moe\n\n",
        "## The Station at Skarv\n\nby Ragna Moe\n\n",
        "The Station at Skarv\n====================\n\nby Ragna Moe\n\n",
    ],
)
def test_the_line_above_all_is_the_title_and_the_next_one_says_who_wrote_it(above):
    text = above + STORY[STORY.index("Prologue") :]

    assert titles(text) == TITLES
    assert read(text).said == {"title": "The Station at Skarv", "author": "Ragna Moe"}


def test_a_sentence_above_the_first_chapter_is_no_title():
    text = STORY.replace("The Station at Skarv\n\nby Ragna Moe", "It was winter.")

    assert read(text).said == {}
    assert read(text).sections[0].markdown == "It was winter."


def test_lines_that_say_part_open_parts():
    found = read(
        "PART ONE\n\nChapter 1\n\nA.\n\nChapter 2\n\nB.\n\nPART TWO\n\nA motto.\n\nChapter 3\n\nC.\n"
    )

    assert [(s.kind, s.title) for s in found.sections] == [
        ("part", "PART ONE"),
        ("chapter", "Chapter 1"),
        ("chapter", "Chapter 2"),
        ("part", "PART TWO"),
        ("chapter", "Chapter 3"),
    ]
    assert found.said == {}


def test_parts_without_chapters_are_the_chapters():
    assert titles("Part One\n\nIt rained.\n\nPart Two\n\nIt stopped.\n") == ["Part One", "Part Two"]


def test_a_line_that_goes_on_is_no_title():
    text = "I wrote this\nby the sea.\n\n" + STORY[STORY.index("Chapter 1") :]

    assert read(text).said == {}
    assert read(text).sections[0].markdown == "I wrote this\nby the sea."


@pytest.mark.parametrize(
    "line", ["Prologue to what? He laughed", "Chapter and verse", "Part of it"]
)
def test_a_paragraph_that_only_begins_like_a_chapter_is_none(line):
    text = STORY.replace("She went.", f"She went.\n\n{line}\n\nAnd so on.")

    assert titles(text) == TITLES


def test_a_text_with_headings_is_cut_at_them():
    text = re.sub(r"(?m)^(Prologue|Chapter 1)$", r"## \1", STORY)

    assert titles(text)[-2:] == ["Prologue", "Chapter 1"]


def test_a_word_document_without_styles_is_read_so_and_its_page_knows_its_author_best(tmp_path):
    document = docx.Document()
    document.core_properties.author = "Office User"
    for paragraph in STORY.replace("*", "").strip().split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(tmp_path / "station.docx")
    found = imported(tmp_path / "station.docx")

    assert [section.title for section in found.sections] == TITLES
    assert found.said["author"] == "Ragna Moe"
