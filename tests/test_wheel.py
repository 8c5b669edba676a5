"""The built wheel, alone in an empty environment, does what the checkout does."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.network import again

ROOT = Path(__file__).parents[1]
BARE = {
    k: v for k, v in os.environ.items() if not k.startswith(("ANTHROPIC_", "PYTHON", "VIRTUAL"))
}


def run(*command, cwd):
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=BARE,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """An empty environment that holds the wheel and its dependencies, and nothing else."""
    room = tmp_path_factory.mktemp("room")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", room, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    venv.create(room / "env", with_pip=True)
    (wheel,) = room.glob("*.whl")
    again(lambda: install(wheel, room), AssertionError)
    return room


def install(wheel, room):
    done = run(room / "env/bin/python", "-m", "pip", "install", "-q", wheel, cwd=room)
    assert done.returncode == 0, done.stderr


def test_it_writes_and_exports_a_book(room):
    tool = room / "env/bin/l2mac-write"
    done = run(tool, "generate", "A tale of two ferrymen", "--to", "book", "--model", "rehearsal",
               "--chapters", "2", "--words", "600", cwd=room)  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert sorted(p.suffix for p in (room / "book/exports").iterdir()) == [".epub", ".html", ".md"]


def test_without_a_key_and_without_the_local_extra_it_says_what_to_type(room):
    done = run(room / "env/bin/l2mac-write", "generate", "A tale", "--to", "none", cwd=room)

    assert done.returncode == 2
    assert 'pip install "l2mac-write[local]"' in done.stderr
    assert "Traceback" not in done.stderr
    assert not (room / "none").exists()
