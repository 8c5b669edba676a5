"""The same things from Python: estimate a book, generate it, go on with it. `opened` reads it."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from l2mac_write import wiring
from l2mac_write.asking import asked, asked_of_a_run
from l2mac_write.beforehand.estimating import Estimate, estimated, forecast
from l2mac_write.beforehand.trying import insist_on_prompts
from l2mac_write.errors import UsageError
from l2mac_write.events import Listener, Noted, nobody
from l2mac_write.instructions import Registry
from l2mac_write.llm.standin import ANY
from l2mac_write.opened import Book
from l2mac_write.plan import PLAN
from l2mac_write.ports import LLM
from l2mac_write.programs import chosen
from l2mac_write.programs.begun import GUIDED, OWN, WRITTEN_BY
from l2mac_write.reading.standing import plan_of
from l2mac_write.settings import Settings, insist_on_a_prompt, to_toml
from l2mac_write.store.folder import BookFolder
from l2mac_write.store.places import JOURNAL, PRIVATE
from l2mac_write.store.remains import SETTINGS

PROGRAM_IS = "program_is"
OF_A_RUN = ("model", "budget", "parallel", "approve", "program")
"""Settings that may differ from one run of a book to the next."""


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
        wanted = asked_of_a_run(folder, settings)
        wanted = replace(wanted, model=wiring.model_named(wanted.model, os.environ))
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
            tell(Noted(forecast(folder, settings, wiring.target_of(model)).short))
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
                f"`{PLAN}` does not say what {chapter.named} is for, and a small local"
                " model cannot plan it. Give it a goal and beats, or choose another --model."
            )


def _remember_program(folder: BookFolder, settings: Settings, tell: Listener) -> None:
    """A person's own, as it is now: `status` needs no more of it."""
    own = chosen.words(settings, guided=False) if settings.program else None
    now, before = own.fingerprint if own else "", folder.meta(PROGRAM_IS)
    if before is not None and before != now:
        tell(Noted("the program is not that of the last run; what is finished stays as it is"))
    folder.remember(PROGRAM_IS, now)
    folder.remember(OWN, own.steps if own else "")
