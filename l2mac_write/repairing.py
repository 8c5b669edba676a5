"""A book whose journal or files have come to harm is made whole from what is left of either."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.errors import UsageError
from l2mac_write.events import nobody
from l2mac_write.instructions import Instruction, Outcome
from l2mac_write.machine.expanding import instructions
from l2mac_write.machine.following import made_from
from l2mac_write.machine.overtaken import overtaken
from l2mac_write.machine.program import READ, Program
from l2mac_write.machine.situation import BIBLE, REQUIREMENTS
from l2mac_write.opened import open_book
from l2mac_write.plan import PLAN, Plan
from l2mac_write.plan_file import load as load_plan
from l2mac_write.programs import chosen
from l2mac_write.programs.begun import ADOPTED, GUIDED, OWN, WRITTEN_BY, begun
from l2mac_write.reading.standing import registry
from l2mac_write.settings import from_toml, merged
from l2mac_write.store.complaints import still_open
from l2mac_write.store.examining import (
    faults,
    leftovers,
    mend_rights,
    unprojected,
    wrong_rights,
)
from l2mac_write.store.files import Files
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.history import OVERLAY
from l2mac_write.store.journal import Journal
from l2mac_write.store.lock import locked
from l2mac_write.store.places import JOURNAL, PRIVATE, README, SOURCES
from l2mac_write.store.rebuilding import rebuilt
from l2mac_write.store.remains import SETTINGS, is_a_book
from l2mac_write.store.restoring import has_words, last_text
from l2mac_write.store.troubles import in_sentences, not_plain
from l2mac_write.store.versions import Change, Origin

CHAPTERS = "chapters/"
UNSPENT = "what was spent before can no longer be read in full, so `status` counts too little."


def repair(root: Path | str) -> tuple[str, ...]:
    """Mend all of a book that can be mended; gives back what was done, a sentence each.

    A journal that is gone or damaged is moved aside and made anew from the book's files and from
    what can still be read of it; a finished chapter that is gone comes back from the journal.
    Nothing is ever deleted but a killed run's temporary files. Raises `UsageError` where there is
    no book, while a run goes on, and for the journal of a newer l2mac-write.
    """
    root = Path(root)
    private = _private(root)
    with locked(private / "lock"):
        rights, anew = _mended_rights(private), _made_anew(root)
    return (*rights, *anew, *_mended_files(root, everything=bool(anew)))


def gone(folder: BookFolder) -> tuple[str, ...]:
    """The files of finished chapters that are not there, or hold no word."""
    there = set(folder.paths())
    return tuple(
        i.writes
        for i in _ended(folder)
        if i.writes.startswith(CHAPTERS)
        and not (i.writes in there and has_words(folder.read(i.writes)))
    )


def unknown(folder: BookFolder) -> tuple[Instruction, ...]:
    """What a run would write anew, although its text is there and the journal never heard of it."""
    ended, there = folder.outcomes(), set(folder.paths())
    makers = _makers(registry(folder).instructions)
    return tuple(
        i
        for i in makers
        if i.id not in ended
        and i.writes in there
        and folder.versions(i.writes)[-1].id == OVERLAY
        and has_words(folder.read(i.writes))
    )


def _ended(folder: BookFolder) -> tuple[Instruction, ...]:
    ended = folder.outcomes()
    return tuple(i for i in _makers(registry(folder).instructions) if i.id in ended)


def _makers(instructions: Iterable[Instruction]) -> tuple[Instruction, ...]:
    """One for each file: whoever mends it later has not ended because there is a text."""
    makers: dict[str, Instruction] = {}
    for instruction in instructions:
        makers.setdefault(instruction.writes, instruction)
    return tuple(makers.values())


def _private(root: Path) -> Path:
    private = root / PRIVATE
    with in_sentences(private):
        if not private.exists() and not private.is_symlink() and is_a_book(root):
            private.mkdir(mode=0o700)
            (private / README.name).write_bytes(README.read_bytes())
        if not (private / JOURNAL).exists() and not is_a_book(root):
            open_book(root)
        if private.is_symlink() or not private.is_dir():
            raise not_plain(private)
    return private


def _mended_rights(private: Path) -> tuple[str, ...]:
    wrong = wrong_rights(private)
    mend_rights(wrong)
    return tuple(f"gave `{path}` the rights that it should have." for path in wrong)


def _made_anew(root: Path) -> tuple[str, ...]:
    journal = root / PRIVATE / JOURNAL
    if not (why := faults(journal)):
        return ()
    salvage, aside = rebuilt(journal, lambda fresh: _finished(root, fresh))
    where = f" The old one is kept as `{aside}`." if aside else ""
    spent = () if "call" in salvage.whole else (UNSPENT,)
    return (f"made a new journal: {why[0]}.{where}", *spent)


def _finished(root: Path, journal: Journal) -> Iterator[Outcome]:
    """The instructions whose text is there, or can be put there from what was carried over."""
    files = Files(root)
    _remember(files, journal)
    settings = merged(from_toml(files.read(SETTINGS) or "", SETTINGS))
    program = begun(settings, journal.meta)
    text = _text(PLAN, files, journal)
    plan = load_plan(text) if text else None
    if plan:
        _recognise(plan, files, journal)
    complaints = journal.findings()
    every = instructions(program, plan, settings.brief)
    made = [i for i in _makers(every) if _text(i.writes, files, journal)]
    for i in made:
        held = still_open(c for c in complaints if c.instruction == i.id)
        texts = made_from(i, lambda path: _text(path, files, journal))
        yield Outcome(i.id, held, writes=i.writes, made_from=texts)
    if plan:
        yield from _passed(every, made, program, is_adopted=bool(journal.meta(ADOPTED)))


def _passed(
    every: Sequence[Instruction], made: Sequence[Instruction], program: Program, *, is_adopted: bool
) -> Iterator[Outcome]:
    """What nobody has to do any more because of what is there."""
    written = {i.chapter for i in made if program.step(i.step).is_chapter}
    waited = {name for i in made for name in i.after}
    yield from (Outcome(i.id) for i in every if _is_past(i, program, written, waited))
    if is_adopted:
        ends = overtaken(every, program, {i.writes for i in made})
        yield from (end for end in ends if not end.writes)


def _is_past(
    instruction: Instruction, program: Program, written: Collection[int], waited: Collection[str]
) -> bool:
    """Whether it could change the plan of what is written, or what others that are made waited for."""
    step = program.step(instruction.step)
    plans = step.replans and step.draft != READ
    return (plans and instruction.chapter + 1 in written) or (
        step.amends and instruction.id in waited
    )


def _recognise(plan: Plan, files: Files, journal: Journal) -> None:
    """A chapter that is lost with the row that named its text is known by its title line."""
    here = {chapter.path: _text(chapter.path, files, journal) for chapter in plan.chapters}
    if all(here.values()):
        return
    loose = [text for text in journal.history.texts() if text not in here.values()]
    titled = {text.partition("\n")[0]: text for text in reversed(loose)}
    found = ((c.path, titled.get(f"# {c.title}")) for c in plan.chapters if not here[c.path])
    if changes := [Change(path, text, Origin.AGENT) for path, text in found if text]:
        journal.record(changes)


def _text(path: str, files: Files, journal: Journal) -> str:
    if has_words(text := files.read(path)):
        return text or ""
    last = last_text(journal, path)
    return last[1] if last else ""


def _remember(files: Files, journal: Journal) -> None:
    """Who wrote the book, and by which program, where that could not be carried over."""
    models = Counter(spend.model for spend in journal.calls.spend())
    settings = merged(from_toml(files.read(SETTINGS) or "", SETTINGS))
    model = settings.model
    # A model that cannot be had here is no reason to leave the book in pieces.
    with suppress(UsageError):
        model = wiring.model_named(settings.model, os.environ)
    if not files.read(REQUIREMENTS) and any(files.listing((SOURCES,))):
        journal.remember(ADOPTED, "yes")
        journal.remember(GUIDED, "")
    if models and journal.meta(WRITTEN_BY) not in models:
        journal.remember(WRITTEN_BY, models.most_common(1)[0][0])
    elif journal.meta(WRITTEN_BY) is None:
        journal.remember(WRITTEN_BY, model)
    if settings.program and journal.meta(OWN) is None:
        with suppress(UsageError):
            journal.remember(OWN, chosen.words(settings, guided=False).steps)
    if journal.meta(GUIDED) is None:
        journal.remember(GUIDED, "yes" if _is_guided(model, files) else "")


def _is_guided(model: str, files: Files) -> bool:
    """Only the program for capable models makes a bible; else it is as the model would have it."""
    if has_words(files.read(BIBLE)):
        return False
    with suppress(UsageError):
        return wiring.llm(model, os.environ, nobody).abilities.guided
    return False


def _mended_files(root: Path, *, everything: bool) -> Iterator[str]:
    half, late = leftovers(root), unprojected(root / PRIVATE / JOURNAL)
    with closing(BookFolder.read_only(root)) as folder:
        ended = [i.writes for i in _ended(folder)] if everything else gone(folder)
        lost = unknown(folder)
    with closing(BookFolder.open(root)) as folder:
        yield from (f"removed the left-over temporary file `{path}`." for path in half)
        yield from (f"wrote `{path}`, which was in the journal only." for path in late)
        for instruction in lost:
            folder.commit(Outcome(instruction.id), {})
            yield f"noted that `{instruction.writes}` is finished."
        yield from (f"put back `{path}`." for path in ended if folder.restore(path))
