"""What Kobo, Apple, Kindle (KDP) and Standard Ebooks ask of an EPUB, as far as code can tell.

EPUBCheck and Ace have tests of their own; here is what shops want beyond that.
"""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from PIL import Image

from l2mac_write.book import Headword, Part, Section
from l2mac_write.edition import Contributor, Edition
from l2mac_write.exporters import EXPORTERS
from tests.exporters.books import BOOK, back, chapter, front
from tests.exporters.images import GIF, SVG, png

TEXT = """Rain.[^1] ![The coast](map.png "As it was")

## Noon

| a | b |
|---|---|
| 1 | 2 |

> Said.

![](drawing.svg)

```
code
```

$x^2$

[^1]: A *note*.
"""
IMAGES = {"map.png": png(30, 20), "drawing.svg": SVG, "light.gif": GIF}
WHOLE = replace(
    BOOK,
    title="The Long Tide: A Story & Its Sea",
    edition=Edition(
        series="Tides",
        volume=1,
        subjects=("Fiction / Sea Stories",),
        contributors=(Contributor("Ann Lee", "translator"),),
        isbn="9783161484100",
        publisher="Harbour House",
        rights="© 2026 Ada Quill",
        cover="classic",
    ),
    image=IMAGES.get,
    sections=(
        front("dedication", "For *you*.", "Dedication"),
        front("epigraph", "> The sea.", "Epigraph"),
        front("foreword", "Once.", "Foreword"),
        Section("part", Part.BODY, "", "Ebb", "", 1),
        replace(chapter(TEXT, number=1), path="1.md", within=True),
        replace(chapter(TEXT, number=2, title="Ünïcode ✓ 章"), path="2.md", within=True),
        back("acknowledgments", "Thanks.", "Thanks"),
        replace(
            back("glossary", "", "Glossary"), headwords=(Headword("Rain", "Water.", (1,)),)
        ),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def archive():
    with zipfile.ZipFile(io.BytesIO(EXPORTERS["epub"].export(WHOLE))) as opened:
        yield {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def package(archive):
    return etree.fromstring(archive["EPUB/content.opf"])


@pytest.fixture(scope="module")
def pages(archive):
    return {n: etree.fromstring(c) for n, c in archive.items() if n.endswith(".xhtml")}


@pytest.fixture(scope="module")
def css(archive):
    (sheet,) = (content.decode() for name, content in archive.items() if name.endswith(".css"))
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def spine(package):
    paths = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    return [paths[ref.get("idref")].split("/")[-1] for ref in package.iter("{*}itemref")]


def test_every_shop_finds_the_cover_as_a_page_and_as_an_image_large_enough(archive, package, pages):
    (item,) = package.xpath("//*[local-name()='item'][@properties='cover-image']")
    (old,) = package.xpath("//*[local-name()='meta'][@name='cover']/@content")

    assert old == item.get("id")
    assert spine(package)[0] == "cover.xhtml"
    assert [i.get("src") for i in pages["EPUB/text/cover.xhtml"].iter("{*}img")] == [
        f"../{item.get('href')}"
    ]
    with Image.open(io.BytesIO(archive[f"EPUB/{item.get('href')}"])) as image:
        assert image.format == "JPEG"
        assert min(image.size) >= 1400
        assert image.size[1] / image.size[0] == pytest.approx(1.6)


def test_apple_and_kobo_let_every_note_pop_up(pages):
    for page in pages.values():
        for link in page.xpath("//*[@*[local-name()='type']='noteref']"):
            (note,) = page.xpath("//*[@id=$name]", name=link.get("href")[1:])
            assert etree.QName(note).localname == "aside"
            assert "footnote" in note.attrib.values()


def test_kobo_has_contents_of_at_most_three_levels_and_old_readers_have_the_same(archive, pages):
    nav = pages["EPUB/text/contents.xhtml"]
    ncx = etree.fromstring(archive["EPUB/toc.ncx"])
    links = nav.xpath("//*[@*[local-name()='type']='toc']//*[local-name()='a']")

    depth = max(len([*link.iterancestors("{*}ol")]) for link in links)
    assert depth <= 3
    assert len(links) == len([*ncx.iter("{*}navPoint")])
    assert all("".join(link.itertext()).strip() for link in links)


def test_kindle_may_use_the_font_the_size_and_the_colours_of_the_reader(css):
    assert "@font-face" not in css
    assert not re.search(r"(?<![-\w])(?:color|background(?:-color)?)\s*:\s*(?!\s|inherit)", css)
    assert not re.search(r"font-size:[^;]*(?:px|pt|%|vw)", css)
    assert re.findall(r"([^{}]*)\{[^{}]*font-family", css) == ["\n\npre, code "]
    assert not re.search(r"position\s*:|@import|url\(", css)


def test_margins_leave_room_on_a_small_screen(css):
    horizontal = re.findall(r"margin:\s*\S+\s+(\d+(?:\.\d+)?)(em|%)", css)

    assert all(float(size) <= (2 if unit == "em" else 5) for size, unit in horizontal)


def test_pages_are_small_and_their_names_plain(archive):
    for name, content in archive.items():
        assert re.fullmatch(r"[A-Za-z0-9._/-]{1,64}", name), name
        if name.endswith(".xhtml"):
            assert len(content) < 300_000


def test_nothing_runs_and_nothing_is_fetched(archive, pages):
    for page in pages.values():
        assert not page.xpath("//*[local-name()='script' or local-name()='iframe']")
        sources = page.xpath("//@src | //*[local-name()='link']/@href")
        assert all(str(source).startswith("../") for source in sources)
    assert b"http" not in archive["EPUB/css/book.css"]


def test_every_image_is_described_or_says_that_it_needs_no_words(pages):
    assert all(i.get("alt") is not None for page in pages.values() for i in page.iter("{*}img"))


def test_every_page_says_its_title_and_its_language(pages):
    for name, page in pages.items():
        assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        title = "".join(page.find(".//{*}title").itertext())
        assert title.strip(), name
        assert ".xhtml" not in title


def test_the_order_is_that_of_a_book(package):
    names = [name.removesuffix(".xhtml") for name in spine(package)]

    assert names == [
        "cover", "title-page", "imprint", "contents", "dedication", "epigraph", "foreword",
        "part-1", "chapter-1", "chapter-2", "acknowledgments", "glossary", "book-colophon",
    ]  # fmt: skip


def test_a_library_files_it(package):
    said = {e.get("property"): e.text for e in package.iter("{*}meta") if e.get("property")}

    assert said["belongs-to-collection"] == "Tides"
    assert said["group-position"] == "1"
    assert "trl" in [e.text for e in package.iter("{*}meta") if e.get("property") == "role"]
    assert [e.text for e in package.iter("{*}identifier")][-1] == "urn:isbn:9783161484100"
    assert {"publisher", "rights", "description", "subject", "language"} <= {
        etree.QName(e).localname for e in package.find("{*}metadata")
    }


def test_readers_begin_at_the_text_and_find_the_contents(pages):
    nav = pages["EPUB/text/contents.xhtml"]
    marks = nav.xpath("//*[@*[local-name()='type']='landmarks']//*[local-name()='a']")
    kinds = [next(v for k, v in mark.attrib.items() if k.endswith("type")) for mark in marks]

    assert {"cover", "toc", "bodymatter"} <= {*kinds}
    assert len(kinds) == len({*kinds})
