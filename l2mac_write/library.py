"""The same things from Python: generate a book, open it, read it, see its cost, export it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from l2mac_write import changes, programs, wiring
from l2mac_write.asking import asked, asked_of_a_run
from l2mac_write.begun import GUIDED, OWN
from l2mac_write.book import Manuscript
from l2mac_write.chapters import ChapterState, chapter_states
from l2mac_write.errors import UsageError
from l2mac_write.estimating import ANY, Estimate, begun, estimated
from l2mac_write.events import Event, Listener, Noted
from l2mac_write.exporting import Exported, export, known
from l2mac_write.findings import Finding
from l2mac_write.instructions import Registry
from l2mac_write.llm.standin import Target
from l2mac_write.machine.binding import bound
from l2mac_write.orders import Order
from l2mac_write.plan import PLAN, Plan
from l2mac_write.ports import LLM
from l2mac_write.proposals import open_orders
from l2mac_write.receipts import Receipts, receipts
from l2mac_write.revisions import Revision
from l2mac_write.seeing import Why, why
from l2mac_write.settings import Settings, insist_on_a_prompt, moment, to_toml
from l2mac_write.standing import plan_of, registry, settings_of, settle
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.images import Images
from l2mac_write.store.places import JOURNAL, PRIVATE
from l2mac_write.store.remains import SETTINGS
from l2mac_write.store.spending import Spend, total
from l2mac_write.truths import Truths, about, of_chapter, truths
from l2mac_write.trying import insist_on_prompts

WRITTEN_BY, PROGRAM_IS, ADOPTED = "model", "program_is", "adopted"
CHAPTERS = "chapters/"
OF_A_RUN = ("model", "budget", "parallel", "approve", "program")
"""Settings that may differ from one run of a book to the next."""


def nobody(_: Event) -> None:
    """Listens to nothing."""


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
    def chapters(self) -> tuple[ChapterState, ...]:
        with closing(BookFolder.read_only(self.root)) as folder:
            return chapter_states(folder, plan_of(folder), registry(folder))

    @property
    def finished(self) -> bool:
        with closing(BookFolder.read_only(self.root)) as folder:
            return registry(folder).is_done

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
        return changes.history(self.root, name)

    def fast_import(self) -> Iterator[bytes]:
        """All of it as a stream that `git fast-import` makes a repository of."""
        return changes.fast_import(self.root)

    def why(self, chapter: str | int, step: str = "") -> Why:
        """What the writer of a chapter saw, and what that has cost.

        `chapter` is its number, title or file; `step` one of the program's, default: all that
        write the chapter. Raises `UsageError` where one of them is not there.
        """
        with closing(BookFolder.read_only(self.root)) as folder:
            return why(folder, plan_of(folder), registry(folder), str(chapter), step)

    def ledger(self, subject: str = "", *, chapter: int = 0) -> Truths:
        """What is true in it, with the words that say so: of one name, of one chapter, or all."""
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
        with closing(BookFolder.read_only(self.root)) as folder:
            wanted = asked_of_a_run(folder.settings(), settings)
            _insist_it_is_elsewhere(wanted, self.root)
            return _forecast(folder, wanted)

    def export(self, kind: str, to: Path | None = None) -> Path:
        """Write the book as `markdown`, `html` or `epub`; gives back the path of the file."""
        return self.exports((kind,), to).files[0]

    def exports(self, kinds: Iterable[str], to: Path | None = None) -> Exported:
        """The book, bound once, in each of these formats; `all` are all that can be made here.

        They lie in its folder `exports/`, or where `to` says: a file, or the folder of several.
        """
        asked = known(kinds)
        return export(self.manuscript, asked, self.root / "exports", to) if asked else Exported(())


def open_book(root: Path | str) -> Book:
    """The book in that folder. Raises `UsageError` where there is none."""
    BookFolder.read_only(Path(root)).close()
    return Book(Path(root))


def estimate(prompt: str, **settings: str | float | None) -> Estimate:
    """What a book would take. Needs no key and no network, asks no model, writes no file.

    `settings` are those of `generate`.
    """
    wanted = insist_on_a_prompt(asked({"prompt": prompt, **settings}))
    return estimated(wanted, wiring.target(wanted, os.environ))


def generate(
    prompt: str,
    to: Path | str,
    *,
    tell: Listener = nobody,
    until: str = "",
    **settings: str | float | None,
) -> Book:
    """Plan, write and check a whole book in the folder `to`, which is made.

    `settings` are those of `book.toml`: kind, title, author, language, chapters, words, model,
    budget, parallel, approve, and program, the folder of a program of your own. Called again for
    the same folder and prompt, it goes on where it stopped.
    `until="plan"` stops there; with `approve`, `Paused` is raised after each change of plan.
    """
    root = Path(to)
    if (root / PRIVATE / JOURNAL).exists() and (root / SETTINGS).exists():
        _insist_on_the_same(root, prompt)
        again = {name: settings.get(name) for name in OF_A_RUN}
        return resume(root, tell=tell, until=until, **again)
    wanted = insist_on_a_prompt(asked({"prompt": prompt, **settings}))
    wanted = replace(wanted, model=wiring.model_named(wanted.model, os.environ))
    model = wiring.able(wanted, os.environ, tell)
    if wanted.program:
        insist_on_prompts(wanted, wiring.target_of(model))
    with closing(BookFolder.create(root)) as folder:
        folder.begin_settings(to_toml(wanted))
        write(folder, wanted, model, tell, until)
    return Book(root)


def resume(
    root: Path | str,
    *,
    tell: Listener = nobody,
    until: str = "",
    **settings: str | float | None,
) -> Book:
    """Go on with a book exactly where it stopped; a finished one is left as it is.

    `settings` hold for this run alone: another model, budget (of the whole book), parallel or
    program.
    """
    with closing(BookFolder.open(Path(root))) as folder:
        wanted = asked_of_a_run(folder.settings(), settings)
        wanted = replace(wanted, model=wiring.model_named(wanted.model, os.environ))
        _insist_it_is_elsewhere(wanted, Path(root))
        model = wiring.able(wanted, os.environ, tell)
        if wanted.program:
            insist_on_prompts(wanted, wiring.target_of(model))
        write(folder, wanted, model, tell, until)
    return Book(Path(root))


def write(
    folder: BookFolder, settings: Settings, model: LLM, tell: Listener = nobody, until: str = ""
) -> Registry:
    """The run itself, with any model; it is let go of however the run ends."""
    if model.abilities.guided:
        _insist_on_a_lead(folder)
    _remember_program(folder, settings, tell)
    folder.remember(WRITTEN_BY, model.model)
    folder.remember(GUIDED, "yes" if model.abilities.guided else "")
    tell(Noted(f"writing with {model.model}"))
    if model.price(ANY):
        # a courtesy: whatever is wrong with it, the run itself will say so, or does not mind
        with suppress(Exception):
            tell(Noted(_forecast(folder, settings, wiring.target_of(model)).short))
    with wiring.running(model, tell) as voice:
        return wiring.machine(settings, folder, model, voice).run(until=until)


def _insist_on_the_same(root: Path, prompt: str) -> None:
    there = Book(root).settings.prompt
    if prompt.strip() != there:
        raise UsageError(
            f"`{root}` holds another book already. Choose a new folder with --to, or go on with "
            f"that one: `l2mac-write resume --book {root}`."
        )


def _insist_on_a_lead(folder: BookFolder) -> None:
    """A small model cannot find out what a chapter is for."""
    plan, there = plan_of(folder), {*folder.paths()}
    for chapter in plan.chapters if plan else ():
        if not (chapter.goal or chapter.beats or chapter.path in there):
            raise UsageError(
                f"`{PLAN}` does not say what chapter {chapter.number} is for, and a small local"
                " model cannot plan it. Give it a goal and beats, or choose another --model."
            )


def _insist_it_is_elsewhere(settings: Settings, root: Path) -> None:
    """A book may come from anywhere; a program is a person's own."""
    if settings.program and Path(settings.program).resolve().is_relative_to(root.resolve()):
        raise UsageError(
            f"`{settings.program}` is a folder of the book itself, which may not bring its own"
            " program. Keep the program elsewhere and name it with --program."
        )


def _remember_program(folder: BookFolder, settings: Settings, tell: Listener) -> None:
    """A person's own, as it is now: `status` needs no more of it."""
    own = programs.words(settings, guided=False) if settings.program else None
    now, before = own.fingerprint if own else "", folder.meta(PROGRAM_IS)
    if before is not None and before != now:
        tell(Noted("the program is not that of the last run; what is finished stays as it is"))
    folder.remember(PROGRAM_IS, now)
    folder.remember(OWN, own.steps if own else "")


def _forecast(folder: BookFolder, settings: Settings, target: Target | None = None) -> Estimate:
    book, spent = begun(folder)
    return estimated(settings, target or wiring.target(settings, os.environ), book, spent)


def _writer(folder: BookFolder) -> str:
    """A model that only reads what a person brought along has written nothing of it."""
    model = folder.meta(WRITTEN_BY) or ""
    if not folder.meta(ADOPTED):
        return model
    makers = {n for n, outcome in folder.outcomes().items() if outcome.writes.startswith(CHAPTERS)}
    return model if any(spend.instruction in makers for spend in folder.spend()) else ""


def _manuscript(folder: BookFolder, root: Path) -> Manuscript:
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
    return replace(manuscript, kept=wiring.kept(root))
