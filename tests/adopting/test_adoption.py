"""A manuscript that is there becomes a book: whole, untouched, and at once as good as any other."""

import os
from contextlib import suppress
from dataclasses import replace

import pytest

from l2mac_write import adopt, check, open_book, preview
from l2mac_write.book import Part, Section
from l2mac_write.edition import Edition
from l2mac_write.errors import UsageError
from l2mac_write.history.changes import difference, undo
from l2mac_write.store import making
from tests.adoptions import NOVEL, adopted, exported, manuscript, tokens
from tests.exporters.books import back, book, chapter, front
from tests.exporters.images import png

LINES = "CHAPTER I\n\nIt rained.\n\nCHAPTER II\n\nIt stopped.\n"
SETEXT = "The Ford\n--------\n\nIt rained.\n\nThe Mill\n--------\n\nIt stopped.\n"


def files(folder):
    every = (file for file in folder.rglob("*") if file.is_file())
    seen = (file.relative_to(folder).as_posix() for file in every)
    return sorted(name for name in seen if not name.startswith(".l2mac/"))


def chapters(book):
    return [(c.number, c.title, c.path, c.status, c.words) for c in book.chapters]


def test_each_chapter_gets_its_file_and_its_place_in_the_plan(tmp_path):
    book = adopted(tmp_path)

    assert chapters(book) == [
        (1, "The Ford", "chapters/01-the-ford.md", "done", 11),
        (2, "The Mill", "chapters/02-the-mill.md", "done", 4),
    ]
    assert [(c.title, c.goal, c.words) for c in book.plan.chapters] == [
        ("The Ford", "", 11),
        ("The Mill", "", 4),
    ]
    assert (book.settings.title, book.settings.author) == ("The Long Tide", "Ada Quill")


def test_the_text_is_what_it_was_and_the_original_is_kept_byte_for_byte(tmp_path):
    text = f"\ufeff{NOVEL}".replace("\n", "\r\n")
    book = adopted(tmp_path, text)

    assert (book.root / "chapters/01-the-ford.md").read_text() == (
        "# The Ford\n\nIt rained.[^1] “Go,” he said, and *went*.\n\n[^1]: As always.\n\n***\n\n"
        "> A letter.\n"
    )
    assert (book.root / "sources/novel.md").read_bytes() == text.encode()


@pytest.mark.parametrize("text", [LINES, SETEXT], ids=["lines that say chapter", "setext"])
def test_chapters_begin_where_a_reader_sees_them_begin(text, tmp_path):
    book = adopted(tmp_path, text)

    assert [c.words for c in book.plan.chapters] == [2, 2]


def test_of_a_folder_each_file_is_a_chapter(tmp_path):
    source = tmp_path / "novel"
    (source / "two").mkdir(parents=True)
    manuscript(source, "# Rain\n\nSee [later](two/10.md#noon).\n", "2.md")
    manuscript(source, "# Mud\n\n## Noon\n\nBack to [rain](../2.md).\n", "two/10.md")
    book = adopt(source, tmp_path / "book")

    assert files(book.root)[1:3] == ["chapters/01-rain.md", "chapters/02-mud.md"]
    assert "[later](02-mud.md#noon)" in (book.root / "chapters/01-rain.md").read_text()
    assert "[rain](01-rain.md)" in (book.root / "chapters/02-mud.md").read_text()
    assert files(book.root / "sources") == ["novel/2.md", "novel/two/10.md"]


def test_images_come_along_and_links_lead_to_where_they_led(tmp_path):
    (tmp_path / "map.png").write_bytes(png())
    book = adopted(tmp_path)

    assert (book.root / "images/map.png").read_bytes() == png()
    assert files(book.root / "sources") == ["map.png", "novel.md"]
    assert book.manuscript.image("images/map.png") == png()
    assert (
        "See [the ford](01-the-ford.md#the-ford), and ![a map](../images/map.png)."
        in (book.root / "chapters/02-the-mill.md").read_text()
    )


def test_what_stands_around_the_chapters_and_their_parts_are_where_they_were(tmp_path):
    whole = replace(
        book(
            front("dedication", "For *you*.", "Dedication"),
            front("epigraph", "Rain.", "Epigraph"),
            Section("part", Part.BODY, "", "Out", "It begins.", 1),
            replace(chapter("Rain.", number=1, title="The Ford"), within=True),
            Section("part", Part.BODY, "", "Back", "", 2),
            replace(chapter("Mud.", number=2, title="The Mill"), within=True),
            back("afterword", "So.", "Afterword"),
        ),
        edition=Edition(
            publisher="Quill & Co",
            series="Tides",
            volume=2,
            isbn="9783161484100",
            subjects=("Sea", "Rain"),
        ),
        language="en-GB",
    )
    adopted = adopt(exported(whole, "epub", tmp_path), tmp_path / "book")

    assert files(adopted.root)[:8] == [
        "back/01-afterword.md", "book.toml", "chapters/01-the-ford.md", "chapters/02-the-mill.md",
        "front/01-dedication.md", "front/02-epigraph.md", "front/about.md", "parts/01.md",
    ]  # fmt: skip
    assert [(s.kind, s.title, s.markdown) for s in adopted.manuscript.sections] == [
        (s.kind, s.title, s.markdown) for s in whole.sections
    ]
    assert adopted.settings.language == "en-GB"
    assert adopted.settings.edition == whole.edition
    assert adopted.manuscript.description == whole.description


@pytest.mark.parametrize("kind", ["epub", "docx", "html"])
def test_what_was_exported_and_adopted_is_the_same_book(kind, tmp_path):
    first = adopted(tmp_path)
    again = adopt(exported(first.manuscript, kind, tmp_path), tmp_path / "again")

    assert tokens(again) == tokens(first)


def test_a_persons_words_are_versions_that_can_be_told_apart_and_taken_back(tmp_path):
    book = adopted(tmp_path)
    file = book.root / "chapters/01-the-ford.md"
    file.write_text(file.read_text().replace("rained", "snowed"))
    undo(book.root, "1")

    assert {(v.by, v.instruction) for v in book.history("1")[:2]} == {("person", "")}
    assert "rained" in file.read_text()
    assert [v.by for v in book.history("1")] == ["person", "person", "revision"]
    assert difference(book.root, "1").path == "chapters/01-the-ford.md"


def test_it_can_be_checked_asked_about_and_exported_without_a_model(tmp_path):
    book = adopted(tmp_path)

    assert check(book.root).words == 15
    assert [view.items for view in book.why("1").views if view.items] == []
    assert book.ledger().facts == ()
    assert book.spend.calls == 0
    assert book.written_by == ""
    assert book.export("epub").read_bytes().startswith(b"PK")


def test_the_plan_tells_how_the_book_is_told(tmp_path):
    told = "I walked down to the grey water and I looked for my colour of boat. “Here,” I said. "
    text = "\n\n".join(f"## {n}\n\n" + "\n\n".join([told * 2] * 20) for n in ("One", "Two"))
    style = adopted(tmp_path, text).plan.style

    assert style.startswith("Told in the first person.")
    assert "British spelling. What is said begins with “." in style


@pytest.mark.parametrize(
    ("level", "titles"), [(1, ["One", "Two"]), (2, ["Rain", "Mud", "Sun"])], ids=str
)
def test_a_person_may_say_where_chapters_begin(level, titles, tmp_path):
    text = "# One\n\nIt.\n\n## Rain\n\nRain.\n\n## Mud\n\nMud.\n\n# Two\n\nIt.\n\n## Sun\n\nSun.\n"
    found = preview(manuscript(tmp_path, text), split=level)

    assert [chapter.title for chapter in found.plan.chapters] == titles


def test_chapters_without_titles_are_told_apart_by_their_numbers(tmp_path):
    book = adopted(tmp_path, "##\n\nIt rained.\n\n##\n\nIt stopped.\n")

    assert [c.path for c in book.plan.chapters] == [
        "chapters/01-chapter.md",
        "chapters/02-chapter.md",
    ]
    assert [section.markdown for section in book.manuscript.sections] == [
        "It rained.",
        "It stopped.",
    ]


def test_a_preview_makes_nothing(tmp_path):
    file = manuscript(tmp_path)
    preview(file)

    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    ("name", "content", "how", "why"),
    [
        ("gone.md", None, {}, "No such file"),
        ("empty.md", "", {}, "holds no text"),
        ("novel.md", "a\0b", {}, "not text"),
        ("novel.md", NOVEL, {"split": 5}, "no heading of level 5"),
        ("novel.md", NOVEL, {"language": "Martian"}, "no language"),
        ("novel.md", NOVEL, {"kind": "song"}, "no kind"),
        ("novel.md", NOVEL, {"model": "gpt"}, "no model `gpt`"),
        ("novel.md", "## A\n\nB.\n\n" * 1001, {}, "1,001 chapters"),
    ],
)
def test_what_cannot_become_a_book_leaves_nothing_behind(name, content, how, why, tmp_path):
    if content is not None:
        manuscript(tmp_path, content, name)
    before = {*tmp_path.iterdir()}

    with pytest.raises(UsageError, match=why):
        adopt(tmp_path / name, tmp_path / "book", **how)
    assert {*tmp_path.iterdir()} == before


@pytest.mark.parametrize("to", ["novel/book", "novel", "."])
def test_a_book_is_not_made_around_or_inside_of_its_manuscript(to, tmp_path):
    (tmp_path / "novel").mkdir()
    manuscript(tmp_path / "novel")

    with pytest.raises(UsageError, match="lie one in the other"):
        adopt(tmp_path / "novel", tmp_path / to)
    assert [*(tmp_path / "novel").iterdir()] == [tmp_path / "novel/novel.md"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    first = adopted(tmp_path)
    before = files(first.root)

    with pytest.raises(UsageError, match="is not empty"):
        adopted(tmp_path)
    with pytest.raises(UsageError, match="is a book of this program already"):
        adopt(first.root, tmp_path / "other")
    assert files(first.root) == before


def test_whenever_it_is_killed_the_folder_is_not_there_or_whole(tmp_path):
    file, place = manuscript(tmp_path), tmp_path / "book"
    steps = 0
    while not place.exists():
        steps += 1
        if (child := os.fork()) == 0:
            _die_after(steps, file, place)
        os.waitpid(child, 0)

    assert steps > 5
    assert chapters(open_book(place)) == chapters(adopt(file, tmp_path / "other"))
    assert [*tmp_path.glob(".*")] == []


def _die_after(steps, file, place):
    """In a process of its own that ends, as if killed, when it has synced so many files."""
    left, sync = [steps], os.fsync

    def counted(descriptor):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        sync(descriptor)

    os.fsync = counted
    with suppress(BaseException):
        adopt(file, place)
    os._exit(0)


def test_two_cannot_fill_one_folder_at_a_time(tmp_path):
    with making.made(tmp_path / "book"), pytest.raises(UsageError, match="another process"):
        adopted(tmp_path)

    assert (tmp_path / "book").is_dir()
