"""What a chapter may refer to: other chapters, images of the book, formulas; and what it may not."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from l2mac_write.book import Part, Section
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.pictures import media_type, safe
from tests.exporters.books import book, chapter, page
from tests.exporters.epubchecked import complaints, verdict_on
from tests.exporters.images import GIF, SVG, png

FILES = {"chapters/map.png": png(), "images/map.png": png(4, 4), "images/a b.svg": SVG}
FIRST = """See [the storm](02.md), [its end](02.md#the-end), [*here*](#below), [page](../chapters/02.html),
[gone](03.md), [no such part](02.md#nowhere), [code](src/main.rs), [bad](ftp://x.org/y).

![A *map*](map.png "The coast") and ![a drawing](/images/a%20b.svg), ![far](https://x.org/a.png),
![lost](gone.png), ![broken](../images/broken.png).

## Below

Term
: What it means.

[Small]{.smallcaps #here onclick=x} words $x^2 < y$, and $5 or US$.

$$
\\frac{1}{2} \\text{<b>y</b>} \\class{x}{z} \\href{javascript:x}{q}
$$
"""
SECOND = """# The Storm

## The End {#the-end}

[Back](01.md#here), [to its title](#the-storm).
"""


TAKES = "its description takes its place."


def reference_book(**changes):
    heard = []
    made = replace(
        book(
            Section("chapter", Part.BODY, "chapters/01.md", "Calm", FIRST, 1),
            Section("chapter", Part.BODY, "chapters/02.md", "The Storm", SECOND, 2),
        ),
        image={**FILES, "images/broken.png": png()[:30]}.get,
        warn=heard.append,
        **changes,
    )
    return made, heard


@pytest.fixture(scope="module")
def epub():
    return EXPORTERS["epub"].export(reference_book()[0])


@pytest.fixture(scope="module")
def html():
    return EXPORTERS["html"].export(reference_book()[0]).decode()


def links(markup):
    return {words: address for address, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', markup)}


def test_links_between_chapters_lead_to_their_pages_and_headings(epub):
    assert links(page(epub, "chapter-1")) == {
        "the storm": "chapter-2.xhtml",
        "its end": "chapter-2.xhtml#chapter-2-the-end",
        "<em>here</em>": "#chapter-1-below",
        "page": "chapter-2.xhtml",
        "no such part": "chapter-2.xhtml",
    }
    assert links(page(epub, "chapter-2")) == {
        "Back": "chapter-1.xhtml#chapter-1-here",
        "to its title": "#chapter-2",
    }


def test_in_one_page_they_lead_to_its_parts(html):
    assert '<a href="#chapter-2">the storm</a>' in html
    assert '<a href="#chapter-2-the-end">its end</a>' in html
    assert '<a href="#chapter-1-here">Back</a>' in html


def test_links_that_lead_nowhere_keep_their_words(epub):
    assert "gone, " in page(epub, "chapter-1")
    assert "code, bad." in page(epub, "chapter-1")


def test_what_a_reader_will_miss_is_said_once_with_its_place():
    manuscript, heard = reference_book()

    EXPORTERS["epub"].export(manuscript)

    assert heard == [
        "`chapters/01.md`: the link to `03.md` leads nowhere; its words stay.",
        "`chapters/01.md`: `02.md#nowhere` names no heading; the link leads to its chapter.",
        "`chapters/01.md`: the link to `src/main.rs` leads nowhere; its words stay.",
        "`chapters/01.md`: the link to `ftp://x.org/y` leads nowhere; its words stay.",
        f"`chapters/01.md`: the image `https://x.org/a.png`: it is not in the book's folder; {TAKES}",
        f"`chapters/01.md`: the image `gone.png`: it is not there; {TAKES}",
        f"`chapters/01.md`: the image `../images/broken.png`: it cannot be read as an image; {TAKES}",
    ]


def test_images_of_the_book_are_embedded_once_with_their_words(epub, html):
    assert '<img src="../images/map.png" alt="A map" title="The coast"/>' in page(epub, "chapter-1")
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        assert {n for n in archive.namelist() if "images/" in n} == {
            "EPUB/images/map.png",
            "EPUB/images/a-b.svg",
        }
    assert html.count('src="data:image/png;base64,') == 1


def test_a_drawing_keeps_its_shapes_and_gradients_and_nothing_that_acts():
    drawing = safe(SVG).decode()

    assert "linearGradient" in drawing
    assert "viewBox" in drawing
    assert 'fill="url(#g)"' in drawing
    for harm in ("script", "onload", "http://x.y", "example.org/a.png", "maker", "DOCTYPE"):
        assert harm not in drawing


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (png(), "image/png"), (GIF, "image/gif"), (SVG, "image/svg+xml"),
        (png()[:-12], ""), (b"", ""), (b"<html>", ""), (b"\xff\xd8\xff cut", ""),
    ],
)  # fmt: skip
def test_an_image_is_what_it_holds_and_not_what_it_is_called(content, media):
    assert media_type(content) == media


def test_formulas_are_mathml_that_holds_only_mathematics(epub):
    text = page(epub, "chapter-1")
    tree = etree.fromstring(text.encode())
    formulas = tree.findall(".//{http://www.w3.org/1998/Math/MathML}math")

    assert formulas[0].get("alttext") == "x^2 < y"
    assert len(formulas) == 2
    assert not formulas[1].xpath(
        "descendant::*[local-name()='b'] | descendant::*/@class | .//@href"
    )
    assert "$5 or US$" in text
    assert (
        'properties="mathml"' in zipfile.ZipFile(io.BytesIO(epub)).read("EPUB/content.opf").decode()
    )


def test_attributes_that_are_allowed_stay_and_no_others(epub):
    assert '<span class="smallcaps" id="chapter-1-here">Small</span>' in page(epub, "chapter-1")


def test_a_term_and_what_it_means_are_a_list_of_definitions(epub):
    assert "<dl>\n<dt>Term</dt>\n<dd>What it means.</dd>\n</dl>" in page(epub, "chapter-1")


def test_the_package_says_that_there_are_images_and_formulas(epub):
    package = zipfile.ZipFile(io.BytesIO(epub)).read("EPUB/content.opf").decode()

    for said in (">visual<", ">alternativeText<", ">MathML<"):
        assert said in package


def test_epubcheck_has_nothing_to_say(epub, tmp_path):
    (tmp_path / "book.epub").write_bytes(epub)

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


def test_headings_called_like_our_own_ids_do_not_clash(tmp_path):
    text = "## Title\n\n## Note 1\n\n## Ref 1\n\nA.[^1]\n\n[x]{#title} [y]{#note-1}\n\n[^1]: B."
    epub = EXPORTERS["epub"].export(book(chapter(text)))

    ids = etree.fromstring(page(epub, "chapter-3").encode()).xpath("//@id")
    assert len(ids) == len(set(ids))
