"""Any Markdown is a book to whoever exports it: a file, or a folder that no program has made."""

import os

import pytest

from l2mac_write.adopting.gathering import Said, gathered
from l2mac_write.errors import UsageError

BOOK = """---
lang: en-GB
publisher: "Harbour House"
---
# The *Ford*

*by Ada Quill*

## Part One

### I: The Rain

It rained.

### II

It stopped.

## Part Two

### III: `mud`

Mud.
"""


def made(tmp_path, files, **said):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    root = tmp_path / next(iter(files)) if len(files) == 1 else tmp_path
    return gathered(root, Said(**said), {"SOURCE_DATE_EPOCH": "0"})


def titles(book):
    return [(section.kind, section.title) for section in book.sections]


def test_a_file_is_cut_at_its_chapters_and_says_who_wrote_what(tmp_path):
    book = made(tmp_path, {"ford.md": BOOK})

    assert (book.title, book.author, book.language) == ("The Ford", "Ada Quill", "en-GB")
    assert book.edition.publisher == "Harbour House"
    assert titles(book) == [
        ("part", "Part One"), ("chapter", "I: The Rain"), ("chapter", "II"),
        ("part", "Part Two"), ("chapter", "III: mud"),
    ]  # fmt: skip
    assert [section.within for section in book.sections] == [False, True, True, False, True]


def test_a_text_without_headings_is_one_chapter_and_called_as_its_file(tmp_path):
    book = made(tmp_path, {"the-long-tide.md": "It rained all day, and nobody came to the ford."})

    assert (book.title, titles(book)) == ("The long tide", [("chapter", "")])


def test_a_chapter_that_begins_with_a_scene_break_or_a_letter_loses_no_word(tmp_path):
    scenes, letter = "---\n\nRain.\n\n---\n\nMud.", "---\nTo: Ada\n---\n\nCome."

    assert made(tmp_path, {"a.md": scenes}).sections[0].markdown == scenes
    assert titles(made(tmp_path, {"a.md": letter})) == [("chapter", "To: Ada")]


def test_each_file_of_a_folder_is_a_chapter_in_the_order_people_count(tmp_path):
    files = {
        "10.md": "# Ten\n\n## A\n\nX.\n\n## B\n\nY.",
        "2.md": "# Two\n\nX.",
        "a b.md": "No title.",
    }

    assert [title for _, title in titles(made(tmp_path, files))] == ["Two", "Ten", "a b"]


def test_a_summary_gives_the_order_and_is_no_chapter(tmp_path):
    files = {"SUMMARY.md": "- [B](b.md)\n- [A](./a.md)", "a.md": "# A\n\nX.", "b.md": "# B\n\nY."}

    assert [title for _, title in titles(made(tmp_path, files))] == ["B", "A"]


def test_what_a_person_says_counts_most(tmp_path):
    book = made(tmp_path, {"ford.md": BOOK}, title="Mud", author="Bo", language="German")

    assert (book.title, book.author, book.language) == ("Mud", "Bo", "de")


def test_images_come_from_the_folder(tmp_path):
    (tmp_path / "a.png").write_bytes(b"a map")

    assert made(tmp_path, {"a.md": "Text."}).image("a.png") == b"a map"


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("---\ntitle: X\n---\n", {}, "no chapter"),
        ("Text.", {"title": "x" * 2000}, "longer than 500 characters"),
        ("Text.", {"language": "qqq-x"}, "qqq-x"),
        ("---\ntitle: X\nisbn: 123\n---\nText.", {}, "is no ISBN"),
    ],
)
def test_what_makes_no_book_is_refused_with_a_sentence(tmp_path, text, said, why):
    with pytest.raises(UsageError, match=why):
        made(tmp_path, {"a.md": text}, **said)


def test_a_book_is_as_old_as_its_last_change(tmp_path):
    (tmp_path / "a.md").write_text("Text.")
    os.utime(tmp_path / "a.md", (86_400, 86_400))

    assert gathered(tmp_path / "a.md", Said(), {}).modified.day == 2
