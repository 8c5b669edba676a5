"""Glossary and index in every format: each link leads to the chapter it names."""

import html
import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from l2mac_write.book import Headword, Part, Section
from l2mac_write.exporters import EXPORTERS
from tests.exporters.books import book, chapter, files, page
from tests.exporters.epubchecked import complaints, verdict_on

HOSTILE = "](http://evil.example) <script>alert(1)</script> [a]: x `*_# &amp; | \x00\ud800"
GLOSSARY = Section(
    "glossary",
    Part.BACK,
    "",
    "",
    "",
    headwords=(
        Headword(HOSTILE, HOSTILE, (2,)),
        Headword("seiche", "A wave that stays.", (1,)),
        Headword("سيش", "موجة", (2,)),
    ),
)
INDEX = Section(
    "index",
    Part.BACK,
    "",
    "",
    "",
    headwords=(Headword("Ada", "", (1, 2)), Headword("Lee", "", (1,))),
)
MANUAL = book(
    chapter("Rain.", title="The Storm", number=1),
    chapter("Sun.", title="", number=2),
    GLOSSARY,
    INDEX,
)


def html_of(language="en"):
    return EXPORTERS["html"].export(replace(MANUAL, language=language))


def epub_of(language="en"):
    return EXPORTERS["epub"].export(replace(MANUAL, language=language))


def links(document):
    return etree.fromstring(document).xpath("//*[local-name()='dl']//*[local-name()='a']")


@pytest.mark.parametrize(
    ("language", "titles", "storm"),
    [
        ("en", ("Glossary", "Index"), "1. The Storm"),
        ("de", ("Glossar", "Register"), "1. The Storm"),
    ],
)
def test_in_html_every_link_leads_to_the_chapter_that_it_names(language, titles, storm):
    tree = etree.fromstring(html_of(language))

    for link in links(html_of(language)):
        (target,) = tree.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert target.get("role") == "doc-chapter"
    assert [link.text for link in links(html_of(language))][1] == storm
    for title, kind in zip(titles, ("glossary", "index"), strict=True):
        assert tree.xpath(f"string(//h2[@id='{kind}-title'])").strip() == title


@pytest.mark.parametrize("language", ["en", "de"])
def test_in_an_epub_every_link_leads_to_the_file_of_the_chapter(language):
    exported = epub_of(language)
    there = files(exported)

    hrefs = [
        link.get("href")
        for n in ("glossary", "index")
        for link in links(page(exported, n).encode())
    ]
    assert hrefs == [
        "chapter-2.xhtml", "chapter-1.xhtml", "chapter-2.xhtml", "chapter-1.xhtml", "chapter-2.xhtml",
        "chapter-1.xhtml",
    ]  # fmt: skip
    assert all(f"EPUB/text/{href}" in there for href in hrefs)


def test_an_epub_says_what_they_are_and_leads_to_them():
    exported = epub_of()

    assert 'epub:type="glossary" role="doc-glossary"' in page(exported, "glossary")
    assert 'epub:type="index" role="doc-index"' in page(exported, "index")
    assert '<dt dir="auto" epub:type="glossterm">seiche</dt>' in page(exported, "glossary")
    assert '<a href="index.xhtml" epub:type="index">Index</a>' in page(exported, "contents")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_epubcheck_has_nothing_to_say_about_them(language, tmp_path):
    (tmp_path / "book.epub").write_bytes(epub_of(language))

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


def test_markdown_has_them_as_plain_lists():
    text = EXPORTERS["markdown"].export(MANUAL).decode(errors="replace")

    assert "## Glossary\n\n" in text
    assert "- **seiche**: A wave that stays. (1. The Storm)\n" in text
    assert "## Index\n\n- **Ada**: 1. The Storm; Chapter 2\n" in text


HYPERLINK = re.compile(rb"<w:hyperlink.*?</w:hyperlink>")
PROLOGUE = Section("prologue", Part.BODY, "p.md", "Before", "Ada came.")
BEGUN = book(
    PROLOGUE,
    chapter("Rain.", title="The Storm", number=1),
    replace(INDEX, headwords=(Headword("Ada", "", (1, 2)),)),
)


def test_they_lead_to_a_prologue_which_has_no_number():
    (first, second) = links(EXPORTERS["html"].export(BEGUN))
    in_epub = links(page(EXPORTERS["epub"].export(BEGUN), "index").encode())

    assert [(one.get("href"), one.text) for one in (first, second)] == [
        ("#prologue", "Before"),
        ("#chapter-1", "1. The Storm"),
    ]
    assert [link.get("href") for link in in_epub] == ["prologue.xhtml", "chapter-1.xhtml"]
    assert "- **Ada**: Before; 1. The Storm\n" in EXPORTERS["markdown"].export(BEGUN).decode()
    assert b">Before<" in HYPERLINK.findall(document_of(EXPORTERS["docx"].export(BEGUN)))[-2]
    assert EXPORTERS["pdf"].export(BEGUN).startswith(b"%PDF")


def document_of(word):
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return file.read("word/document.xml")


def test_no_name_can_make_a_link_or_an_element_of_its_own():
    shown = MarkdownIt("commonmark").render(EXPORTERS["markdown"].export(MANUAL).decode())

    for document in (html_of().decode(), *files(epub_of()).values(), shown):
        assert "<script>alert" not in document
        assert "http://evil" not in "".join(re.findall(r'href="([^"]*)"', document))
    assert "](http://evil.example) <script>" in html.unescape(shown)


@pytest.mark.parametrize("form", EXPORTERS)
def test_the_same_book_gives_the_same_bytes(form):
    assert EXPORTERS[form].export(MANUAL) == EXPORTERS[form].export(MANUAL)


def test_the_text_itself_still_cannot_link_to_another_section():
    text = "[one](#glossary) [two](glossary.xhtml) [three](#chapter-2) [four](../text/index.xhtml)"
    sly = replace(MANUAL, sections=(chapter(text, number=1), *MANUAL.sections[1:]))

    (opening,) = etree.fromstring(EXPORTERS["html"].export(sly)).xpath("//*[@id='chapter-1']")
    assert opening.xpath(".//div[@class='text']//a") == []
    assert "<a " not in page(EXPORTERS["epub"].export(sly), "chapter-1")
