"""Who may write: one at a time, and never nobody for long."""

import os
import subprocess
import sys

import pytest

from l2mac_write.errors import UsageError
from l2mac_write.store.lock import locked


@pytest.fixture
def place(tmp_path):
    (tmp_path / ".l2mac").mkdir()
    return tmp_path / ".l2mac" / "lock"


def test_a_second_holder_is_told_who_the_first_is(place):
    with locked(place), pytest.raises(UsageError, match=f"written by process {os.getpid()} on "):
        locked(place).__enter__()


def test_the_lock_is_free_once_its_holder_has_ended(place):
    with locked(place):
        pass

    with locked(place):
        assert place.read_text().startswith(f"process {os.getpid()} on ")


def test_the_lock_is_free_when_its_holder_was_killed(place):
    code = "import sys, os, pathlib; from l2mac_write.store.lock import locked\n"
    code += "held = locked(pathlib.Path(sys.argv[1])); held.__enter__(); os.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", code, str(place)], check=False)

    with locked(place):
        assert killed.returncode == -9


def test_a_linked_lock_is_not_followed(place, tmp_path):
    (tmp_path / "target").write_text("theirs")
    place.symlink_to(tmp_path / "target")

    with pytest.raises(UsageError, match="a link"):
        locked(place).__enter__()

    assert (tmp_path / "target").read_text() == "theirs"
