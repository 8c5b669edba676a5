"""What cannot be exported is said in one sentence, in every format; no file is left half written."""

import resource
import subprocess
from contextlib import contextmanager
from dataclasses import replace

import pytest

from l2mac_write.adopting.gathering import Said, gathered
from l2mac_write.cli.options import FORMATS
from l2mac_write.errors import L2macError, PrintFailed, UsageError
from l2mac_write.exporters import EXPORTERS, FOLDERS
from l2mac_write.exporting import ALL, export
from tests.cli.commands import BARE, TOOL, typed
from tests.exporters.books import BOOK, book, chapter
from tests.exporters.images import png
from tests.injected import why_not

EVERY = (*EXPORTERS, *FOLDERS)
each = pytest.mark.parametrize("kind", EVERY)
TEXT = "\n\n".join(f"Wave {n} broke on the wall ({n * n * 7919})." for n in range(4_000))
SMALL, LONG = book(chapter("Rain.")), book(chapter(TEXT))
ROOM = 6_000


@contextmanager
def no_file_longer_than(size):
    """For this process and those that it starts, as on a disk without more room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def lying(folder):
    """Every file below it with what it holds, hidden ones too."""
    return {
        str(place.relative_to(folder)): place.read_bytes()
        for place in folder.rglob("*")
        if place.is_file()
    }


def told_once(error):
    return "\n" not in str(error) and str(error).endswith(".")


def test_every_format_that_there_is_can_be_typed():
    assert {*FORMATS.values()} == {*EVERY, ALL}


@each
def test_without_room_for_it_the_old_export_stays_as_it_was(kind, tmp_path):
    export(SMALL, [kind], tmp_path / "exports")
    before = lying(tmp_path)

    with no_file_longer_than(ROOM), pytest.raises(L2macError) as raised:
        export(LONG, [kind], tmp_path / "exports")

    assert told_once(raised.value)
    assert "resume" not in str(raised.value)
    assert lying(tmp_path) == before


@each
def test_nothing_is_left_of_a_first_export_that_had_no_room(kind, tmp_path):
    with no_file_longer_than(ROOM), pytest.raises(L2macError):
        export(LONG, [kind], tmp_path / "exports")

    assert lying(tmp_path) == {}


def test_a_printer_without_room_for_its_own_files_says_where():
    with no_file_longer_than(100), pytest.raises(PrintFailed, match="File too large"):
        EXPORTERS["pdf"].export(SMALL)


def spoiled(folder, kind, fault):
    """A typed export whose disk is full at that call to the system."""
    command = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-o",
        folder / "trace",
        "-e",
        f"trace={fault.partition(':')[0]}",
    ]
    return subprocess.run(
        [*command, "-e", f"inject={fault}", *TOOL, "export", "a.md", "--format", kind],
        cwd=folder, env=BARE, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("epub", "fsync:error=ENOSPC"),
        ("epub", "rename:error=ENOSPC"),
        ("site", "mkdir:error=ENOSPC:when=2+"),
        ("site", "rename:error=ENOSPC:when=1"),
        ("site", "rename:error=ENOSPC:when=2"),
    ],
)
def test_a_full_disk_is_told_with_what_to_do_and_the_old_export_is_kept(tmp_path, kind, fault):
    if why := why_not(tmp_path):
        pytest.skip(why)
    (tmp_path / "a.md").write_text("# Ford\n\n## One\n\nMud.\n\n## Two\n\nRain.")
    typed("export", "a.md", "--format", kind, cwd=tmp_path)
    before = lying(tmp_path / "exports")
    (tmp_path / "a.md").write_text("# Ford\n\n## One\n\nMore mud.\n\n## Two\n\nRain.")

    done = spoiled(tmp_path, kind, fault)

    assert "(INJECTED)" in (tmp_path / "trace").read_text()
    assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
    assert "full" in done.stderr
    assert "type the same line again" in done.stderr
    assert lying(tmp_path / "exports") == before


@each
@pytest.mark.parametrize("place", ["no/such/place", "a.md/file"])
def test_a_place_in_a_missing_folder_is_refused(kind, place, tmp_path):
    (tmp_path / "a.md").write_text("text")

    with pytest.raises(UsageError) as raised:
        export(SMALL, [kind], tmp_path / "exports", tmp_path / place)

    assert told_once(raised.value)
    assert [*lying(tmp_path)] == ["a.md"]


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind != "markdown"])
@pytest.mark.parametrize(
    "content", [b"", b"text", png()[:40], b"<svg", b"\x89PNG\r\n\x1a\n IEND"], ids=repr
)
def test_an_image_that_cannot_be_read_leaves_its_words_and_is_told_of(kind, content, tmp_path):
    broken = replace(
        book(chapter("![A map](a.png)\n\nRain.")), image={"chapters/a.png": content}.get
    )

    made = export(broken, [kind], tmp_path / "exports")

    assert any("a.png" in sentence for sentence in made.warnings)
    assert all(told_once(sentence) for sentence in made.warnings)


@each
@pytest.mark.parametrize("title", ["x" * 2_000, "word " * 400, "🌊🌊", "..", "/etc/passwd", " "])
def test_a_title_of_any_kind_makes_a_book_that_stays_in_its_folder(kind, title, tmp_path):
    made = export(replace(SMALL, title=title), [kind], tmp_path / "exports")

    (file,) = made.files
    assert file.parent == tmp_path / "exports"
    assert len(file.name) < 120


@each
@pytest.mark.parametrize("language", ["", "xx-klingon", "not a tag", "zh", "en_GB", "x" * 300])
def test_a_language_that_nobody_knows_is_no_reason_to_fail(kind, language, tmp_path):
    made = export(replace(SMALL, language=language), [kind], tmp_path / "exports")

    assert len(made.files) == 1


@pytest.mark.parametrize("language", ["klingon!", "x" * 300, "e"])
def test_one_that_is_typed_and_cannot_be_is_refused(language, tmp_path):
    (tmp_path / "a.md").write_text("# A\n\nRain.")

    with pytest.raises(UsageError) as raised:
        gathered(tmp_path / "a.md", Said(language=language), {})

    assert told_once(raised.value)


@pytest.mark.parametrize("kind", ["epub", "all"])
def test_a_book_without_chapters_is_refused_and_nothing_is_made(kind, tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: Nothing\n---\n")
    for arguments in (("a.md",), ("--book", ".")):
        done = typed("export", *arguments, "--format", kind, cwd=tmp_path)

        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert [*lying(tmp_path)] == ["a.md"]


@each
def test_a_bound_book_without_sections_is_whole(kind, tmp_path):
    assert export(BOOK, [kind], tmp_path / "exports").warnings == ()
