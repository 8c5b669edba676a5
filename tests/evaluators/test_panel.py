"""A person's own evaluator is one function that an installed package names."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import rehearsed

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SECTION = README.partition("### An evaluator of your own")[2].partition("\n### ")[0]
MADE = "from l2mac_write.findings import Finding"
CHECKED = "import sys; from l2mac_write.cli import main; sys.argv[1:] = ['check', 'a.md']; main()"


def installed(folder, code, name="dashes"):
    """As pip leaves a package behind: a module, and the entry points of its distribution."""
    (folder / "house_style.py").write_text(code)
    info = folder / "house_style-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-style\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        f"[l2mac_write.evaluators]\n{name} = house_style:dashes\n"
    )


def checked(folder, text, path="a.md"):
    (folder / "a.md").write_text(text)
    return subprocess.run(
        [sys.executable, "-c", CHECKED.replace("a.md", path)],
        cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_example_in_readme_is_found_and_heard(tmp_path):
    installed(tmp_path, re.search(r"```python\n(.*?)```", SECTION, re.DOTALL)[1])

    assert 'dashes = "house_style:dashes"' in SECTION
    assert "HOUSE-DASH" in checked(tmp_path, "It rained — all day.\n").stdout


def test_it_is_asked_of_the_chapters_of_a_book_too(tmp_path):
    book = rehearsed(tmp_path)
    (chapter, *_) = (book / "chapters").iterdir()
    chapter.write_text(f"{chapter.read_text()}\nIt rained — all day.\n")
    installed(tmp_path, re.search(r"```python\n(.*?)```", SECTION, re.DOTALL)[1])

    assert "HOUSE-DASH" in checked(tmp_path, "", path="book").stdout


def test_how_grave_a_finding_is_may_be_said_in_plain_words(tmp_path):
    installed(
        tmp_path,
        f"{MADE}\ndef dashes(w): return [Finding('A-B', 'block', w.path, 'It rains.', 'rained')]",
    )
    done = checked(tmp_path, "It rained.\n")

    assert done.returncode == 1
    assert "1:4  block   A-B" in done.stdout


@pytest.mark.parametrize(
    "code",
    [
        f"{MADE}\ndef dashes(work): return [Finding('A-B', 'grave', work.path, 'It rains.')]",
        "def dashes(work): raise KeyError('rules')",
        "def dashes(work): return None",
        "def dashes(work): return ['a dash']",
        "import nothing_of_that_name",
        "dashes = 3",
    ],
)
def test_one_that_fails_is_told_in_a_sentence_and_is_no_pass(tmp_path, code):
    installed(tmp_path, code)
    done = checked(tmp_path, "It rained.\n")

    assert done.returncode == 1
    assert "the evaluator `dashes` failed on `a.md`" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_that_bears_the_name_of_ours_is_refused(tmp_path):
    installed(tmp_path, "def dashes(work): return []", name="leaks")

    assert "has the name of one of ours" in checked(tmp_path, "It rained.\n").stderr
