"""The Word document: what Word, python-docx and mammoth find in it."""

import io
import re
import struct
import zipfile
from dataclasses import replace

import docx
import mammoth
import pytest
from hypothesis import given
from lxml import etree

from l2mac_write.book import Headword
from l2mac_write.edition import Edition
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.word_parts import EMU, pixels
from l2mac_write.exporters.word_tables import widths
from l2mac_write.exporters.word_writer import Column
from tests.exporters.books import BOOK, back, book, chapter, every_construct, front
from tests.exporters.images import SVG, png
from tests.exporters.test_every_exporter import FEW, NOISE
from tests.exporters.test_references import reference_book

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 30, 20)
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 20, 30)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20)


def exported(manuscript, kind="docx") -> bytes:
    return EXPORTERS[kind].export(manuscript)


def opened(manuscript, kind="docx"):
    return docx.Document(io.BytesIO(exported(manuscript, kind)))


def paragraphs(manuscript, kind="docx") -> list[tuple[str, str]]:
    """Style and words of each, from the first section on."""
    every = [(p.style.name, p.text) for p in opened(manuscript, kind).paragraphs if p.text]
    first = next(at for at, (style, _) in enumerate(every) if style.startswith("Heading"))
    return [p for p in every[first:] if p[0] != "Imprint"]


def part(manuscript, name: str, kind="docx") -> str:
    with zipfile.ZipFile(io.BytesIO(exported(manuscript, kind))) as archive:
        return archive.read(name).decode()


def test_a_chapter_is_a_heading_with_its_label_and_paragraphs_that_follow_each_other():
    text = "Rain.\n\nMore rain.\n\n***\n\nSun.\n\n> Said.\n\nSo."

    assert paragraphs(book(chapter(text))) == [
        ("Heading 1", "Chapter 3\nThe Storm"),
        ("First Paragraph", "Rain."),
        ("Body Text", "More rain."),
        ("Scene Break", "* * *"),
        ("First Paragraph", "Sun."),
        ("Quote", "Said."),
        ("First Paragraph", "So."),
    ]


def test_chapters_of_a_part_stand_one_level_below_it():
    part_one = replace(chapter("", title="Out", number=1), kind="part")
    manuscript = book(part_one, replace(chapter("Rain.\n\n## Noon\n\nSun."), within=True))

    found = [p for p in paragraphs(manuscript) if p[0].startswith("Heading")]

    assert found == [
        ("Heading 1", "Part 1\nOut"),
        ("Heading 2", "Chapter 3\nThe Storm"),
        ("Heading 3", "Noon"),
    ]


def test_the_contents_are_a_field_whose_lines_lead_to_the_headings():
    document = part(
        book(front("preface", "Why.", "Preface"), chapter("Rain.")), "word/document.xml"
    )

    assert 'TOC \\o "1-1"' in document
    assert re.findall(r'w:anchor="(\w+)"', document) == ["_place1", "_place2"]
    assert re.findall(r'bookmarkStart w:id="\d+" w:name="(\w+)"', document) == [
        "_place1",
        "_place2",
    ]


def test_a_footnote_is_a_real_one_and_a_second_reference_points_to_the_first():
    manuscript = book(chapter("A.[^1] B.[^1]\n\n[^1]: Said *so*.\n\n    > Twice.\n"))

    assert part(manuscript, "word/document.xml").count("<w:footnoteReference ") == 1
    assert "NOTEREF _note1" in part(manuscript, "word/document.xml")
    note = etree.fromstring(part(manuscript, "word/footnotes.xml").encode())[2]
    assert ["".join(p.itertext()).strip() for p in note] == ["Said so.", "Twice."]


def test_a_note_that_nothing_refers_to_follows_the_text():
    assert ("footnote text", "1 Alone.") in paragraphs(book(chapter("A.\n\n[^1]: Alone.")))


def test_lists_are_numbered_by_word_and_begin_where_they_say():
    manuscript = book(chapter("7. seven\n8. eight\n\n   more\n\n- a\n  - b\n"))
    document, numbering = (part(manuscript, f"word/{n}.xml") for n in ("document", "numbering"))

    assert re.findall(r'ilvl w:val="(\d)"/><w:numId w:val="(\d)"', document) == [
        ("0", "1"), ("0", "1"), ("0", "2"), ("1", "3")
    ]  # fmt: skip
    assert '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>' in numbering


def test_a_table_keeps_its_cells_and_repeats_its_head():
    manuscript = book(chapter("| a | b |\n|---|--:|\n| *c* | d |"))
    table = opened(manuscript).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["c", "d"]]
    assert part(manuscript, "word/document.xml").count("<w:tblHeader/>") == 1


def test_code_keeps_its_lines_and_its_marks():
    assert ("Source Code", 'if "a":\n    b -- c') in paragraphs(
        book(chapter('```\nif "a":\n    b -- c\n```'))
    )


def test_emphasis_code_and_links_are_marked():
    text = "*a* **b** ~~c~~ `d` [e](https://example.org/?a=1&b=2)"
    shown = mammoth.convert_to_html(io.BytesIO(exported(book(chapter(text))))).value

    assert "<em>a</em> <strong>b</strong> <s>c</s> d" in shown
    assert '<a href="https://example.org/?a=1&amp;b=2">e</a>' in shown


def test_a_link_to_a_heading_leads_to_its_bookmark():
    document = part(book(chapter("[up](#noon)\n\n## Noon\n\nSun.")), "word/document.xml")

    assert '<w:hyperlink w:anchor="_place2">' in document
    assert 'w:name="_place2"' in document


def test_an_index_leads_to_the_chapters_that_it_names():
    index = replace(back("index", "", "Index"), headwords=(Headword("Ford", "a river", (1,)),))

    assert ("List Paragraph", "Ford: a river 3. The Storm") in paragraphs(
        book(chapter("Rain."), index)
    )


def test_the_file_says_whose_it_is():
    properties = opened(replace(BOOK, edition=Edition(subjects=("Tides", "Ships")))).core_properties

    assert (properties.title, properties.author) == ("The Long Tide", "Ada Quill")
    assert (properties.keywords, properties.language) == ("Tides, Ships", "en")
    assert properties.modified.isoformat().startswith("2026-05-17T08:30:00")


def test_a_book_in_arabic_runs_from_right_to_left():
    manuscript = book(chapter("بحر."), language="ar")

    assert part(manuscript, "word/document.xml").count("<w:rtl/>") >= 2
    assert "<w:bidi/>" in part(manuscript, "word/styles.xml")
    assert 'w:bidi="ar"' in part(manuscript, "word/styles.xml")


def test_editors_get_its_length_the_author_s_name_over_every_page_and_a_plain_scene_break():
    manuscript = replace(
        book(chapter("Rain. " * 1234 + "\n\n***\n\nSun.")),
        author="Ada Quill Jr.",
        title="Salt: A Tale",
    )
    first = opened(manuscript, "manuscript").paragraphs[0].text

    assert first == "Ada Quill Jr.\tabout 1,200 words"
    assert "Quill / SALT</w:t>" in part(manuscript, "word/header.xml", "manuscript")
    assert ("Scene Break", "#") in paragraphs(manuscript, "manuscript")
    assert ("Scene Break", "# # #") in paragraphs(manuscript, "manuscript")
    assert 'w:line="480"' in part(manuscript, "word/styles.xml", "manuscript")


def test_an_image_of_the_book_is_drawn_and_what_word_cannot_show_is_its_description():
    heard = []
    manuscript = replace(
        book(chapter("![A ford](a.png) ![A hill](b.svg) ![Far](https://x.org/c.png)")),
        image={"chapters/a.png": png(30, 20), "chapters/b.svg": SVG}.get,
        warn=heard.append,
    )
    document = part(manuscript, "word/document.xml")

    assert f'<wp:extent cx="{30 * EMU}" cy="{20 * EMU}"/>' in document
    assert 'descr="A ford"' in document
    assert "A hill</w:t>" in document
    assert "Word cannot show the image `chapters/b.svg`; its description takes its place." in heard
    with zipfile.ZipFile(io.BytesIO(exported(manuscript))) as archive:
        assert archive.read("word/media/image1.png") == png(30, 20)


def test_links_lead_to_other_chapters_and_to_whatever_has_a_name():
    document = part(reference_book()[0], "word/document.xml")

    targets = re.findall(r'w:anchor="(\w+)"', document)
    assert len(targets) > 5
    assert set(targets) <= set(re.findall(r'w:name="(\w+)"', document))


def test_terms_are_defined_and_what_is_no_formula_is_shown_as_it_was_typed():
    manuscript = book(chapter("Term\n: What it means.\n\nThe $\\begin{what}^2$ is.\n"))

    assert paragraphs(manuscript)[1:] == [
        ("Definition Term", "Term"),
        ("Definition", "What it means."),
        ("First Paragraph", "The \\begin{what}^2 is."),
    ]


def test_verse_is_never_stretched_and_a_source_stands_at_the_right():
    verse = "One,\\\ntwo,\\\nthree.\n\n> Said.\n> — Ann"
    document = part(book(chapter(f"Rain.\n\n{verse}")), "word/document.xml")

    assert '<w:pStyle w:val="Verse"/>' in document
    assert re.search(r'<w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">— Ann', document)
    assert "doNotExpandShiftReturn" in part(book(chapter(verse)), "word/settings.xml")


def test_a_paragraph_that_is_read_the_other_way_says_so_and_the_next_does_not():
    document = part(book(chapter("قال الملك.\n\nRain.")), "word/document.xml")

    first, second = re.findall(r"<w:p>(?:(?!</w:p>).)*(?:الملك|Rain)\..*?</w:p>", document)
    assert '<w:bidi w:val="1"/>' in first
    assert "<w:rtl/>" in first
    assert "bidi" not in second + "".join(re.findall("<w:rtl/>", second))


@pytest.mark.parametrize(
    ("columns", "room", "expected"),
    [
        ([Column(5, 5), Column(10, 5)], 90, [8, 13]),
        ([Column(5, 5), Column(200, 7)], 90, [8, 82]),
        ([Column(50, 50), Column(50, 50)], 60, [30, 30]),
        ([Column()], 90, [3]),
    ],
)
def test_a_column_is_as_wide_as_its_words_ask_for(columns, room, expected):
    assert widths(columns, room) == expected


@pytest.mark.parametrize("data", [PNG, JPEG, GIF])
def test_the_size_of_an_image_is_read_from_its_first_bytes(data):
    assert pixels(data) == (30, 20)


@pytest.mark.parametrize("data", [b"", b"<svg/>", PNG[:20], JPEG[:14], b"\xff\xd8\xff", GIF[:7]])
def test_what_is_no_image_that_word_shows_has_no_size(data):
    assert pixels(data) is None


@pytest.mark.parametrize("kind", ["docx", "manuscript"])
@given(markdown=NOISE, words=NOISE)
@FEW
def test_whatever_the_text_holds_every_part_is_well_formed_and_opens(kind, markdown, words):
    manuscript = replace(
        book(chapter(markdown, title=words)), title=words, author=words, description=words
    )
    data = exported(manuscript, kind)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all(etree.fromstring(archive.read(name)) is not None for name in archive.namelist())
    assert docx.Document(io.BytesIO(data)).paragraphs


def test_every_name_that_a_part_refers_to_is_there():
    manuscript = every_construct()
    document, notes = (part(manuscript, f"word/{n}.xml") for n in ("document", "footnotes"))
    related = part(manuscript, "word/_rels/document.xml.rels")
    styles = set(re.findall(r'w:styleId="(\w+)"', part(manuscript, "word/styles.xml")))

    assert set(re.findall(r'Style w:val="(\w+)"', document + notes)) <= styles
    assert set(re.findall(r'r:id="(\w+)"', document + notes)) <= set(
        re.findall(r'Id="(\w+)"', related)
    )
    assert set(re.findall(r'w:anchor="(\w+)"', document)) <= set(
        re.findall(r'w:name="(\w+)"', document)
    )
