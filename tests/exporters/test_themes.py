"""A theme is a folder of templates that a person copies, changes, and names: in every format."""

import shutil
from dataclasses import replace

import pytest

from l2mac_write.edition import Edition
from l2mac_write.errors import PrintFailed, SettingsError, UsageError
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.exporters.covers import cover, designs
from l2mac_write.exporters.looks import looks
from l2mac_write.exporting import export
from l2mac_write.shipped import folder
from l2mac_write.templating import themed
from tests.exporters.books import book, chapter
from tests.exporters.printed import text_of

KINDS = ("html", "epub", "pdf", "docx", "covers")
BOOK = replace(book(chapter("It rained on the harbour.")), edition=Edition(cover="classic"))
MADE = {
    "html": lambda: EXPORTERS["html"].export(BOOK),
    "epub": lambda: EXPORTERS["epub"].export(BOOK),
    "pdf": lambda: EXPORTERS["pdf"].export(BOOK),
    "docx": lambda: EXPORTERS["docx"].export(BOOK),
    "covers": lambda: cover(BOOK).content,
    "site": lambda: FOLDERS["site"].files(BOOK)["assets/book.css"],
}
CHANGES = {
    "html": ("book.css", "--paper: light-dark(#fcfaf5", "--paper: light-dark(#abcdef"),
    "site": ("book.css", "--paper: light-dark(#fcfaf5", "--paper: light-dark(#abcdef"),
    "epub": ("title.xhtml.j2", "<h1", '<h1 class="mine"'),
    "pdf": ("themes/classic.typ", "sink: 14%", "sink: 40%"),
    "docx": ("looks.toml", 'font = "Georgia"', 'font = "Garamond"'),
    "covers": ("themes/classic.typ", '"❦"', '"♣"'),
}


@pytest.fixture
def mine(tmp_path):
    """All of ours, as a person would copy it."""
    shutil.copytree(folder(), tmp_path / "mine")
    return tmp_path / "mine"


def change(mine, kind):
    name, old, new = CHANGES[kind]
    file = mine / ("html" if kind == "site" else kind) / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("kind", MADE)
def test_a_theme_that_is_only_copied_changes_nothing(mine, kind):
    plain = MADE[kind]()

    with themed(mine):
        assert MADE[kind]() == plain


@pytest.mark.parametrize("kind", MADE)
def test_what_a_person_changes_in_their_copy_shows_also_while_they_work_at_it(mine, kind):
    with themed(mine):
        plain = MADE[kind]()
        change(mine, kind)

        assert MADE[kind]() != plain


@pytest.mark.parametrize("kind", KINDS)
def test_one_folder_of_it_is_enough(mine, kind):
    for other in [place for place in mine.iterdir() if place.name != kind]:
        shutil.rmtree(other) if other.is_dir() else other.unlink()
    change(mine, kind)
    plain = MADE[kind]()

    with themed(mine):
        assert MADE[kind]() != plain


def test_a_look_of_ones_own_has_a_name_of_its_own_and_may_bring_an_ornament(mine):
    look = (mine / "pdf/themes/classic.typ").read_text("utf-8").partition("\n")[2]
    sea = look.replace("ornament: fleuron", 'ornament: image("ornaments/wave.svg", alt: "a wave")')
    (mine / "pdf/themes/sea.typ").write_text(f"// As at sea.\n{sea}", "utf-8")
    (mine / "pdf/ornaments").mkdir()
    (mine / "pdf/ornaments/wave.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="9"><text y="9">~≈~</text></svg>'
    )
    at_sea = replace(
        book(chapter("Out.\n\n***\n\nHome.")), edition=Edition(theme="sea", pdf_standard="ua-1")
    )

    with themed(mine):
        assert looks()["sea"] == "As at sea."
        assert "Home." in text_of(EXPORTERS["pdf"].export(at_sea))


def test_so_has_a_cover(mine):
    design = (mine / "covers/themes/rings.typ").read_text("utf-8").partition("\n")[2]
    (mine / "covers/themes/sea.typ").write_text(f"// Waves.\n{design}", "utf-8")

    with themed(mine):
        assert designs()["sea"] == "Waves."
        assert cover(replace(BOOK, edition=Edition(cover="sea"))).width == 1600


def test_the_words_around_the_text_may_be_ones_own(mine):
    labels = (mine / "labels.toml").read_text("utf-8")
    (mine / "labels.toml").write_text(labels.replace("Chapter {number}", "Canto {number}"), "utf-8")

    with themed(mine):
        assert b"Canto 3" in EXPORTERS["markdown"].export(book(chapter("Rain.", title="")))


@pytest.mark.parametrize("kind", ["epub", "html", "pdf", "docx"])
def test_a_book_may_bring_its_theme_in_its_own_folder(mine, tmp_path, kind):
    change(mine, kind)
    named = replace(BOOK, edition=replace(BOOK.edition, theme="mine"))
    (made,) = export(named, [kind], tmp_path / "exports").files

    with themed(mine):
        assert made.read_bytes() == MADE[kind]()


@pytest.mark.parametrize("theme", ["mine", "../outside"])
def test_a_theme_that_leaves_the_book_is_refused(mine, tmp_path, theme):
    (mine / "epub/secret.css").symlink_to("/etc/passwd")
    shutil.copytree(folder(), tmp_path.parent / "outside", dirs_exist_ok=True)
    named = replace(BOOK, edition=Edition(theme=theme))

    with pytest.raises(SettingsError, match="not within the book"):
        export(named, ["epub"], tmp_path / "exports")
    assert not (tmp_path / "exports").exists()


def test_a_mistake_in_a_page_is_told_with_its_place_and_no_file_is_made(mine, tmp_path):
    page = mine / "pdf/themes/classic.typ"
    page.write_text(page.read_text("utf-8").replace("indent: 1.4em", "indent: 1.4ems"), "utf-8")

    with (
        themed(mine),
        pytest.raises(PrintFailed, match=r"invalid number suffix.*theme.typ, line 5"),
    ):
        export(BOOK, ["pdf"], tmp_path / "exports")
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("docx/looks.toml", b"= 1"), ("labels.toml", b"\xff")]
)
def test_so_is_one_in_a_table(mine, name, content):
    (mine / name).write_bytes(content)

    with themed(mine), pytest.raises(UsageError, match=name):
        MADE["docx"]()


def test_every_look_of_a_page_and_every_cover_says_what_it_is():
    assert all(says.endswith(".") for says in (*looks().values(), *designs().values()))
