"""The site: a folder of pages that reads well from a disk, with scripts and without."""

import json
import re
from dataclasses import replace

import pytest
from lxml import etree

from l2mac_write.book import Part, Section
from l2mac_write.edition import Edition
from l2mac_write.edition import url as made_of
from l2mac_write.errors import SettingsError
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.exporters.searchable import texts
from tests.exporters.books import back, book, chapter, every_construct, front
from tests.exporters.images import png
from tests.exporters.test_references import FILES, reference_book

THREE = book(
    front("preface", "Why.", "Preface"),
    chapter("Rain.\n\n## Later\n\nA[^1] tide.\n\n[^1]: Spring.", title="The Storm", number=1),
    chapter("Sun.", title="The Calm", number=2),
)


def site(manuscript=THREE):
    """Its files but for the images."""
    files = FOLDERS["site"].files(manuscript).items()
    return {name: content.decode() for name, content in files if not name.startswith("images/")}


def tree(name, manuscript=THREE):
    return etree.fromstring(site(manuscript)[name].encode())


def said(element):
    return " ".join("".join(element.itertext()).split())


def searched(manuscript):
    script = site(manuscript)["assets/words.js"]
    return json.loads(script.removeprefix("var bookText = ").rstrip().removesuffix(";"))


def test_each_section_has_a_page_and_the_whole_book_has_one_to_print():
    assert [name for name in site() if name.endswith(".html")] == [
        "index.html", "preface.html", "chapter-1.html", "chapter-2.html", "whole.html", "404.html",
    ]  # fmt: skip
    assert site()["whole.html"] == EXPORTERS["html"].export(THREE).decode()


def test_a_page_leads_to_the_one_before_and_the_one_after():
    page = tree("chapter-1.html")

    assert page.xpath("//link[@rel='prev' or @rel='next']/@href") == [
        "preface.html", "chapter-2.html",
    ]  # fmt: skip
    assert page.xpath("//nav[@class='onward']/a/@href") == ["preface.html", "chapter-2.html"]
    assert tree("chapter-2.html").xpath("//nav[@class='onward']/a/@href") == ["chapter-1.html"]


def test_the_contents_beside_the_text_show_where_one_is():
    (current,) = tree("chapter-1.html").xpath("//nav[@id='side']//a[@aria-current='page']")

    assert said(current) == "Chapter 1 The Storm"
    assert len(tree("chapter-1.html").xpath("//nav[@id='side']//li")) == 3


def test_the_contents_beside_the_text_of_a_long_book_are_those_near_by():
    long = book(*(chapter("Rain.", title=f"Day {n}", number=n) for n in range(1, 301)))
    beside = tree("chapter-150.html", long).xpath("//nav[@id='side']//li/a/@href")

    assert (beside[0], beside[-1], len(beside)) == ("chapter-110.html", "chapter-190.html", 81)
    assert len(tree("index.html", long).xpath("//nav[@id='contents']//li")) == 300


def test_a_section_called_index_does_not_take_the_place_of_the_first_page():
    pages = site(book(chapter("Rain."), back("index", "", "Index")))

    assert "index-.html" in pages
    assert '<nav class="contents"' in pages["index.html"]


def test_every_link_of_every_page_leads_to_a_page_and_a_place_in_it():
    manuscript = every_construct()
    trees = {n: tree(n, manuscript) for n in site(manuscript) if n.endswith(".html")}
    ids = {name: set(page.xpath("//@id")) for name, page in trees.items()}

    for name, page in trees.items():
        for href in page.xpath("//a/@href | //link[@rel='prev' or @rel='next']/@href"):
            file, _, place = href.partition("#")
            if not re.match(r"(?i)https?:|mailto:", href):
                assert file in {"", *trees}
                assert not place or place in ids[file or name]


def test_images_and_the_cover_lie_beside_the_pages_that_show_them():
    manuscript, _ = reference_book(edition=Edition(cover="front.png"))
    images = {**FILES, "front.png": png(1600, 2560)}
    files = FOLDERS["site"].files(replace(manuscript, image=images.get))
    shown = {
        str(source)
        for name, content in files.items()
        if name.endswith(".html")
        for source in etree.fromstring(content).xpath("//img/@src")
    }

    assert shown == {"cover.png", *(name for name in files if name.startswith("images/"))}
    assert files["images/map.png"] == png()


def test_links_between_chapters_lead_to_their_pages_and_headings():
    links = tree("chapter-1.html", reference_book()[0]).xpath("//div[@class='text']//a/@href")

    assert any(re.fullmatch(r"chapter-2\.html#chapter-2-[a-z-]+", link) for link in links)


def test_the_search_reads_every_paragraph_without_the_marks_of_notes():
    assert searched(THREE)[1] == [
        "chapter-1.html", "chapter-1", "Chapter 1 The Storm",
        ["Rain.", "Later", "A tide.", "Spring."],
    ]  # fmt: skip


def test_a_paragraph_that_only_holds_others_is_counted_and_empty():
    assert texts("<ul>\n<li>\n<p>One &amp; <em>two</em></p>\n</li>\n</ul>") == ("", "One & two")


def test_no_word_of_a_hostile_book_is_more_than_text_to_the_search():
    for _, _, title, paragraphs in searched(every_construct()):
        assert isinstance(title, str)
        assert all(isinstance(paragraph, str) for paragraph in paragraphs)


def test_a_title_that_nobody_gave_still_makes_a_site():
    nameless = replace(THREE, title="", sections=(Section("chapter", Part.BODY, "", "", ""),))

    assert "Untitled" in site(nameless)["index.html"]
    assert site(replace(THREE, sections=()))["index.html"]


@pytest.mark.parametrize(("language", "label"), [("fr", "Rechercher"), ("ja", "検索")])
def test_what_stands_around_the_text_is_in_the_language_of_the_book(language, label):
    assert label in site(replace(THREE, language=language))["chapter-1.html"]


PARTED = book(
    Section("part", Part.BODY, "", "Ebb", "", 1),
    replace(chapter("Rain.\n\n## Later\n\nSun.", number=1), within=True),
    chapter("Sun.", title="The Calm", number=2),
)


def test_no_heading_of_a_page_skips_a_level_and_a_chapter_says_of_which_part_it_is():
    for name, text in site(PARTED).items():
        if name.endswith(".html"):
            levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
            assert all(b - a <= 1 for a, b in zip([0, *levels], levels, strict=False)), name

    assert [said(h) for h in tree("chapter-1.html", PARTED).iter("{*}h2")] == ["Ebb"]
    assert 'class="above"' not in site(PARTED)["chapter-2.html"]


def addressed(url="https://example.org/tide"):
    edition = Edition(url=made_of(url), cover="a.png")
    return replace(THREE, edition=edition, image={"a.png": png(1600, 2560)}.get)


def test_with_an_address_each_page_says_its_own_and_search_engines_get_a_map():
    files = FOLDERS["site"].files(addressed())
    (*urls,) = etree.fromstring(files["sitemap.xml"]).iter("{*}loc")
    page = etree.fromstring(files["chapter-1.html"])

    assert [url.text for url in urls] == [
        "https://example.org/tide/",
        "https://example.org/tide/preface.html",
        "https://example.org/tide/chapter-1.html",
        "https://example.org/tide/chapter-2.html",
    ]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/tide/chapter-1.html"
    ]
    assert page.xpath("//meta[@property='og:image']/@content") == [
        "https://example.org/tide/cover.png"
    ]
    assert b'"url": "https://example.org/tide/"' in files["index.html"]


def test_without_one_there_is_no_map_and_no_page_says_where_it_is():
    assert "sitemap.xml" not in site()
    assert "canonical" not in site()["index.html"] + site()["chapter-1.html"]


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://x.org/", "https://x.org/?a=b", "javascript:x", "https://x.org/a b", 'https://x.org/"'],
)  # fmt: skip
def test_what_is_no_address_of_a_folder_is_refused(url):
    with pytest.raises(SettingsError, match="no web address of a folder"):
        made_of(url)
