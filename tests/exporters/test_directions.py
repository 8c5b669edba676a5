"""Words that are read from the other side, in a book that is not."""

from dataclasses import replace

import pytest

from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.pdf import Pdf
from tests.exporters.books import book, chapter, page
from tests.exporters.printed import run

ARABIC, HEBREW = "مرحبا بالعالم، هذا نص عربي.", "שלום עולם (כאן)."


def shown(markdown, language):
    return page(EXPORTERS["epub"].export(book(chapter(markdown), language=language)), "chapter-3")


@pytest.mark.parametrize("words", [ARABIC, HEBREW, f"SMS {ARABIC}", f"**{HEBREW}** 1"])
def test_a_paragraph_of_a_language_read_leftwards_says_so(words):
    assert '<p dir="rtl">' in shown(f"{words}\n\nIn English.", "en")
    assert "<p>In English.</p>" in shown(f"{words}\n\nIn English.", "en")


def test_in_a_book_read_leftwards_the_others_do():
    text = shown(f"{ARABIC}\n\nThis is English.\n\n123", "ar")

    assert '<p dir="ltr">This is English.</p>' in text
    assert text.count(" dir=") == shown(ARABIC, "ar").count(" dir=") + 1


@pytest.mark.parametrize("words", ["He said שלום to me.", "Ça va — « œuvre » ?", "中文", "12 3"])
def test_a_foreign_word_changes_nothing(words):
    assert "<p dir=" not in shown(words, "en")


def test_what_the_author_says_counts():
    assert '<p dir="ltr">' in shown(f"{{dir=ltr}}\n{HEBREW}", "en")


def test_it_is_printed_from_the_right():
    pdf = Pdf().export(replace(book(chapter(f"{HEBREW}\n\nIn English."))))
    boxes = run("pdftotext", "-bbox", "-", "-", pdf=pdf).splitlines()
    (hebrew,) = (line for line in boxes if "שלום" in line or "םולש" in line)
    (english,) = (line for line in boxes if ">English" in line)

    def left(line):
        return float(line.split('"')[1])

    assert left(hebrew) > 300 > left(english)
