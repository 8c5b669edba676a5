"""The folder of Markdown: a file for each section, and the same book when it is read again."""

from dataclasses import replace

import pytest
from hypothesis import given

from l2mac_write.book import Part, Section
from l2mac_write.edition import Edition
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.exporters.tokens import stream
from l2mac_write.importers import markdown
from tests.exporters.books import back, book, chapter, every_construct, front
from tests.exporters.images import png
from tests.exporters.test_every_exporter import FEW, MARKDOWN, NOISE

PLACES = Section("part", Part.BODY, "part-1.md", 'The "Ford"', "", 1)
WHOLE = replace(
    book(
        front("preface", "Why.", "Preface"),
        PLACES,
        replace(chapter("Rain.", number=1, title="It's *rain*"), within=True),
        back("afterword", "So.", ""),
    ),
    edition=Edition(publisher="Salt: Press", rights="© 2026", isbn="9780306406157"),
)


def files(manuscript):
    return {n: d.decode() for n, d in FOLDERS["folder"].files(manuscript).items() if "png" not in n}


def read_again(manuscript):
    found = files(manuscript)
    return markdown.read({name: found[name] for name in sorted(found)})


def shown(section: Section):
    """All that any format shows of the text."""
    parsed = stream(section)
    every = [*parsed.blocks, *(note.tokens for note in parsed.notes)]
    return [
        (
            t.type,
            t.tag,
            "" if t.children else t.content.strip("\n"),
            sorted(t.attrs.items()),
            inline(t),
        )
        for tokens in every
        for t in tokens
    ]


def inline(token):
    return [(c.type, c.content, c.attrs.get("href")) for c in token.children or ()]


def test_each_section_is_a_file_under_its_own_name_and_the_summary_gives_their_order():
    found = files(WHOLE)

    assert [*found] == ["SUMMARY.md", "preface.md", "part-1.md", "chapters/01.md", "afterword.md"]
    assert found["preface.md"] == (
        '---\ntitle: "Preface"\nkind: "preface"\npart: "front"\n---\n\n# Preface\n\nWhy.\n'
    )
    assert "  - [It's \\*rain\\*](chapters/01.md)" in found["SUMMARY.md"]


def test_the_book_is_the_same_when_it_is_read_again():
    again = read_again(WHOLE)

    assert [replace(s, markdown="", number=0) for s in again.sections] == [
        replace(s, markdown="", number=0) for s in WHOLE.sections
    ]
    assert again.sections[1].number == 1
    assert again.said == {
        "title": "The Long Tide", "author": "Ada Quill", "language": "en",
        "description": WHOLE.description, "publisher": "Salt: Press", "rights": "© 2026",
        "isbn": "9780306406157",
    }  # fmt: skip


def test_images_come_along_and_keep_their_places():
    manuscript = replace(book(chapter("![A map](map.png)")), image={"chapters/map.png": png()}.get)

    assert FOLDERS["folder"].files(manuscript)["chapters/map.png"] == png()


def test_sections_that_were_cut_from_one_file_get_names_of_their_own():
    one, two = (replace(chapter("Rain.", number=n), path=f"book.md#{n}") for n in (1, 2))

    assert [*files(book(one, two))] == ["SUMMARY.md", "chapter-1.md", "chapter-2.md"]


@pytest.mark.parametrize("section", every_construct().sections, ids=lambda s: s.title[:20])
def test_every_construct_is_the_same_when_it_is_read_again(section):
    again = read_again(book(section, chapter("Rain.", number=9)))

    assert shown(again.sections[0]) == shown(section)


@given(markdown=MARKDOWN | NOISE)
@FEW
def test_whatever_the_text_holds_its_tokens_are_the_same_when_it_is_read_again(markdown):
    section = chapter(markdown)
    again = read_again(book(section, chapter("Rain.", number=9)))

    assert shown(again.sections[0]) == shown(section)


def test_one_file_gives_its_parts_and_chapters_back_too():
    rain, mud = (replace(chapter("Rain.", number=n, title=t), within=True)
                 for n, t in ((1, "It's *rain*"), (2, "Mud")))  # fmt: skip
    manuscript = book(PLACES, rain, replace(PLACES, title="Sea", number=2), mud)
    again = markdown.read({"book.md": EXPORTERS["markdown"].export(manuscript).decode()})

    assert (again.said["title"], again.said["author"]) == ("The Long Tide", "Ada Quill")
    assert [(s.kind, s.title, s.within) for s in again.sections] == [
        ("part", 'Part 1. The "Ford"', False), ("chapter", "It's *rain*", True),
        ("part", "Part 2. Sea", False), ("chapter", "Mud", True),
    ]  # fmt: skip


def test_a_text_without_headings_is_cut_where_a_line_says_chapter():
    text = "\ufeffCHAPTER I\r\n\r\nRain.\r\n\r\nChapter Two: Mud\r\n\r\nMud. Chapter Three.\r\n"

    assert [(s.title, s.markdown) for s in markdown.read({"a.txt": text}).sections] == [
        ("CHAPTER I", "Rain."), ("Chapter Two: Mud", "Mud. Chapter Three."),
    ]  # fmt: skip
