"""Figures and boxes to tick, in every format."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from l2mac_write.adopting.importing import imported
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.pdf import Pdf
from tests.exporters.books import book, chapter, page
from tests.exporters.epubchecked import complaints, verdict_on
from tests.exporters.images import png
from tests.exporters.printed import pages_of, text_of

TALL = png(40, 4_000)
FIGURE = 'Before.\n\n![A *map*](map.png "Where it\'s deep")\n\nAfter ![a dot](map.png "Dot") it.'
TASKS = "- [ ] sweep\n- [x] *mend*\n  - [X] nets\n- [y] [ ] no\n- [ ]\n\n[ ] not one"


def told(markdown):
    images = {"map.png": png(), "tall.png": TALL}
    return replace(book(replace(chapter(markdown), path="3.md")), image=images.get)


def exported(kind, markdown) -> bytes:
    return EXPORTERS[kind].export(told(markdown))


def drawing(markdown) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(exported("docx", markdown))) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_an_image_alone_in_its_paragraph_is_a_figure_and_its_title_the_caption():
    text = page(exported("epub", FIGURE), "chapter-3")

    assert (
        '<figure>\n<img src="../images/map.png" alt="A map"/>'
        "<figcaption>Where it’s deep</figcaption>\n</figure>" in text
    )


def test_an_image_among_words_keeps_its_place_and_its_title():
    text = page(exported("epub", FIGURE), "chapter-3")

    assert 'After <img src="../images/map.png" alt="a dot" title="Dot"/> it.' in text


@pytest.mark.parametrize("kind", ["html", "docx", "markdown"])
def test_the_words_below_a_figure_are_in_every_format(kind):
    made = exported(kind, FIGURE)
    text = etree.tostring(drawing(FIGURE)).decode() if kind == "docx" else made.decode()

    assert re.search(r"Where it(?:’|'|&#8217;)s deep", text)


def test_a_figure_is_printed_with_its_caption_below_it():
    assert "Where it’s deep" in text_of(Pdf().export(told(FIGURE)))


def test_a_tall_image_leaves_room_on_its_page_for_what_stands_below_it():
    pages = pages_of(Pdf().export(told('![Mast](tall.png "The mast")')))

    (opening,) = (page for page in pages if "The Storm" in page)
    assert opening.split()[-1] == "1"
    assert any("The mast" in page for page in pages)


def test_a_tall_image_is_no_higher_than_a_page_of_word():
    (size,) = drawing("![Mast](tall.png)").iter("{*}extent")

    assert int(size.get("cy")) < 10 * 914_400
    assert int(size.get("cy")) == pytest.approx(100 * int(size.get("cx")), rel=0.01)


def test_a_figure_comes_back_from_an_epub_as_it_was_typed(tmp_path):
    (tmp_path / "a.epub").write_bytes(exported("epub", '![A map](map.png "Where \\"it\\" is")'))
    (section, *_) = imported(tmp_path / "a.epub").sections

    assert re.fullmatch(r'!\[A map\]\([^ ]+ "Where “it” is"\)', section.markdown)


def test_boxes_of_a_list_can_be_seen_to_be_ticked():
    text = page(exported("epub", TASKS), "chapter-3")

    assert "<li>☐ sweep</li>" in text
    assert "<li>☑ <em>mend</em>" in text
    assert "<li>☑ nets</li>" in text
    assert text.count("☐") == 1
    assert "[ ] not one" in text


def test_boxes_stay_as_they_were_typed_in_markdown():
    assert "- [ ] sweep\n- [x] *mend*" in exported("markdown", TASKS).decode()


def test_boxes_are_printed():
    assert "☑ nets" in text_of(Pdf().export(told(TASKS)))


def test_epubcheck_has_nothing_to_say(tmp_path):
    everything = f"{FIGURE}\n\n> ![](map.png)\n\n- ![In a list](map.png)\n\n- b\n\n{TASKS}"
    (tmp_path / "a.epub").write_bytes(exported("epub", everything))

    assert complaints(verdict_on(tmp_path / "a.epub", tmp_path)) == []
