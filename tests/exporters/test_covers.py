"""Covers: one of six of our own, whose words can be read, or a person's image that shops take."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from l2mac_write.edition import Edition
from l2mac_write.errors import SettingsError
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.colours import contrast, palette
from l2mac_write.exporters.covers import cover, designs
from tests.exporters.books import book, chapter, page
from tests.exporters.epubchecked import complaints, verdict_on
from tests.exporters.images import GIF, SVG, png

GREY = png(1600, 2560)


def with_cover(name, images=(), **changed):
    """A book whose cover is called so, and all that is told while it is made."""
    heard: list[str] = []
    told = replace(
        book(chapter("Rain.")),
        edition=Edition(cover=name),
        image=dict(images).get,
        warn=heard.append,
    )
    return replace(told, **changed), heard


def made(name, **changed):
    return cover(with_cover(name, **changed)[0])


@given(title=st.text(max_size=40), is_dark=st.booleans())
def test_the_words_of_a_cover_can_be_read_whatever_its_title_makes_of_its_colours(title, is_dark):
    colours = palette(title, is_dark=is_dark)

    assert contrast(colours.ink, colours.ground) >= 4.5
    assert contrast(colours.plate_ink, colours.plate) >= 4.5


def test_contrast_is_counted_as_the_standard_counts_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", designs())
def test_a_cover_has_the_size_that_shops_want_and_is_always_the_same(theme):
    one, other = made(theme), made(theme, description="This changes nothing.")

    with Image.open(io.BytesIO(one.content)) as image:
        assert (image.size, image.format, image.mode) == ((1600, 2560), "JPEG", "RGB")
    assert one == other


@pytest.mark.parametrize("theme", designs())
@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("O", ""),
        ("Very " * 400 + "Long", "A" * 300),
        ("W" * 200, "Ada " * 50),
        ("🌊🌊", "🌊"),
        ('#read("x") $ <b> & \\u{41} @a', "</script>"),
        ("", ""),
    ],
)
def test_whatever_the_title_is_there_is_a_cover(theme, title, author):
    assert made(theme, title=title, author=author).width == 1600


@pytest.mark.parametrize("theme", designs())
def test_a_title_stands_out_even_at_the_size_of_a_thumb(theme):
    """At 160 pixels its strokes still differ from their ground by a third of black to white."""
    with_title, without = made(theme), made(theme, title="長い潮")
    one, other = (
        Image.open(io.BytesIO(c.content)).convert("L").resize((160, 256))
        for c in (with_title, without)
    )
    inked = [p for p, q in zip(one.tobytes(), other.tobytes(), strict=True) if abs(p - q) > 85]

    assert len(inked) > 200


def test_letters_that_no_font_has_are_left_out_of_the_cover_and_that_is_said():
    manuscript, heard = with_cover("classic", title="長い潮")

    assert cover(manuscript).width == 1600
    assert heard == ["The cover does without `長い潮`: no font here has its letters."]


@pytest.mark.parametrize("name", ["", "none"])
def test_a_book_may_go_without_a_cover(name):
    assert made(name) is None


def test_a_person_s_own_image_is_the_cover_as_it_is():
    manuscript, heard = with_cover("art/front.png", {"art/front.png": GREY})

    assert cover(manuscript).content == GREY
    assert heard == []


def test_an_image_smaller_than_shops_want_is_told_of():
    manuscript, heard = with_cover("a.png", {"a.png": png(800, 1200)})

    assert cover(manuscript).width == 800
    assert heard == ["The cover `a.png` has 800 x 1200 pixels; shops want 1600 x 2560."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no cover `a.png`"),
        (GIF, "no whole JPEG or PNG"),
        (SVG, "no whole JPEG or PNG"),
        (b"text", "no whole JPEG or PNG"),
        (GREY[:50], "no whole JPEG or PNG"),
        (png(100, 160), "take none below 600 x 800"),
        (png(4, 4)[:16] + b"\x00\x01\x00\x00" * 2 + png(4, 4)[24:], "65536 x 65536 pixels"),
    ],
)
def test_what_cannot_be_a_cover_is_refused_in_a_sentence(content, said):
    manuscript, _ = with_cover("a.png", {"a.png": content})

    with pytest.raises(SettingsError, match=said):
        cover(manuscript)


@pytest.mark.parametrize("name", ["horizon", "a.png"])
def test_epubcheck_has_nothing_to_say_about_a_book_with_a_cover(name, tmp_path):
    manuscript, _ = with_cover(name, {"a.png": GREY})
    (tmp_path / "book.epub").write_bytes(EXPORTERS["epub"].export(manuscript))

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


def test_the_cover_is_the_first_page_of_an_epub_and_says_what_it_shows():
    manuscript, _ = with_cover("a.png", {"a.png": GREY})
    shown = etree.fromstring(page(EXPORTERS["epub"].export(manuscript), "cover").encode())

    assert shown.xpath("string(//*[local-name()='img']/@alt)") == "The Long Tide. Ada Quill"
    assert shown.xpath("string(//*[local-name()='img']/@role)") == "doc-cover"


def test_a_single_file_of_html_has_its_cover_within():
    manuscript, _ = with_cover("a.png", {"a.png": GREY})

    assert b'<img class="cover" src="data:image/png;base64,' in EXPORTERS["html"].export(manuscript)
