"""A finished book whose journal comes to harm by chance, and what becomes of it."""

import hashlib
import os
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from l2mac_write import repair, resume
from l2mac_write.cli.book_checks import book_checks
from l2mac_write.cli.verdict import Verdict
from l2mac_write.errors import L2macError
from l2mac_write.events import Started
from l2mac_write.exporters import EXPORTERS
from l2mac_write.library import write
from l2mac_write.llm.rehearsal import Rehearsal
from l2mac_write.opened import Book
from l2mac_write.settings import Settings, to_toml
from l2mac_write.store.folder import BookFolder

ASKED = Settings("A tale of two ferrymen.", chapters=8, words=4000, model="rehearsal")
PAGE = 4096
JOURNAL, LOG = ".l2mac/journal.db", ".l2mac/journal.db-wal"
OURS = {".l2mac", "exports"}
"""Folders of the book that hold none of its files."""


def flip_bits(data, chance):
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite_bytes(data, chance):
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def truncate(data, chance):
    del data[chance.randrange(len(data)) :]


def zero_a_page(data, chance):
    start = page(data, chance)
    data[start : start + PAGE] = bytes(len(data[start : start + PAGE]))


def overwrite_a_page(data, chance):
    start = page(data, chance)
    data[start : start + PAGE] = chance.randbytes(len(data[start : start + PAGE]))


def swap_pages(data, chance):
    one, two = page(data, chance), page(data, chance)
    first, second = data[one : one + PAGE], data[two : two + PAGE]
    if len(first) == len(second):
        data[one : one + PAGE], data[two : two + PAGE] = second, first


def append_garbage(data, chance):
    data += chance.randbytes(chance.randint(1, 3 * PAGE))


def page(data, chance):
    return chance.randrange(-(-len(data) // PAGE)) * PAGE


HARMS = (
    flip_bits,
    overwrite_bytes,
    truncate,
    zero_a_page,
    overwrite_a_page,
    swap_pages,
    append_garbage,
    None,  # deletes the file
)


@dataclass(frozen=True)
class Shelf:
    """Two finished books: one at rest, one whose run was killed at its very end."""

    rested: Path
    killed: Path


@dataclass(frozen=True)
class Seen:
    """All that a person sees of a book. The clock is no part of it."""

    status: tuple
    exports: dict
    files: dict


@dataclass(frozen=True)
class Result:
    """What one harm did; `wrongs` is empty when all promises were kept."""

    harm: str
    detected: bool
    deleted: bool = False
    came_back: bool = False
    wrongs: tuple[str, ...] = ()


def shelf(folder):
    """Written once; every harm is done to a copy."""
    books = Shelf(folder / "rested", folder / "killed")
    with closing(BookFolder.create(books.rested)) as book:
        book.begin_settings(to_toml(ASKED))
        write(book, ASKED, Rehearsal())
        shutil.copytree(books.rested, books.killed)
    (books.killed / ".l2mac/journal.db-shm").unlink()
    return books


def seen(root):
    book = Book(root)
    status = (book.settings, book.plan, book.chapters, book.findings, book.spend, book.finished)
    exports = {kind: exporter.export(book.manuscript) for kind, exporter in EXPORTERS.items()}
    return Seen((*status, book.written_by), exports, files(root))


def files(root):
    paths = (path.relative_to(root) for path in root.rglob("*"))
    return {
        str(path): (root / path).read_bytes()
        for path in paths
        if path.parts[0] not in OURS and (root / path).is_file()
    }


def problems(root):
    return [check for check in book_checks(Book(root)) if check.verdict is Verdict.PROBLEM]


def harmed(books, folder, seed):
    """One harm of chance to a copy in `folder`, then the doctor, the repair and a resumed run."""
    chance = random.Random(seed)
    source = chance.choice([books.rested, books.killed])
    root = folder / str(seed)
    shutil.copytree(source, root)
    harm = chance.choice(HARMS)
    for name in targets(source, chance):
        do(harm, root / name, chance)
    name = getattr(harm, "__name__", "delete").replace("_", " ")
    try:
        detected = bool(problems(root))
        wrongs = [] if detected else unnoticed(source, root)
        gone = delete_a_chapter(root, chance) if chance.random() < 0.3 else None
        return outcome(Result(name, detected, bool(gone)), source, root, wrongs, gone)
    finally:
        shutil.rmtree(root)


def targets(source, chance):
    files = [source / name for name in (JOURNAL, LOG)]
    there = [str(f.relative_to(source)) for f in files if f.exists() and f.stat().st_size]
    return chance.sample(there, chance.randint(1, len(there)))


def do(harm, file, chance):
    if harm is None:
        file.unlink()
        return
    data = bytearray(file.read_bytes())
    harm(data, chance)
    file.write_bytes(data)


def delete_a_chapter(root, chance):
    chapter = chance.choice(sorted((root / "chapters").iterdir()))
    chapter.unlink()
    return str(chapter.relative_to(root))


def outcome(result, source, root, wrongs, gone):
    readable = not gone or plainly_readable(root, files(source)[gone])
    repair(root)
    wrongs += [f"not clean: {check.found}" for check in problems(root)]
    before, after = files(source), files(root)
    came_back = bool(gone) and after.get(gone) == before[gone]
    if gone and not came_back and not readable:
        before.pop(gone)
    wrongs += [f"lost or changed: {p}" for p, text in before.items() if after.get(p) != text]
    wrongs += [f"written anew: {path}" for path in resumed(root) if path in before]
    wrongs += [f"changed by resume: {p}" for p, t in before.items() if files(root).get(p) != t]
    wrongs += [] if Book(root).finished else ["not finished"]
    return replace(result, came_back=came_back, wrongs=tuple(wrongs))


def unnoticed(source, root):
    """A harm that the doctor does not see must be one that nobody ever sees."""
    twin = root.with_name(f"{root.name}-twin")
    shutil.copytree(root, twin)
    try:
        wrongs = [] if seen(twin) == seen(source) else ["unnoticed, and another book is seen"]
        wrongs += [f"unnoticed, and written anew: {path}" for path in resumed(twin)]
        return wrongs + ([] if files(twin) == files(source) else ["unnoticed, and files changed"])
    except L2macError as error:
        return [f"unnoticed, and stopped: {error}"]
    finally:
        shutil.rmtree(twin)


def plainly_readable(root, text):
    """Whether SQLite by itself, knowing nothing of our repairs, still gives the text."""
    copy = root.with_name(f"{root.name}-copy")
    shutil.copytree(root / ".l2mac", copy)
    try:
        with closing(sqlite3.connect(copy / "journal.db")) as sql:
            key = hashlib.sha256(text).hexdigest()
            found = sql.execute("SELECT body FROM blob WHERE sha = ?", (key,)).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    else:
        return found == [(text,)]
    finally:
        shutil.rmtree(copy)


def resumed(root):
    """The files that a resumed run wrote."""
    started = []
    resume(root, tell=lambda event: started.append(event) if isinstance(event, Started) else None)
    # a plan is only looked at, unless a chapter has departed from it
    return [e.instruction.writes for e in started if e.instruction.step != "replan"]


def dated():
    """The same book exports to the same bytes only where the time is given."""
    os.environ["SOURCE_DATE_EPOCH"] = "1767225600"
