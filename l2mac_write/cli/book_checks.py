"""What `doctor` looks at in a book; nothing of it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

from l2mac_write.cli.verdict import Check, Verdict, fine, note, problem
from l2mac_write.errors import L2macError
from l2mac_write.findings import blocking
from l2mac_write.instructions import Status
from l2mac_write.library import Book
from l2mac_write.store import database
from l2mac_write.store.folder import JOURNAL, PRIVATE


def book_checks(book: Book) -> Iterator[Check]:
    """Each by itself, as far as they make sense: without its journal a book cannot be read."""
    journal = _looked_at("journal", _journal, book)
    yield journal
    if journal.verdict is Verdict.OK:
        for name, look in LOOKS.items():
            yield _looked_at(name, look, book)


def _looked_at(name: str, look: Callable[[Book], Check], book: Book) -> Check:
    """To report what is wrong, and to go on, is what this command is for."""
    try:
        return look(book)
    except L2macError as error:
        return problem(name, str(error))


def _journal(book: Book) -> Check:
    with closing(database.opened_to_read(book.root / PRIVATE / JOURNAL)) as journal:
        verdict = journal.rows("PRAGMA quick_check(1)")[0][0]
    if verdict != "ok":
        return problem(
            "journal", f"the journal is damaged: {verdict}.", "Restore the book from a backup."
        )
    return fine("journal", f"`{book.root}` has a whole journal")


def _settings(book: Book) -> Check:
    return fine("settings", f"book.toml can be read; language `{book.settings.language}`")


def _plan(book: Book) -> Check:
    if not (plan := book.plan):
        return note("plan", "there is no plan yet.", _go_on(book))
    return fine("plan", f"`{plan.title}`: {len(plan.chapters)} chapters, {plan.words} words")


def _chapters(book: Book) -> Check:
    written = [c for c in book.chapters if c.status is not Status.WAITING]
    if gone := [c.path for c in written if not c.words]:
        return problem(
            "chapters",
            f"gone or empty: {', '.join(f'`{path}`' for path in gone)}.",
            "Put the file back, from a backup or from an earlier export.",
        )
    return fine("chapters", f"{len(written)} of {len(book.chapters)} chapters are written and here")


def _end(book: Book) -> Check:
    if not book.finished:
        return note("finished", "not finished.", _go_on(book))
    if held := blocking(book.findings):
        return note(
            "finished",
            f"finished, with {len(held)} findings that block.",
            f"To see them: l2mac-write status --book {book.root}",
        )
    return fine("finished", "finished, and nothing blocks")


def _go_on(book: Book) -> str:
    return f"To go on: l2mac-write resume --book {book.root}"


LOOKS = {"settings": _settings, "plan": _plan, "chapters": _chapters, "finished": _end}
