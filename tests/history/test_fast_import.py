"""Git makes a repository of a book's history, whose last commit is the book as it stands."""

import shutil
import subprocess
from contextlib import closing

import pytest

from l2mac_write.history.changes import undo
from l2mac_write.library import generate, resume
from l2mac_write.opened import open_book
from l2mac_write.plan import PLAN
from l2mac_write.store.folder import BookFolder

GIVEN = {
    "images/a map.png": b"\x89PNG\n\0",
    'sources/"old"\n.docx': b"PK\x03\x04",
    "locks.toml": b"lock = []\n",
}
CHAPTER = "chapters/01-rehearsal-title-1.md"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """One that was edited, undone and rearranged, and had a file taken away."""
    root = tmp_path_factory.mktemp("git") / "book"
    generate("A tale of two ferrymen.", root, model="rehearsal", chapters=3, words=900)
    edit(root, CHAPTER, lambda text: text + "\nNaïve “words” < of & mine.\r\n\n\n")
    edit(root, CHAPTER, lambda text: text + "\nMore.")
    undo(root)
    edit(root, "notes/my own ünï.md", lambda _: "no line end")
    head, first, *others = (root / PLAN).read_text("utf-8").split("\n[[chapter]]")
    edit(root, PLAN, lambda _: "\n[[chapter]]".join([head, *others, first]))
    resume(root)
    (root / "notes/requirements.md").unlink()
    give(root, root.parent / "elsewhere.png")
    with closing(BookFolder.open(root)):
        return root


@pytest.fixture(scope="module")
def repository(book, tmp_path_factory):
    place = tmp_path_factory.mktemp("repository")
    git(place, "init", "--quiet", "--bare")
    git(place, "fast-import", "--quiet", given=b"".join(open_book(book).fast_import()))
    return place


def give(root, outside):
    """What is no text: of a link only its name is the book's."""
    outside.write_bytes(b"mine")
    for name, content in GIVEN.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(content)
    for folder in ("images", "sources"):
        (root / folder / "link.png").symlink_to(outside)


def edit(root, path, change):
    file = root / path
    before = file.read_bytes().decode() if file.exists() else ""
    file.write_bytes(change(before).encode())
    with closing(BookFolder.open(root)):
        pass


def git(place, *words, given=None):
    done = subprocess.run(
        ["git", "-C", place, *words], input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def log(repository, form):
    return git(repository, "log", "--reverse", f"--format={form}", "main").decode().splitlines()


def test_its_last_commit_is_the_folder(book, repository, tmp_path):
    git(repository, "worktree", "add", "--quiet", tmp_path / "there", "main")

    assert held(tmp_path / "there") == held(book)


def held(root):
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
        and not file.is_symlink()
        and not {".git", ".l2mac"} & {*file.relative_to(root).parts}
    }


def test_git_finds_nothing_wrong_with_it(repository):
    assert git(repository, "fsck", "--strict", "--no-dangling").strip() == b""


def test_each_commit_says_who_made_it_and_what_it_was(repository):
    said = log(repository, "%an: %s")

    assert said[0] == "rehearsal: requirements"
    assert f"person: person: {CHAPTER}" in said
    assert [line for line in said if line.startswith("person: undo ")]


def test_dates_are_those_of_the_journal(book, repository):
    times = {int(revision.at) for revision in open_book(book).history()}

    assert {int(line) for line in log(repository, "%at")} <= times


def test_every_version_of_a_chapter_is_in_it_under_the_path_it_had(book, repository):
    with closing(BookFolder.read_only(book)) as folder:
        texts = {folder.text(v) for v in folder.every_version() if v.path == CHAPTER and v.sha}

    commits = git(
        repository, "log", "--format=%h", "main", "--diff-filter=AM", "--", CHAPTER
    ).split()
    there = {git(repository, "show", f"{c.decode()}:{CHAPTER}").decode() for c in commits}

    assert there == texts


def test_the_same_book_gives_the_same_stream(book):
    assert [*open_book(book).fast_import()] == [*open_book(book).fast_import()]


pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
