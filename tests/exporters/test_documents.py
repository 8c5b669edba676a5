"""A report or manual looks like one: sections numbered 1, 1.1, 1.1.1 in every format."""

from dataclasses import replace

import pytest

from l2mac_write.book import Part, Section
from l2mac_write.exporters import EXPORTERS
from tests.exporters.books import BOOK, back, files, front, page
from tests.exporters.epubchecked import complaints, verdict_on

STEPS = """\
Do this first.

## Before you begin

You need *one* key.

### Tools

| Part | Use |
|---|---|
| Valve | Stops the water |

### 1.1.2 `pump` itself

1. Turn it.
2. Wait.

## 2. Starting

#### 3 ways to fail

Go.
"""


def section(markdown, number, title):
    return Section(
        "section", Part.BODY, f"chapters/{number:02d}.md", title, markdown, number, numbered=True
    )


MANUAL = replace(
    BOOK,
    kind="document",
    sections=(
        front("abstract", "It starts.", ""),
        section(STEPS, 1, "1. Starting the pump"),
        section("Wait.", 2, "Stopping it"),
        back("open-points", "- Who has the key?", ""),
    ),
)
HEADINGS = (
    "1.1 Before you begin",
    "1.1.1 Tools",
    "1.1.2 `pump` itself",
    "1.2 Starting",
    "1.2.1 3 ways to fail",
)


def exported(kind, manuscript=MANUAL):
    return EXPORTERS[kind].export(manuscript)


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_are_counted_below_their_section_whatever_number_was_typed(heading):
    marked = heading.replace("`pump`", "<code>pump</code>")
    level = heading.partition(" ")[0].count(".") + 1

    assert f"\n{'#' * (level + 1)} {heading}\n" in exported("markdown").decode()
    assert f">{marked}</h{level + 1}>" in exported("html").decode()
    assert f">{marked}</h{level}>" in page(exported("epub"), "chapter-1")


def test_a_section_is_called_by_its_number_and_not_chapter():
    text = exported("markdown").decode()

    assert "\n## 1 Starting the pump\n" in text
    assert "\n## 2 Stopping it\n" in text
    assert "1 Starting the pump</a>" in page(exported("epub"), "contents")
    assert (
        '<span class="label">2</span> <span class="name">Stopping it' in exported("html").decode()
    )
    assert not any("Chapter" in exported(kind).decode() for kind in ("markdown", "html"))


def test_the_table_of_contents_goes_one_level_further_down():
    nav, html = page(exported("epub"), "contents"), exported("html").decode()

    assert '<a href="chapter-1.xhtml#chapter-1-before-you-begin">1.1 Before you begin</a>' in nav
    assert '<a href="#chapter-1-2-starting">1.2 Starting</a>' in html
    assert "1.1.1 Tools</a>" not in nav + html


def test_the_summary_stands_first_and_open_points_last():
    text = exported("markdown").decode()

    assert text.index("## Summary\n") < text.index("## 1 ") < text.index("## Assumptions and open")


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "Résumé"), ("de-AT", "Zusammenfassung"), ("es", "Resumen")]
)
def test_they_are_called_so_in_the_language_of_the_document(language, name):
    abroad = replace(MANUAL, language=language)

    assert f"## {name}\n" in exported("markdown", abroad).decode()
    assert f">{name}<" in page(exported("epub", abroad), "abstract")


def test_a_documents_style_is_its_own_and_a_books_is_left_alone():
    book = replace(MANUAL, kind="book")

    assert ".document" in files(exported("epub"))["EPUB/css/book.css"]
    assert ".document" not in files(exported("epub", book))["EPUB/css/book.css"]
    assert ".document " not in exported("html", book).decode()


def test_epubcheck_has_nothing_to_say(tmp_path):
    (tmp_path / "manual.epub").write_bytes(exported("epub"))

    assert complaints(verdict_on(tmp_path / "manual.epub", tmp_path)) == []
