"""How files reach the disk: whole or not at all, and never through a link."""

import errno
import os
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l2mac_write.errors import DiskFull, MachineError, PathRefused, UsageError
from l2mac_write.store.files import Disk, Files


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


def failing(number, after=0):
    """A disk that takes `after` bytes and then raises this error."""

    def write(file, data):
        if len(data) <= after:
            return os.write(file, data)
        os.write(file, data[:after])
        raise OSError(number, os.strerror(number))

    return Disk(write=write)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=50,
)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_can_be_read_back_to_the_letter(files, text):
    files.write("chapters/01.md", text)

    assert files.read("chapters/01.md") == text


def test_a_disk_that_takes_little_at_a_time_gets_it_all(tmp_path):
    files = Files(tmp_path, Disk(write=lambda file, data: os.write(file, data[:3])))

    files.write("a.md", "one word after another")

    assert files.read("a.md") == "one word after another"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_text_and_nothing_else(tmp_path, number):
    Files(tmp_path).write("a.md", "old")

    with pytest.raises(DiskFull, match="make room, then run `l2mac-write resume`"):
        Files(tmp_path, failing(number, after=2)).write("a.md", "new text")

    assert (tmp_path / "a.md").read_text() == "old"
    assert [place.name for place in tmp_path.iterdir()] == ["a.md"]


def test_what_went_wrong_first_is_told_though_cleaning_up_fails_too(tmp_path):
    def take_away_and_fail(file, data):
        next(tmp_path.glob(".l2mac-*.tmp")).unlink()
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(DiskFull):
        Files(tmp_path, Disk(write=take_away_and_fail)).write("a.md", "text")


def test_a_broken_disk_is_told_in_a_sentence(tmp_path):
    with pytest.raises(MachineError, match=r"a\.md` could not be used: Input/output error"):
        Files(tmp_path, failing(errno.EIO)).write("a.md", "text")


def test_a_missing_file_reads_as_none(files):
    assert files.read("chapters/01.md") is None
    assert files.digest("chapters/01.md") is None


def test_removing_what_is_gone_does_no_harm(files):
    files.write("a.md", "text")

    files.remove("a.md")
    files.remove("a.md")
    files.remove("nowhere/a.md")

    assert files.read("a.md") is None


def test_a_hostile_name_never_reaches_the_disk(files, tmp_path):
    for act in (lambda: files.write("../a.md", "x"), lambda: files.read("../a.md")):
        with pytest.raises(PathRefused):
            act()

    assert not (tmp_path.parent / "a.md").exists()


def test_a_linked_folder_is_not_entered(files, tmp_path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "01.md").write_text("secret")
    (tmp_path / "chapters").symlink_to(elsewhere)

    for act in (files.read, files.digest, files.remove, lambda path: files.write(path, "x")):
        with pytest.raises(UsageError, match="is, or lies behind, a link"):
            act("chapters/01.md")

    assert (elsewhere / "01.md").read_text() == "secret"
    assert list(files.listing(["chapters"])) == []


def test_a_linked_file_is_replaced_and_its_target_untouched(files, tmp_path, tmp_path_factory):
    target = tmp_path_factory.mktemp("elsewhere") / "target.md"
    target.write_text("theirs")
    (tmp_path / "a.md").symlink_to(target)

    files.write("a.md", "ours")

    assert target.read_text() == "theirs"
    assert not (tmp_path / "a.md").is_symlink()


def test_a_link_planted_between_looking_and_writing_leads_nowhere(tmp_path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "01.md").write_text("theirs")

    def swap_and_write(file, data):
        (tmp_path / "chapters/01.md").symlink_to(elsewhere / "01.md")
        (tmp_path / "chapters").rename(tmp_path / "moved")
        (tmp_path / "chapters").symlink_to(elsewhere)
        return os.write(file, data)

    Files(tmp_path, Disk(write=swap_and_write)).write("chapters/01.md", "ours")

    assert [path.name for path in elsewhere.iterdir()] == ["01.md"]
    assert (elsewhere / "01.md").read_text() == "theirs"
    assert (tmp_path / "moved/01.md").read_text() == "ours"


@pytest.mark.parametrize("target", ["target.md", "nowhere.md", "a.md", "/etc/hostname"])
def test_a_linked_file_is_not_read(files, tmp_path, target):
    (tmp_path / "target.md").write_text("text")
    (tmp_path / "a.md").symlink_to(target)

    with pytest.raises(UsageError, match="a link"):
        files.read("a.md")


def test_a_named_pipe_is_refused_and_not_waited_for(files, tmp_path):
    os.mkfifo(tmp_path / "a.md")

    with pytest.raises(UsageError, match="no plain file"):
        files.read("a.md")


def test_a_folder_in_a_files_place_is_told(files, tmp_path):
    (tmp_path / "a.md").mkdir()

    with pytest.raises(UsageError, match="no plain file"):
        files.read("a.md")
    with pytest.raises(UsageError):
        files.write("a.md", "text")


def test_a_file_in_a_folders_place_is_told(files):
    files.write("a.md", "text")

    with pytest.raises(UsageError):
        files.write("a.md/b.md", "text")


def test_text_that_is_not_utf_8_is_told(files, tmp_path):
    (tmp_path / "a.md").write_bytes("Zoë".encode("latin-1"))

    with pytest.raises(UsageError, match="Save it as UTF-8"):
        files.read("a.md")


def test_a_chapter_has_the_rights_that_the_person_gives_new_files(files, tmp_path):
    before = os.umask(0o027)
    try:
        files.write("chapters/a.md", "text")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "chapters/a.md").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "chapters").stat().st_mode) == 0o750


def test_a_digest_is_of_what_stands_there_now(files, tmp_path):
    place = tmp_path / "a.md"
    seen = set()
    for text in ("one", "two", "six", "ten"):
        place.write_text(text)
        seen.add(files.digest("a.md"))

    assert len(seen) == 4


def test_an_edit_that_hides_behind_its_old_time_stamp_is_seen(files, tmp_path):
    place = tmp_path / "a.md"
    place.write_text("one")
    os.utime(place, (1000, 1000))
    first = files.digest("a.md")

    place.write_text("two")
    os.utime(place, (1000, 1000))

    assert files.digest("a.md") != first


def test_cleaning_takes_our_temporary_files_and_no_others(files, tmp_path):
    files.write("chapters/a.md", "text")
    ours = tmp_path / "chapters/.l2mac-00ff00ff00ff00ff.tmp"
    theirs = tmp_path / "chapters/.l2mac-notes.tmp"
    for place in (ours, theirs):
        place.write_text("half")

    files.clean()

    assert not ours.exists()
    assert theirs.exists()
    assert files.read("chapters/a.md") == "text"


def test_the_listing_shows_plain_files_below_the_folders_asked_for(files, tmp_path):
    for path in ("chapters/a.md", "notes/deep/b.md", "sources/c.md", "d.md"):
        files.write(path, "text")
    (tmp_path / "notes/link.md").symlink_to(tmp_path / "d.md")

    assert sorted(files.listing(["chapters", "notes", "front"])) == [
        "chapters/a.md",
        "notes/deep/b.md",
    ]
