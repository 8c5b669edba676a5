"""A book on disk, opened to be read: what it says, what it has cost, what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from l2mac_write.book import Manuscript
from l2mac_write.errors import UsageError
from l2mac_write.findings import Finding
from l2mac_write.orders import Order
from l2mac_write.plan import Plan
from l2mac_write.programs.begun import ADOPTED, WRITTEN_BY
from l2mac_write.reading.chapters import ChapterState, Progress, progress
from l2mac_write.reading.receipts import Receipts, receipts
from l2mac_write.reading.standing import open_orders, plan_of, registry, settings_of, settle
from l2mac_write.settings import Settings, moment
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.spending import Spend, total

if TYPE_CHECKING:  # each question loads what answers it: all together loads too slowly
    from l2mac_write.beforehand.estimating import Estimate
    from l2mac_write.exporting import Exported
    from l2mac_write.history.revisions import Revision
    from l2mac_write.reading.seeing import Why
    from l2mac_write.reading.truths import Truths

CHAPTERS = "chapters/"


@dataclass(frozen=True, slots=True)
class Book:
    """A book on disk. Everything is read afresh at each question, also while a run goes on."""

    root: Path

    @property
    def settings(self) -> Settings:
        with closing(BookFolder.read_only(self.root)) as folder:
            return settings_of(folder)

    @property
    def plan(self) -> Plan | None:
        with closing(BookFolder.read_only(self.root)) as folder:
            return plan_of(folder)

    @property
    def manuscript(self) -> Manuscript:
        """What is written so far, bound. Raises `UsageError` where no chapter is there yet."""
        with closing(BookFolder.read_only(self.root)) as folder:
            return _manuscript(folder, self.root)

    @property
    def progress(self) -> Progress:
        """How far its chapters are, and whether nothing is left to do."""
        with closing(BookFolder.read_only(self.root)) as folder:
            return progress(folder, plan_of(folder), registry(folder))

    @property
    def chapters(self) -> tuple[ChapterState, ...]:
        return self.progress.chapters

    @property
    def finished(self) -> bool:
        return self.progress.finished

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the evaluators still hold against the text, in the order of the book."""
        with closing(BookFolder.read_only(self.root)) as folder:
            outcomes = folder.outcomes().values()
            return tuple(finding for outcome in outcomes for finding in outcome.findings)

    def history(self, name: str = "") -> tuple[Revision, ...]:
        """Every version of its texts, or of one of them, oldest first.

        `name` is a file, or a chapter by its number or title.
        """
        from l2mac_write.history import changes  # noqa: PLC0415 (see above)

        return changes.history(self.root, name)

    def fast_import(self) -> Iterator[bytes]:
        """All of it as a stream that `git fast-import` makes a repository of."""
        from l2mac_write.history import changes  # noqa: PLC0415 (see above)

        return changes.fast_import(self.root)

    def why(self, chapter: str | int, step: str = "") -> Why:
        """What the writer of a chapter saw, and what that has cost.

        `chapter` is its number, title or file; `step` one of the program's, default: all that
        write the chapter. Raises `UsageError` where one of them is not there.
        """
        from l2mac_write.reading.seeing import why  # noqa: PLC0415 (see above)

        with closing(BookFolder.read_only(self.root)) as folder:
            return why(folder, plan_of(folder), registry(folder), str(chapter), step)

    def ledger(self, subject: str = "", *, chapter: int = 0) -> Truths:
        """What is true in it, with the words that say so: of one name, of one chapter, or all."""
        from l2mac_write.reading.truths import about, of_chapter, truths  # noqa: PLC0415 (see above)

        with closing(BookFolder.read_only(self.root)) as folder:
            found = truths(folder, plan_of(folder))
        found = about(found, subject) if subject else found
        return of_chapter(found, chapter) if chapter else found

    @property
    def spend(self) -> Spend:
        """Calls, tokens and US dollars so far; the cost is None where a price is unknown."""
        with closing(BookFolder.read_only(self.root)) as folder:
            return total(folder.spend())

    @property
    def receipts(self) -> Receipts:
        """What it has cost, role by role, and what is left of its budget."""
        with closing(BookFolder.read_only(self.root)) as folder:
            return receipts(folder.spend(), settings_of(folder).budget)

    @property
    def orders(self) -> tuple[Order, ...]:
        """What is to become of chapters, and is not decided: `revising` goes on with it."""
        with closing(BookFolder.read_only(self.root)) as folder:
            return open_orders(folder)

    @property
    def written_by(self) -> str:
        """The model that wrote it, by name; empty where only people have."""
        with closing(BookFolder.read_only(self.root)) as folder:
            return _writer(folder)

    def estimate(self, **settings: str | float | None) -> Estimate:
        """What the rest of it takes; `settings` are those of `resume`. Asks no model."""
        from l2mac_write import wiring  # noqa: PLC0415 (see above)
        from l2mac_write.asking import asked_of_a_run  # noqa: PLC0415 (as above)
        from l2mac_write.beforehand.estimating import forecast  # noqa: PLC0415 (as above)

        with closing(BookFolder.read_only(self.root)) as folder:
            wanted = asked_of_a_run(folder, settings)
            return forecast(folder, wanted, wiring.target(wanted, os.environ))

    def export(self, kind: str, to: Path | None = None) -> Path:
        """Write the book as `markdown`, `html` or `epub`; gives back the path of the file."""
        return self.exports((kind,), to).files[0]

    def exports(self, kinds: Iterable[str], to: Path | None = None) -> Exported:
        """The book, bound once, in each of these formats; `all` are all that can be made here.

        They lie in its folder `exports/`, or where `to` says: a file, or the folder of several.
        """
        from l2mac_write.exporting import Exported, export, known  # noqa: PLC0415 (see above)

        asked = known(kinds)
        return export(self.manuscript, asked, self.root / "exports", to) if asked else Exported(())


def open_book(root: Path | str) -> Book:
    """The book in that folder. Raises `UsageError` where there is none."""
    BookFolder.read_only(Path(root)).close()
    return Book(Path(root))


def _writer(folder: BookFolder) -> str:
    """A model that only reads what a person brought along has written nothing of it."""
    model = folder.meta(WRITTEN_BY) or ""
    if not folder.meta(ADOPTED):
        return model
    makers = {n for n, outcome in folder.outcomes().items() if outcome.writes.startswith(CHAPTERS)}
    return model if any(spend.instruction in makers for spend in folder.spend()) else ""


def _manuscript(folder: BookFolder, root: Path) -> Manuscript:
    from l2mac_write.machine.binding import bound  # noqa: PLC0415 (see above)
    from l2mac_write.own_files import kept  # noqa: PLC0415 (as above)
    from l2mac_write.store.images import Images  # noqa: PLC0415 (as above)

    settings, plan = settings_of(folder), plan_of(folder)
    manuscript = None
    if plan:
        settle(folder, settings, plan)
        manuscript = bound(
            settings.brief,
            plan,
            folder,
            modified=moment(os.environ, folder.last_change()),
            written_by=_writer(folder),
            edition=settings.edition,
            image=Images(root).get,
        )
    if not manuscript or not manuscript.chapters:
        raise UsageError(
            f"`{root}` has no chapter yet. Write it first: `l2mac-write resume --book {root}`."
        )
    return replace(manuscript, kept=kept(root))
