"""The EPUB: valid to EPUBCheck's last remark, accessible, and the same bytes on every day."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from lxml import etree

from l2mac_write.edition import Contributor, Edition
from l2mac_write.exporters import EXPORTERS
from tests.exporters.books import (
    BOOK,
    CASES,
    back,
    book,
    chapter,
    every_construct,
    files,
    front,
    page,
)
from tests.exporters.epubchecked import complaints, verdict_on

SMALL = book(front("preface", "Why.", "Preface"), chapter("Rain.[^1]\n\n[^1]: A note."))


def exported(manuscript=SMALL) -> bytes:
    return EXPORTERS["epub"].export(manuscript)


def package(manuscript=SMALL):
    return etree.fromstring(files(exported(manuscript))["EPUB/content.opf"].encode())


def metadata(name: str, manuscript=SMALL) -> list[str]:
    return package(manuscript).xpath(f"//*[local-name()='{name}' or @property='{name}']/text()")


def abroad(language):
    """A chapter in that language, called as its first line says."""
    text = (CASES / "books" / f"{language}.md").read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    return replace(book(chapter(text, title=title), language=language), title=title)


def page_of(pages, name):
    return pages[f"EPUB/text/{name}.xhtml"]


@pytest.fixture(scope="module")
def verdict(tmp_path_factory):
    """What EPUBCheck says of a book with everything in it, in a right-to-left language."""
    folder = tmp_path_factory.mktemp("epubcheck")
    (folder / "book.epub").write_bytes(exported(replace(every_construct(), language="ar-EG")))
    return verdict_on(folder / "book.epub", folder)


def test_epubcheck_has_nothing_to_say(verdict):
    assert complaints(verdict) == []


@pytest.mark.parametrize("language", ["zh", "fr", "ar"])
def test_epubcheck_has_nothing_to_say_about_a_book_in(language, tmp_path):
    (tmp_path / "book.epub").write_bytes(exported(abroad(language)))

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


@pytest.mark.parametrize(
    ("language", "direction", "contents", "label"),
    [
        ("zh", "ltr", "目录", "第3章"),
        ("fr", "ltr", "Table des matières", "Chapitre 3"),
        ("ar", "rtl", "المحتويات", "الفصل 3"),
    ],
)
def test_a_book_says_in_its_own_language_what_it_is(language, direction, contents, label):
    pages = files(exported(abroad(language)))

    assert f'lang="{language}" xml:lang="{language}" dir="{direction}"' in page_of(
        pages, "contents"
    )
    assert f'<h1 id="contents-title">{contents}</h1>' in page_of(pages, "contents")
    assert f'<span class="label">{label}</span>' in page_of(pages, "chapter-3")
    assert f"<dc:language>{language}</dc:language>" in pages["EPUB/content.opf"]


def test_epubcheck_read_it_as_epub_3_3(verdict):
    assert verdict["publication"]["ePubVersion"].startswith("3")


def test_the_mimetype_comes_first_and_is_stored():
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        first = archive.infolist()[0]

        assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_pages_stand_in_reading_order():
    spine = package().xpath("//*[local-name()='itemref']/@idref")

    assert spine == ["title-page", "contents", "preface", "chapter-3", "book-colophon"]


def test_a_colophon_of_the_author_s_own_replaces_ours():
    own = book(back("colophon", "Set by hand.", "Colophon"))

    assert package(own).xpath("//*[local-name()='itemref']/@idref")[-1] == "colophon"


def test_the_moment_of_change_is_given_in_utc():
    there = timezone(timedelta(hours=2))
    manuscript = replace(SMALL, modified=datetime(2026, 1, 1, 1, 0, tzinfo=there))

    assert metadata("dcterms:modified", manuscript) == ["2025-12-31T23:00:00Z"]


def test_the_package_says_who_what_and_in_which_language():
    assert metadata("identifier") == [BOOK.identifier]
    assert metadata("title") == ["The Long Tide"]
    assert metadata("creator") == ["Ada Quill"]
    assert metadata("language") == ["en"]
    assert metadata("description") == [BOOK.description]
    assert package().get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_the_package_says_how_accessible_the_book_is_and_claims_no_conformance():
    assert metadata("schema:accessMode") == ["textual"]
    assert metadata("schema:accessModeSufficient") == ["textual"]
    assert "tableOfContents" in metadata("schema:accessibilityFeature")
    assert metadata("schema:accessibilityHazard") == ["none"]
    assert len(metadata("schema:accessibilitySummary")) == 1
    assert metadata("dcterms:conformsTo") == []


def test_a_chapter_has_one_h1_a_role_and_its_title_in_the_head():
    tree = etree.fromstring(page(exported(), "chapter-3").encode())

    assert tree.xpath("string(//*[local-name()='title'])") == "The Storm"
    assert tree.xpath("count(//*[local-name()='h1'])") == 1
    assert tree.xpath("//*[local-name()='section']/@role")[0] == "doc-chapter"
    assert tree.get("lang") == tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_note_can_pop_up():
    chapter_page = page(exported(), "chapter-3")

    assert 'role="doc-noteref" epub:type="noteref">1</a>' in chapter_page
    assert '<aside id="chapter-3-note-1" role="doc-footnote" epub:type="footnote">' in chapter_page


def test_landmarks_lead_to_contents_and_text():
    nav = page(exported(), "contents")

    assert 'href="contents.xhtml" epub:type="toc"' in nav
    assert 'href="chapter-3.xhtml" epub:type="bodymatter"' in nav


def test_a_book_read_from_right_to_left_turns_its_pages_that_way():
    hebrew = package(replace(SMALL, language="he"))

    assert hebrew.xpath("//@page-progression-direction") == ["rtl"]


def test_the_model_is_named_in_the_colophon_alone():
    named = [name for name, text in files(exported()).items() if "a-model-7" in text]

    assert named == ["EPUB/text/book-colophon.xhtml"]


EDITION = Edition(
    series="Ferrymen",
    volume=2,
    subjects=("Fiction / Sea Stories",),
    contributors=(Contributor("Ann Lee", "translator"),),
    isbn="9783161484100",
    publisher="Harbour House",
    rights="© 2026 Ada Quill",
    certified_by="Harbour House",
)


def test_shops_and_libraries_are_told_what_the_edition_is():
    told = replace(SMALL, edition=EDITION)

    assert metadata("belongs-to-collection", told) == ["Ferrymen"]
    assert metadata("group-position", told) == ["2"]
    assert metadata("subject", told) == ["Fiction / Sea Stories"]
    assert metadata("contributor", told) == ["Ann Lee"]
    assert metadata("role", told) == ["trl", "aut"] or metadata("role", told) == ["aut", "trl"]
    assert "urn:isbn:9783161484100" in metadata("identifier", told)
    assert metadata("publisher", told) == ["Harbour House"]
    assert metadata("rights", told) == ["© 2026 Ada Quill"]


def test_only_an_edition_that_somebody_certifies_claims_to_be_accessible():
    assert metadata("dcterms:conformsTo") == []
    assert metadata("dcterms:conformsTo", replace(SMALL, edition=EDITION)) == [
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    ]
    assert metadata("a11y:certifiedBy", replace(SMALL, edition=EDITION)) == ["Harbour House"]


def test_what_the_edition_says_stands_behind_its_title_page():
    pages = files(exported(replace(SMALL, edition=EDITION)))

    assert '<p class="series" dir="auto">Ferrymen 2</p>' in page_of(pages, "title-page")
    for words in ("© 2026 Ada Quill", "Harbour House", "ISBN 9783161484100"):
        assert f'<p dir="auto">{words}</p>' in page_of(pages, "imprint")
    assert "EPUB/text/imprint.xhtml" not in files(exported())


def test_epubcheck_has_nothing_to_say_about_an_edition_that_says_all(tmp_path):
    (tmp_path / "book.epub").write_bytes(exported(replace(SMALL, edition=EDITION)))

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []
