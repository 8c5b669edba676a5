"""What `doctor` looks at in a book; nothing of it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from l2mac_write.cli.verdict import Check, Verdict, fine, note, problem
from l2mac_write.errors import L2macError
from l2mac_write.findings import blocking
from l2mac_write.instructions import Status
from l2mac_write.opened import Book
from l2mac_write.repairing import gone, unknown
from l2mac_write.store.examining import faults, leftovers, unprojected, wrong_rights
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.lock import holder
from l2mac_write.store.places import JOURNAL, PRIVATE
from l2mac_write.text.languages import unit

MOST_NAMED = 5


def book_checks(book: Book) -> Iterator[Check]:
    """Each by itself, as far as they make sense: without its journal a book cannot be read."""
    if who := holder(book.root / PRIVATE / "lock"):
        yield note("run", f"the book is being written by {who}.", "Look again when it has ended.")
        return
    journal = _looked_at("journal", _journal, book)
    yield from (_looked_at("rights", _rights, book), journal)
    if journal.verdict is Verdict.OK:
        for name, look in LOOKS.items():
            yield _looked_at(name, look, book)


def _looked_at(name: str, look: Callable[[Book], Check], book: Book) -> Check:
    """To report what is wrong, and to go on, is what this command is for."""
    try:
        return look(book)
    except L2macError as error:
        return problem(name, str(error))


def _rights(book: Book) -> Check:
    if not (wrong := _private(book)):
        return fine("rights", "only you can look into the journal")
    return problem(
        "rights",
        f"others may look into {_named(wrong)}, or you may not.",
        f"To set it right: {_repair(book)}",
    )


def _private(book: Book) -> tuple[Path, ...]:
    private = book.root / PRIVATE
    return wrong_rights(private) if private.is_dir() else ()


def _journal(book: Book) -> Check:
    if found := faults(book.root / PRIVATE / JOURNAL):
        return problem(
            "journal",
            f"the journal is damaged or gone: {'; '.join(found)}.",
            f"To move it aside and make a new one, with no chapter lost: {_repair(book)}",
        )
    return fine("journal", f"`{book.root}` has a whole journal")


def _leftovers(book: Book) -> Check:
    if found := leftovers(book.root):
        return problem(
            "leftover",
            f"a run that was cut short left {_named(found)}.",
            f"To remove that: {_repair(book)}",
        )
    return fine("leftover", "no run left anything half written")


def _files(book: Book) -> Check:
    if found := unprojected(book.root / PRIVATE / JOURNAL):
        return problem(
            "files",
            f"finished, but not on disk yet: {_named(found)}.",
            f"To write it there: {_repair(book)}",
        )
    return fine("files", "every text of the journal is on disk")


def _settings(book: Book) -> Check:
    return fine("settings", f"book.toml can be read; language `{book.settings.language}`")


def _plan(book: Book) -> Check:
    if not (plan := book.plan):
        return note("plan", "there is no plan yet.", _go_on(book))
    length = f"{plan.words} {unit(book.settings.language)}"
    return fine("plan", f"`{plan.title}`: {len(plan.chapters)} chapters, {length}")


def _chapters(book: Book) -> Check:
    with closing(BookFolder.read_only(book.root)) as folder:
        lost, strange = gone(folder), unknown(folder)
    if lost:
        return problem(
            "chapters",
            f"gone or empty: {_named(lost)}.",
            f"To put back the last text that the journal has: {_repair(book)} (if its title was"
            " changed in plan.toml, change it back first)",
        )
    if strange:
        return problem(
            "chapters",
            f"the journal does not know {_named([i.writes for i in strange])}, and `resume` would"
            " write that anew.",
            f"To take it as finished: {_repair(book)}",
        )
    chapters = book.chapters
    written = [c for c in chapters if c.status is not Status.WAITING]
    return fine("chapters", f"{len(written)} of {len(chapters)} chapters are written and here")


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


def _repair(book: Book) -> str:
    return f"l2mac-write doctor --repair --book {book.root}"


def _named(paths: Iterable[object]) -> str:
    """The first of them, and how many more there are."""
    names = [f"`{path}`" for path in paths]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


LOOKS = {
    "settings": _settings,
    "leftover": _leftovers,
    "files": _files,
    "plan": _plan,
    "chapters": _chapters,
    "finished": _end,
}
