"""A person's own fonts: letters that ours lack are printed, and no file is believed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l2mac_write.edition import Edition, edition
from l2mac_write.errors import SettingsError, Unprintable
from l2mac_write.exporters.covers import cover
from l2mac_write.exporters.fonts import fonts
from l2mac_write.exporters.pdf import Pdf
from tests.exporters.books import book, chapter
from tests.exporters.printed import run, text_of
from tests.exporters.test_every_exporter import FEW
from tests.exporters.typefaces import typeface

YA = chr(0x2D30)
FONT = typeface()


def told(content=FONT, **edited):
    heard: list[str] = []
    told = replace(
        book(chapter(f"It says {f'{YA} ' * 40}.", title=f"A {YA}")),
        edition=Edition(fonts=("fonts/sand.ttf",), **edited),
        image={"fonts/sand.ttf": content}.get,
        warn=heard.append,
    )
    return told, heard


def test_letters_that_our_fonts_lack_are_printed_in_ones_own():
    manuscript, heard = told(pdf_standard="ua-1")
    pdf = Pdf().export(manuscript)

    assert text_of(pdf).count(YA) == 41
    assert "Sand" in run("pdffonts", "-", pdf=pdf)
    assert heard == []


def test_without_it_the_book_is_refused_with_a_hint():
    manuscript, _ = told()

    with pytest.raises(Unprintable, match=r"edition\.fonts"):
        Pdf().export(replace(manuscript, edition=Edition()))


def test_a_cover_shows_a_title_in_them():
    manuscript, heard = told(cover="classic")
    with_title = cover(replace(manuscript, title=YA * 3, author=""))
    without = cover(replace(manuscript, title="", author=""))

    assert with_title.content != without.content
    assert heard == []


def test_the_file_that_is_made_is_always_the_same():
    manuscript, _ = told()

    assert Pdf().export(manuscript) == Pdf().export(manuscript)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "there is no font"),
        (b"", "no whole TrueType or OpenType font"),
        (b"wOF2" + FONT, "no whole TrueType or OpenType font"),
        (FONT[:40], "no whole TrueType or OpenType font"),
        (FONT.replace(b"cmap", b"dmap"), "no whole TrueType or OpenType font"),
        (typeface(family=""), "without a name"),
    ],
)
def test_what_is_no_font_is_refused_in_a_sentence(content, why):
    with pytest.raises(SettingsError, match=why):
        Pdf().export(told(content)[0])


@given(at=st.integers(0, len(FONT) - 1), byte=st.integers(0, 255), cut=st.integers(1, len(FONT)))
def test_a_damaged_one_is_read_or_refused_and_nothing_else(at, byte, cut):
    damaged = (FONT[:at] + bytes((byte,)) + FONT[at + 1 :])[:cut]
    try:
        (font,) = fonts(told(damaged)[0])
    except SettingsError:
        return
    assert font.shown
    assert font.family


@given(family=st.text(max_size=30))
@FEW
def test_no_name_of_a_font_is_an_instruction(family):
    try:
        pdf = Pdf().export(told(typeface(family=family))[0])
    except SettingsError:
        return
    assert "It says" in text_of(pdf)


@pytest.mark.parametrize("said", ["a.ttf", [1], ["x" * 3_000], ["a"] * 99])
def test_what_is_no_list_of_paths_is_refused(said):
    with pytest.raises(SettingsError, match=r"edition\.fonts"):
        edition({"fonts": said})
