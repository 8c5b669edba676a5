"""A file that belongs to no project is cut at its chapter headings, whatever it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.errors import UsageError
from l2mac_write.importers.manuscripts import LARGEST, cut, files, plain

BOOK = """# The Ford

*by Nobody*

## Part One

### I: The Rain

It rained.

```
# no heading
```

### II

It stopped.

## Part Two

### II

Mud.
"""


def titles(text):
    return [(piece.path, piece.title) for piece in cut("a.md", text)]


def test_a_book_with_parts_is_cut_at_its_chapters():
    assert titles(BOOK) == [
        ("a.md#i-the-rain", "I: The Rain"), ("a.md#ii", "II"), ("a.md#ii-2", "II"),
    ]  # fmt: skip


def test_sections_of_a_chapter_stay_in_it():
    assert [p.text for p in cut("a.md", "## A\n\nOne.\n\n### Deep\n\nTwo.\n\n## B\n\nThree.")] == [
        "One.\n\n### Deep\n\nTwo.", "Three.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["No heading.", "# One title\n\nA chapter.\n\n## A section\n\nMore."]
)
def test_a_text_with_no_or_one_chapter_is_one_under_the_name_of_its_file(text):
    assert [path for path, _ in titles(text)] == ["a.md"]


def test_underlined_headings_part_chapters_too():
    assert [title for _, title in titles("One\n===\n\nA.\n\nTwo\n===\n\nB.")] == ["One", "Two"]


def test_a_chapter_of_which_nothing_but_the_heading_is_there_is_a_chapter_still():
    assert [p.text for p in cut("a.md", "# A\n\n# B\n\nText.\n\n# C\n")] == ["", "Text.", ""]


def test_what_stands_before_the_first_chapter_counts_once_it_is_more_than_a_title_page():
    preface = "Word " * 60

    assert titles(f"{preface}\n\n# A\n\nOne.\n\n# B\n\nTwo.")[0] == ("a.md", "")


@given(st.text(alphabet="#ab=`~\n -", max_size=300))
def test_every_piece_stands_in_the_text_where_it_says(text):
    for piece in cut("a.md", text):
        assert text[piece.start :].startswith(piece.text)


def test_a_folder_is_read_in_the_order_of_its_names_without_what_is_hidden(tmp_path):
    for name in ("02.md", "01.md", "notes.json", ".git/x.md", "more/03.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Text of {name}.")

    assert [*files(tmp_path)] == ["01.md", "02.md", "more/03.txt"]


def test_marks_of_windows_make_no_difference(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# A\r\n\r\nOne.\r\n\r\n# B\r\rTwo.\r\n")

    text = plain(files(tmp_path / "a.md")["a.md"])
    assert [(p.title, p.text) for p in cut("a.md", text)] == [("A", "One."), ("B", "Two.")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no text"),
        (b" \n\n", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\xff", "is not UTF-8"),
        (b"PK\0\0", "zero bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(tmp_path, content, why):
    (tmp_path / "a.md").write_bytes(content)

    with pytest.raises(UsageError, match=why):
        files(tmp_path / "a.md")


def test_a_file_without_end_is_refused(tmp_path):
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(UsageError, match="has more than 64 MB"):
        files(tmp_path / "a.md")


@pytest.mark.parametrize("name", ["nowhere.md", "."])
def test_where_nothing_is_nothing_can_be_checked(tmp_path, name):
    with pytest.raises(UsageError, match=r"cannot be read|holds no Markdown file"):
        files(tmp_path / name)
