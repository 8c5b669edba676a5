"""A book in parts: each has a title to itself, and its chapters stand one level below it."""

from dataclasses import replace

import pytest
from lxml import etree

from l2mac_write.book import Brief, Part, Section
from l2mac_write.exporters import EXPORTERS
from l2mac_write.exporters.labels import labels, part_named
from l2mac_write.machine.binding import bound
from l2mac_write.plan import ChapterPlan, PartPlan, Plan
from l2mac_write.store.memory import MemoryBook
from tests.exporters.books import BOOK, book, chapter, front, page
from tests.exporters.epubchecked import complaints, verdict_on


def part(title, number):
    return Section("part", Part.BODY, "", title, "", number)


def within(title, number, text="Rain.\n\n## Later\n\nSun."):
    return replace(chapter(text, title=title, number=number), within=True)


IN_PARTS = book(
    front("preface", "Why.", "Preface"),
    chapter("Before.", title="The Bell", number=1),
    part("Low Water", 1),
    within("The Storm", 2),
    within("The Calm", 3),
    part("Part Two: High Water", 2),
    within("The Gate", 4),
)


def rows(element):
    """A table of contents as lists in lists."""
    lists = element.xpath("./*[local-name()='ol']")
    items = lists[0].xpath("./*[local-name()='li']") if lists else ()
    return [(" ".join(i.xpath("string(./*[local-name()='a'])").split()), rows(i)) for i in items]


def contents(document, name):
    tree = etree.fromstring(document)
    return rows(tree.xpath(f"//*[local-name()='nav'][@id='{name}']")[0])


def test_markdown_has_the_part_s_title_and_its_chapters_one_level_below():
    text = EXPORTERS["markdown"].export(IN_PARTS).decode()

    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# The Long Tide", "## Preface", "## The Bell", "## Part 1. Low Water", "### The Storm",
        "#### Later", "### The Calm", "#### Later", "## Part Two: High Water", "### The Gate",
        "#### Later",
    ]  # fmt: skip


def test_html_has_them_in_its_contents_and_in_its_headings():
    exported = EXPORTERS["html"].export(IN_PARTS)
    tree = etree.fromstring(exported)

    assert contents(exported, "contents") == [
        ("Preface", []), ("Chapter 1 The Bell", []),
        ("Part 1 Low Water", [("Chapter 2 The Storm", []), ("Chapter 3 The Calm", [])]),
        ("Part Two: High Water", [("Chapter 4 The Gate", [])]),
    ]  # fmt: skip
    assert [(e.tag, e.get("id")) for e in tree.xpath("//main//h2 | //main//h3 | //main//h4")][2:5] == [
        ("h2", "part-1-title"), ("h3", "chapter-2-title"), ("h4", "chapter-2-later"),
    ]  # fmt: skip


def test_the_epub_has_them_in_both_tables_of_contents_and_a_page_for_each_part():
    exported = EXPORTERS["epub"].export(IN_PARTS)
    nav = page(exported, "contents").encode()

    assert contents(nav, "contents")[2:4] == [
        ("Part 1. Low Water", [("2. The Storm", []), ("3. The Calm", [])]),
        ("Part Two: High Water", [("4. The Gate", [])]),
    ]
    assert 'epub:type="part" role="doc-part"' in page(exported, "part-1")
    assert '<span class="label">Part 1</span>' in page(exported, "part-1")


def test_epubcheck_has_nothing_to_say_about_parts(tmp_path):
    (tmp_path / "book.epub").write_bytes(EXPORTERS["epub"].export(IN_PARTS))

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []


@pytest.mark.parametrize("form", EXPORTERS)
def test_a_book_without_parts_is_not_changed_by_them(form):
    exported = EXPORTERS[form].export(replace(BOOK, sections=(chapter("Rain."),)))

    assert b"within" not in exported


@pytest.mark.parametrize("form", EXPORTERS)
def test_a_text_that_only_calls_itself_a_part_opens_none(form):
    exported = EXPORTERS[form].export(book(front("part", "Why.", "Odd"), chapter("Rain.")))

    assert b"Part 0" not in exported


@pytest.mark.parametrize(
    ("language", "title", "shown"),
    [
        ("en", "The Sea", ("Part 1", "The Sea")),
        ("en", "PART ONE. The Sea", ("", "PART ONE. The Sea")),
        ("en", "Partings", ("Part 1", "Partings")),
        ("en", "", ("", "Part 1")),
        ("de", "Teil I: Das Meer", ("", "Teil I: Das Meer")),
        ("zh", "海", ("第1部", "海")),
        ("zh", "第一部：海", ("", "第一部：海")),
        ("ar", "البحر", ("الجزء 1", "البحر")),
    ],
)
def test_a_title_that_says_its_part_is_not_numbered_again(language, title, shown):
    assert part_named(title, 1, labels(language)) == shown


PLAN = Plan(
    "T",
    "P",
    "",
    (),
    (
        ChapterPlan(1, "Bell", "g", 300, id="bell"),
        ChapterPlan(2, "Storm", "g", 300, id="storm", part=1),
        ChapterPlan(3, "Calm", "g", 300, id="calm", part=2),
        ChapterPlan(4, "Gate", "g", 300, id="gate", part=2),
    ),
    parts=(PartPlan(1, "Low Water"), PartPlan(2, "High Water")),
)


@pytest.mark.parametrize(
    ("written", "titles"),
    [
        ((1, 2, 3, 4), ["Bell", "Low Water", "Storm", "High Water", "Calm", "Gate"]),
        ((1, 4), ["Bell", "High Water", "Gate"]),
        ((1,), ["Bell"]),
    ],
)
def test_a_part_is_opened_before_the_first_of_its_chapters_that_is_written(written, titles):
    store = MemoryBook()
    for number in written:
        store.edit(PLAN.chapter(number).path, "Rain.")

    manuscript = bound(Brief("A book."), PLAN, store, modified=BOOK.modified, written_by="m")
    assert [section.title for section in manuscript.sections] == titles
    assert len(manuscript.chapters) == len(written)


def test_what_is_written_for_a_part_stands_below_its_title_before_its_chapters():
    files = {chapter.path: "Rain." for chapter in PLAN.chapters}
    store = MemoryBook({**files, "parts/02.md": "# High Water\n\nThe sea came up."})
    manuscript = bound(Brief("A book."), PLAN, store, modified=BOOK.modified, written_by="m")

    texts = [section.markdown for section in manuscript.sections if section.is_part]
    shown = [page(EXPORTERS["epub"].export(manuscript), f"part-{n}") for n in (1, 2)]

    assert texts == ["", "The sea came up."]
    assert ["The sea came up." in text for text in shown] == [False, True]
    assert (
        "## Part 2. High Water\n\nThe sea came up."
        in EXPORTERS["markdown"].export(manuscript).decode()
    )


def test_epubcheck_has_nothing_to_say_about_such_a_text(tmp_path):
    told = replace(
        part("Low Water", 1), markdown="The *sea* went.\n\n## Low\n\nFar.[^1]\n\n[^1]: Out."
    )
    exported = EXPORTERS["epub"].export(book(told, within("The Storm", 1)))
    (tmp_path / "book.epub").write_bytes(exported)

    assert complaints(verdict_on(tmp_path / "book.epub", tmp_path)) == []
