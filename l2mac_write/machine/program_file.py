"""`program.toml` as a person writes it: a program, or one sentence that says which line to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l2mac_write.machine.conditions import CONDITIONS, NOT
from l2mac_write.machine.drafting import METHODS
from l2mac_write.machine.forms import FORMS
from l2mac_write.machine.program import Program, Step
from l2mac_write.machine.program_sense import nonsense
from l2mac_write.machine.program_text import PROGRAM, Page, made, perhaps
from l2mac_write.machine.sources import SOURCES
from l2mac_write.machine.subjects import DEPTHS
from l2mac_write.text.meant import meant, there_are

SURELY = 0.8
"""So near must a prompt be that it is named in the place of one that is not there yet."""
PROSE = "prose"
ROLES = ("architect", "author", "editor")
DENIED = re.compile(r"(!|not\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a program may name that is no part of the machine.

    `prompts` are the files there are; `refusal` says why nothing may be written to a path, or
    nothing where it may.
    """

    evaluators: Collection[str]
    prompts: Collection[str]
    refusal: Callable[[str], str]


def load(text: str, where: str = PROGRAM, surroundings: Surroundings | None = None) -> Program:
    """The program of a `program.toml`; raises `UsageError` with the line of the first mistake.

    Without `surroundings`, names of evaluators, prompts and files are taken on trust: the
    program was looked at when it was begun.
    """
    page = Page(text, where)
    program = made(page)
    for number, step in enumerate(program.steps):
        for key, name, known in _names(step, program, surroundings):
            if name.removeprefix(NOT if key == "when" else "") not in known:
                raise page.wrong(_unknown(step, key, name, known), "step", number, key)
    for flaw in nonsense(program, surroundings.refusal if surroundings else _anywhere):
        raise page.wrong(flaw.why, *flaw.path)
    return program


def _anywhere(_: str) -> str:
    return ""


def _names(
    step: Step, program: Program, surroundings: Surroundings | None
) -> Iterator[tuple[str, str, Collection[str]]]:
    """What a step calls by name: the key, the name, and the names there are."""
    steps = [other.id for other in program.steps]
    kinds: list[tuple[str, Sequence[str], Collection[str]]] = [
        ("role", (step.role,), ROLES),
        ("for_each", (step.for_each,), DEPTHS),
        ("form", (step.form,), {PROSE, *FORMS}),
        ("draft", (step.draft,), METHODS),
        ("when", step.when, CONDITIONS),
        ("after", step.after, steps),
        ("after_previous", step.after_previous, steps),
        ("follows", step.follows, steps),
        ("reads", step.reads, {*SOURCES, *steps}),
    ]
    if surroundings:
        kinds.append(("prompt", (step.prompt,), surroundings.prompts))
        kinds.append(("review", (step.review or step.prompt,), surroundings.prompts))
        kinds.append(("evaluators", step.evaluators, surroundings.evaluators))
    return ((key, name, known) for key, names, known in kinds for name in names)


WORDS: Mapping[str, str] = {
    "role": "has the role `{}`, which is none",
    "for_each": "is for each `{}`, which is nothing in a plan",
    "form": "has the form `{}`, which is none",
    "draft": "is drafted by `{}`, which is no method",
    "when": "is carried out when `{}`, which is no condition",
    "after": "comes after `{}`, which is no step",
    "after_previous": "comes after the previous `{}`, which is no step",
    "follows": "follows from `{}`, which is no step",
    "reads": "reads `{}`, which is no source and no step",
    "review": "is reviewed by `{}`, which is no file in the program's folder",
    "prompt": "has the prompt `{}`, which is no file in the program's folder",
    "evaluators": "is judged by `{}`, which is no evaluator",
}


def _unknown(step: Step, key: str, name: str, known: Collection[str]) -> str:
    why = f"step `{step.id}` {WORDS[key].format(name)}."
    if key in {"prompt", "review"}:
        return f"{why}{meant(name, known, SURELY)} Make it, or name one that is there."
    if key == "when" and (denied := DENIED.match(name)):
        plain = {f"{NOT}{one}" for one in known}
        return f"{why}{meant(NOT + name[denied.end() :], plain) or there_are(known)}"
    return f"{why}{perhaps(name, known)}"
