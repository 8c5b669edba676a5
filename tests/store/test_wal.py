"""What is read of SQLite's write-ahead log without SQLite."""

import sqlite3
from contextlib import closing

import pytest

from l2mac_write.store import wal

FRAME = 24 + 4096


@pytest.fixture
def place(tmp_path):
    """A database whose five transactions are all still in its log."""
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as sql:
        sql.execute("PRAGMA journal_mode = WAL")
        sql.execute("CREATE TABLE word (text)")
        for number in range(5):
            sql.execute("INSERT INTO word VALUES (?)", (f"{number} " * 3000,))
        data, log = (tmp_path / "a.db").read_bytes(), (tmp_path / "a.db-wal").read_bytes()
    return bytearray(data), bytearray(log)


def texts(image):
    with closing(sqlite3.connect(":memory:")) as sql:
        sql.deserialize(image[:18] + b"\1\1" + image[20:])
        return [text[:1] for (text,) in sql.execute("SELECT text FROM word ORDER BY rowid")]


def test_a_log_that_sqlite_wrote_is_sound_in_every_frame(place):
    log = wal.read(place[1])

    assert len(log.frames) > 10
    assert all(frame.is_sound for frame in log.frames)
    assert not log.is_damaged


def test_applied_to_its_database_it_gives_what_sqlite_would_give(place):
    data, log = place

    assert texts(wal.applied(wal.read(log), bytes(data))) == ["0", "1", "2", "3", "4"]


def test_a_bad_frame_with_good_ones_behind_it_is_damage_and_stays_alone(place):
    log = place[1]
    log[32 + 3 * FRAME + 500] ^= 1
    read = wal.read(log)

    assert [frame.is_sound for frame in read.frames].count(False) == 1
    assert read.is_damaged


def test_a_bad_header_is_damage_that_hides_everything(place):
    place[1][5] ^= 1

    assert wal.read(place[1]).is_damaged


@pytest.mark.parametrize("cut", [1, 100, FRAME, FRAME + 1])
def test_a_torn_end_is_what_a_killed_run_leaves_and_no_damage(place, cut):
    assert not wal.read(place[1][:-cut]).is_damaged


@pytest.mark.parametrize("data", [b"", b"short", bytes(32)])
def test_a_log_without_a_frame_cannot_be_damaged(data):
    assert not wal.read(data).is_damaged


def test_what_an_older_log_left_at_the_end_is_no_damage(place):
    log = place[1]
    last = len(log) - FRAME
    log[last + 8 : last + 16] = b"oldsalts"

    assert not wal.read(log).is_damaged
