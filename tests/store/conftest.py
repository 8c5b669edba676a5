"""What the store's tests share: a clock that stands still, books, and what a person does to them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from l2mac_write.ports import Call
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.memory import MemoryBook

NOBODY = 65534


@dataclass
class Clock:
    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Desk:
    """A book, and `edit`, by which a person changes it behind our back (None deletes)."""

    book: BookFolder | MemoryBook
    edit: Callable[[str, str | None], None]
    clock: Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def book(root: Path, clock: Clock) -> Iterator[BookFolder]:
    with BookFolder.create(root, now=clock) as book:
        yield book


@pytest.fixture(params=["memory", "folder"])
def desk(request: pytest.FixtureRequest, root: Path, clock: Clock) -> Iterator[Desk]:
    if request.param == "memory":
        memory = MemoryBook(now=clock)
        yield Desk(memory, memory.edit, clock)
        return
    with BookFolder.create(root, now=clock) as folder:
        yield Desk(folder, lambda path, text: edit(root, path, text), clock)


def edit(root: Path, path: str, text: str | None) -> None:
    place = root / path
    if text is None:
        place.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode())


@pytest.fixture
def by_hand(root: Path) -> Callable[[str, str | None], None]:
    return lambda path, text: edit(root, path, text)


@pytest.fixture
def ask() -> Callable[..., Call]:
    return lambda request="r1", instruction="chapter-1": Call(
        instruction, "author", "opus", request
    )


@pytest.fixture
def without_rights() -> Callable[..., object]:
    """Nobody in particular: what root may do anyway is forbidden here too."""

    @contextmanager
    def powerless() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return powerless


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place that nobody in particular may enter, which a test's own folder is not."""
    base = tmp_path_factory.getbasetemp()
    open_to_all = [base.parent, base, tmp_path_factory.mktemp("shelf")]
    before = [folder.stat().st_mode for folder in open_to_all]
    for folder, mode in zip(open_to_all, before, strict=True):
        folder.chmod(mode | 0o055)
    yield open_to_all[-1]
    for folder, mode in zip(open_to_all, before, strict=True):
        folder.chmod(mode)
