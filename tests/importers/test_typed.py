"""Texts as they are typed by people who know no Markdown, and as other programs compile them."""

import pytest

from l2mac_write.adopting.importing import imported

RAIN = "It rained, and she went down to the water to look for her boat and for him. "
LONG = RAIN * 6
HEAD = (
    "The Project Gutenberg eBook of The Tide, by A. Quill\n\nLicence.\n\nTitle: The Tide\n\n"
    "Author: Ada Quill\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE TIDE ***\n\nProduced by X\n\n"
    "THE TIDE\n\nContents\n\n CHAPTER I. Morning\n CHAPTER II. Noon\n\n"
)
FOOT = "\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE TIDE ***\n\nLicence again.\n"


def read(folder, text, name="a.txt"):
    (folder / name).write_text(text)
    return imported(folder / name)


def chapters(read):
    return [(s.title, s.markdown) for s in read.sections if s.kind == "chapter"]


def test_of_a_text_from_gutenberg_the_book_is_taken_and_what_it_says_of_itself(tmp_path):
    text = (
        f"{HEAD}CHAPTER I.\n\nMorning\n\nIt rained.[1]\n\n       *       *       *\n\n"
        "     Over the water,\n     over the lea.\n\n[Illustration]\n\n[1] Always.\n\n"
        f"CHAPTER II.\n\nNoon\n\nIt stopped.{FOOT}"
    )
    found = read(tmp_path, text)

    assert found.said == {"title": "The Tide", "author": "Ada Quill"}
    assert chapters(found) == [
        (
            "CHAPTER I: Morning",
            "It rained.[^1]\n\n* * *\n\nOver the water,\\\nover the lea.\n\n[^1]: Always.",
        ),
        ("CHAPTER II: Noon", "It stopped."),
    ]
    assert [section.kind for section in found.sections] == ["chapter", "chapter"]
    assert len(found.remarks) == 2


def test_where_each_line_is_a_paragraph_a_blank_line_parts_scenes(tmp_path):
    lines = [f"She said that it was day {day}." for day in range(24)]
    text = "\n".join(["Chapter 1", *lines[:12], "", *lines[12:20], "~~~", *lines[20:]])

    ((title, markdown),) = chapters(read(tmp_path, f"{text}\n"))

    assert title == "Chapter 1"
    assert markdown.split("\n\n") == [*lines[:12], "* * *", *lines[12:20], "* * *", *lines[20:]]


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("    It rained.\n\n    It stopped.", "It rained.\n\nIt stopped."),
        ("\tIt rained\nhard.\n\tIt stopped.", "It rained\nhard.\n\nIt stopped."),
        ("- Yes, said Ann.\n\n- No, said Ben.", "\\- Yes, said Ann.\n\n\\- No, said Ben."),
        ("- tar\n- rope", "- tar\n- rope"),
        ("1914. It rained.", "1914\\. It rained."),
    ],
)
def test_no_paragraph_becomes_code_or_a_list(typed, markdown, tmp_path):
    ((_, text),) = chapters(read(tmp_path, f"Chapter 1\n\n{typed}\n"))

    assert text == markdown


@pytest.mark.parametrize(
    "lines",
    [
        ["CHAPTER THE FIRST", "CHAPTER THE SECOND"],
        ["Chapter Thirty-One", "Chapter Thirty-Two"],
        ["The First Chapter", "The Second Chapter"],
        ["Erstes Kapitel", "Zweites Kapitel"],
        ["Chapitre premier", "Chapitre deuxième"],
        ["1", "2"],
        ["I.", "II."],
        ["— One —", "— Two —"],
        ["**The Ford**", "**The Mill**"],
    ],
    ids=lambda lines: lines[0],
)
def test_chapters_begin_at_lines_that_only_a_reader_knows_as_headings(lines, tmp_path):
    text = f"{lines[0]}\n\n{LONG}\n\n{lines[1]}\n\n{LONG}\n"

    assert [title for title, _ in chapters(read(tmp_path, text))] == [
        line.strip("*. —") for line in lines
    ]


def test_a_list_of_the_chapters_is_left_out_and_begins_none(tmp_path):
    listed = "Contents\n\nChapter 1: Rain ..... 3\n\nChapter 2: Mud ..... 9\n\n"
    text = f"{listed}For Ann.\n\nChapter 1: Rain\n\nIt rained.\n\nChapter 2: Mud\n\nMud.\n"
    found = read(tmp_path, text)

    assert [(s.kind, s.title, s.markdown) for s in found.sections] == [
        ("preface", "", "For Ann."),
        ("chapter", "Chapter 1: Rain", "It rained."),
        ("chapter", "Chapter 2: Mud", "Mud."),
    ]
    assert found.remarks == (
        "Its list of contents was left out: each export makes one of its own.",
    )


def test_a_number_and_a_title_in_two_headings_are_one(tmp_path):
    text = (
        "# Part One\n\n## Chapter 1 ##\n\n### Rain ###\n\nIt.\n\n#\n\nIt.\n\n"
        "# Part Two #\n\n## Chapter 2 ##\n\n### Mud ###\n\nMud.\n"
    )
    found = read(tmp_path, text, "a.md")

    assert chapters(found) == [
        ("Chapter 1: Rain", "It.\n\n* * *\n\nIt."),
        ("Chapter 2: Mud", "Mud."),
    ]
    assert [s.title for s in found.sections if s.kind == "part"] == [
        "Part One",
        "Part Two",
    ]


def test_sections_of_a_chapter_are_no_titles_of_it(tmp_path):
    text = "".join(
        f"# Chapter {n}\n\n## One\n\nIt.\n\n## Two\n\nIt.\n\n## Three\n\nIt.\n\n" for n in (1, 2)
    )

    assert [title for title, _ in chapters(read(tmp_path, text, "a.md"))] == [
        "Chapter 1",
        "Chapter 2",
    ]


def test_an_editors_changes_are_taken_and_remarks_are_not(tmp_path):
    text = (
        "# One\n\nIt {++really ++}rained{-- hard--}{>>Did it?<<}. {~~Yes~>No~~}, {==he==} said.\n"
    )
    found = read(tmp_path, text, "a.md")

    assert chapters(found) == [("One", "It really rained. No, he said.")]
    assert [remark.partition(" (")[0] for remark in found.remarks] == [
        "Its tracked changes",
        "Comments in the margin",
    ]


def test_lines_above_a_compiled_text_say_what_it_is(tmp_path):
    text = "Title: The Tide\nAuthor: Ada Quill\nBase Header Level: 1\n\n# One\n\nIt.\n"
    found = read(tmp_path, text, "a.md")

    assert found.said == {"title": "The Tide", "author": "Ada Quill"}
    assert chapters(found) == [("One", "It.")]


def test_the_line_above_who_wrote_it_is_the_title_wherever_it_stands(tmp_path):
    text = f"Ada Quill\\\n12 Sea Road\n\n**THE TIDE**\n\nby Ada Quill\n\n**Rain**\n\n{LONG}\n\n**Mud**\n\n{LONG}\n"
    found = read(tmp_path, text, "a.md")

    assert found.said == {"title": "THE TIDE", "author": "Ada Quill"}
    assert [title for title, _ in chapters(found)] == ["Rain", "Mud"]
