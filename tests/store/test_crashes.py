"""What is left when a run ends without warning: everything that was finished."""

import errno
import os
import random
import subprocess
import sys
import time

import pytest

from l2mac_write.errors import DiskFull
from l2mac_write.instructions import Outcome
from l2mac_write.store.files import Disk
from l2mac_write.store.folder import BookFolder

ONE = "chapters/01.md"
ENDED = Outcome("chapter-1")
KILLS = 10
ROOM = 4096
"""Bytes that it may be ahead of what was heard of it."""

WRITER = """
import pathlib, sys
from l2mac_write.instructions import Outcome
from l2mac_write.messages import Reply
from l2mac_write.ports import Call
from l2mac_write.store.folder import BookFolder
with BookFolder.open(pathlib.Path(sys.argv[1])) as book:
    number = len(book.outcomes())
    while True:
        call = Call(f"i{number}", "author", "opus", f"r{number}")
        book.sending(call, 0.5)
        book.heard(call, "word " * 500)
        book.replied(call, Reply(f"text {number}"), 0.1)
        print("paid", number, flush=True)
        book.commit(Outcome(f"i{number}"), {f"chapters/{number:03d}.md": f"text {number} " * 200})
        print("ended", number, flush=True)
        number += 1
"""


class Reluctant:
    """A disk that is full until `room` is made."""

    def __init__(self):
        self.room = False

    def write(self, file, data):
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(file, data)

    @property
    def disk(self):
        return Disk(write=self.write)


@pytest.fixture
def cut_short(root):
    """A book whose run ended between the commit and the writing of its file."""

    def run(text, *, before=None):
        with BookFolder.create(root) as book:
            if before is not None:
                book.commit(Outcome("before"), {ONE: before})
        with BookFolder.open(root, disk=Reluctant().disk) as book, pytest.raises(DiskFull):
            book.commit(ENDED, {ONE: text})

    return run


@pytest.mark.parametrize("before", [None, "old"])
def test_a_text_that_was_committed_is_written_on_reopening(root, cut_short, before):
    cut_short("new", before=before)

    with BookFolder.open(root) as book:
        assert book.outcomes() == {**book.outcomes(), "chapter-1": ENDED}
        assert book.read(ONE) == "new"
    assert (root / ONE).read_text() == "new"


def test_a_reader_sees_the_committed_text_before_it_is_on_disk(root, cut_short):
    cut_short("new", before="old")

    with BookFolder.read_only(root) as book:
        assert book.read(ONE) == "new"
    assert (root / ONE).read_text() == "old"


def test_an_edit_made_before_reopening_stays_and_the_agents_text_goes_beside_it(root, cut_short):
    cut_short("new", before="old")
    (root / ONE).write_text("mine")

    with BookFolder.open(root) as book:
        assert book.read(ONE) == "mine"
        assert book.read("chapters/01.agent.md") == "new"
        assert [c.finding.code for c in book.findings()] == ["CHG-CONFLICT"]


def test_an_edit_made_before_reopening_is_merged_with_a_change_of_other_paragraphs(root, cut_short):
    cut_short("1a\n\n2\n\n3", before="1\n\n2\n\n3")
    (root / ONE).write_text("1\n\n2\n\n3b")

    with BookFolder.open(root) as book:
        assert (root / ONE).read_text() == book.read(ONE) == "1a\n\n2\n\n3b"
        assert [c.finding.code for c in book.findings()] == ["CHG-MERGED"]


def test_a_deletion_made_before_reopening_stays(root, cut_short):
    cut_short("new", before="old")
    (root / ONE).unlink()

    with BookFolder.open(root) as book:
        assert book.paths() == ["chapters/01.agent.md"]


def test_a_text_written_but_not_ticked_off_is_no_edit(root, cut_short):
    cut_short("new", before="old")
    (root / ONE).write_text("new")

    with BookFolder.open(root) as book:
        assert len(book.versions(ONE)) == 2
        assert book.findings() == ()


def test_a_run_may_go_on_once_there_is_room_again(root):
    BookFolder.create(root).close()
    disk = Reluctant()
    with BookFolder.open(root, disk=disk.disk) as book:
        with pytest.raises(DiskFull):
            book.commit(ENDED, {ONE: "one"})
        disk.room = True
        book.commit(Outcome("chapter-2"), {"chapters/02.md": "two"})

        assert (root / ONE).read_text() == "one"
        assert book.paths() == [ONE, "chapters/02.md"]


def test_half_written_files_are_cleaned_away(root):
    with BookFolder.create(root) as book:
        book.commit(ENDED, {ONE: "text"})
    (root / "chapters/.l2mac-0123456789abcdef.tmp").write_text("half")

    with BookFolder.open(root):
        assert [path.name for path in (root / "chapters").iterdir()] == ["01.md"]


def test_a_run_killed_at_any_instant_loses_nothing_it_had_finished(root):
    BookFolder.create(root).close()
    chance = random.Random(7)
    said = set()
    for _ in range(KILLS):
        said |= killed_writer(root, chance.randint(3, 20), then=chance.uniform(0, 0.01))

    with BookFolder.open(root) as book:
        ended = {number for word, number in said if word == "ended"}
        paid = {number for word, number in said if word == "paid"}
        assert len(ended) >= KILLS
        assert {f"i{number}" for number in ended} <= set(book.outcomes())
        assert sum(spend.calls for spend in book.spend()) >= len(paid)
        for number in range(len(book.outcomes())):
            path = f"chapters/{number:03d}.md"
            assert book.read(path) == (root / path).read_text() == f"text {number} " * 200
            assert len(book.versions(path)) == 1
        assert book.findings() == ()


def killed_writer(root, heard, then):
    """What a writer said before it was killed, so many seconds after so many lines."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE, text=True, pipesize=ROOM
    ) as process:
        first = "".join(process.stdout.readline() for _ in range(heard))
        time.sleep(then)
        process.kill()
        rest = process.stdout.read()
    lines = (first + rest).split("\n")[:-1]
    return {(line.split()[0], int(line.split()[1])) for line in lines}
