"""`export` as a person uses it: with a theme, under the eyes of EPUBCheck, and again at each change."""

import json
import os
import shutil
import signal
import subprocess
import time
import zipfile

import pytest

from tests.cli.commands import BARE, HEEDING, typed

PATIENCE = 120
TEXT = "# The Ford\n\n## One\n\nA <b>bold</b> claim, ![gone](gone.png).\n\n## Two\n\nMud."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ford.md").write_text(TEXT)
    return tmp_path


def page(folder, name, of="exports/the-ford.epub"):
    with zipfile.ZipFile(folder / of) as archive:
        return archive.read(f"EPUB/{name}").decode()


def test_what_a_reader_will_miss_is_said_in_a_line(folder):
    done = typed("export", "ford.md", cwd=folder)

    assert done.returncode == 0
    assert "l2mac-write: `ford.md#one`: the image `gone.png`: it is not there" in done.stderr


def test_without_a_format_the_name_tells_it(folder):
    typed("export", "ford.md", "--to", "ford.docx", cwd=folder)
    typed("export", "ford.md", "--to", "ford.book", cwd=folder)

    assert "word/document.xml" in zipfile.ZipFile(folder / "ford.docx").namelist()
    assert "mimetype" in zipfile.ZipFile(folder / "ford.book").namelist()


def test_tags_are_kept_where_one_asks_for_it(folder):
    typed("export", "ford.md", "--raw-html", cwd=folder)

    assert "A <b>bold</b> claim" in page(folder, "text/chapter.xhtml")


def test_a_theme_stands_in_the_place_of_our_own_files(folder):
    (folder / "mine/epub").mkdir(parents=True)
    (folder / "mine/epub/book.css").write_text("p { color: teal }")

    typed("export", "ford.md", "--theme", "mine", cwd=folder)

    assert "p { color: teal }" in page(folder, "css/book.css")


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("readme.txt", "x", "is no theme"),
        ("epub/section.xhtml.j2", "{{ page.nothing }}", "a template of the theme"),
        ("epub/section.xhtml.j2", "{% for %}", "a template of the theme"),
        ("epub/section.xhtml.j2", "{{ ''.__class__.__mro__ }}", "a template of the theme"),
    ],
)
def test_what_is_no_theme_or_has_a_wrong_template_is_refused_with_a_sentence(
    folder, file, content, why
):
    (folder / "mine" / file).parent.mkdir(parents=True)
    (folder / "mine" / file).write_text(content)

    done = typed("export", "ford.md", "--theme", "mine", cwd=folder)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert why in done.stderr
    assert not (folder / "exports").exists()


@pytest.mark.skipif(not shutil.which("java"), reason="EPUBCheck needs Java")
def test_epubcheck_judges_and_its_complaints_end_with_exit_code_1(folder):
    good = typed("export", "ford.md", "--check", cwd=folder)
    (folder / "bad/epub").mkdir(parents=True)
    (folder / "bad/epub/section.xhtml.j2").write_text("<p>no page</p>")
    bad = typed("export", "ford.md", "--check", "--theme", "bad", cwd=folder)

    assert good.returncode == 0
    assert bad.returncode == 1
    assert "RSC-005" in bad.stderr


def test_where_there_is_no_java_nobody_says_that_the_book_is_sound(folder):
    done = typed("export", "ford.md", "--check", cwd=folder, env={"PATH": "/nowhere"})

    assert (done.returncode, "needs Java" in done.stderr) == (2, True)
    assert not (folder / "exports").exists()


def test_at_each_change_the_book_is_exported_again_until_ctrl_c(folder):
    watching = subprocess.Popen(
        [*HEEDING, "export", "ford.md", "--format", "markdown", "--watch"],
        cwd=folder, env=BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    made = folder / "exports/the-ford.md"
    assert _soon(made.exists)
    (folder / "ford.md").write_text(TEXT.replace("Mud.", "Dust."))
    os.utime(folder / "ford.md")

    assert _soon(lambda: "Dust." in made.read_text())
    watching.send_signal(signal.SIGINT)
    watching.communicate(timeout=PATIENCE)
    assert watching.returncode == 0


def _soon(claim):
    return any(claim() or time.sleep(0.1) for _ in range(10 * PATIENCE))


@pytest.mark.parametrize("title", ["🌊🌊", "x" * 2000, "<b>&amp;", "..", "/etc/passwd"])
def test_a_heading_of_any_kind_makes_a_book_and_stays_in_its_folder(tmp_path, title):
    (tmp_path / "a.md").write_text(f"# {title}\n\n## One\n\nRain.\n\n## Two\n\nMud.")

    done = typed("export", "a.md", cwd=tmp_path)

    (made,) = (tmp_path / "exports").iterdir()
    assert (done.returncode, done.stderr, made.suffix) == (0, "", ".epub")


def test_alone_the_option_lists_the_themes_and_where_they_are_copied_from(folder):
    done = typed("export", "--theme", cwd=folder)
    told = typed("export", "--theme", "--json", cwd=folder)

    assert done.returncode == 0
    assert "  modern " in done.stdout
    assert "templates" in done.stdout.splitlines()[-1]
    rows = json.loads(told.stdout)["themes"]
    assert {row["kind"] for row in rows} == {"theme", "cover"}


def test_a_theme_is_chosen_by_its_name_and_one_that_is_not_there_is_refused(folder):
    done = typed("export", "ford.md", "--format", "pdf", "--theme", "modern", cwd=folder)
    wrong = typed("export", "ford.md", "--theme", "stone", cwd=folder)

    assert done.returncode == 0
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "classic" in wrong.stderr
