"""`program.toml` as a person writes it: a program, or one sentence that says which line to mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.machine.conditions import CONDITIONS, NOT
from l2mac_write.machine.drafting import METHODS
from l2mac_write.machine.expanding import DEPTHS
from l2mac_write.machine.forms import FORMS
from l2mac_write.machine.program import Program, Stage, Step
from l2mac_write.machine.program_sense import nonsense
from l2mac_write.machine.sources import SOURCES
from l2mac_write.meant import meant, there_are
from l2mac_write.toml_lines import line_of

SURELY = 0.8
"""So near must a prompt be that it is named in the place of one that is not there yet."""
PROGRAM, PROSE = "program.toml", "prose"
ROLES = ("architect", "author", "editor")
DENIED = re.compile(r"(!|not\b)\s*", re.IGNORECASE)
AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a program may name that is no part of the machine.

    `prompts` are the files there are; `refusal` says why nothing may be written to a path, or
    nothing where it may.
    """

    evaluators: Collection[str]
    prompts: Collection[str]
    refusal: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a `program.toml`, and where it is."""

    text: str
    where: str

    def wrong(self, why: str, *path: str | int) -> UsageError:
        return UsageError(f"`{self.where}`, line {line_of(self.text, *path)}: {why}")


def load(text: str, where: str = PROGRAM, surroundings: Surroundings | None = None) -> Program:
    """The program of a `program.toml`; raises `UsageError` with the line of the first mistake.

    Without `surroundings`, names of evaluators, prompts and files are taken on trust: the
    program was looked at when it was begun.
    """
    page = Page(text, where)
    document = _document(page)
    tables = {name: _tables(page, document, name) for name in ("step", "arc")}
    steps = tuple(_made(Step, page, t, "step", n) for n, t in enumerate(tables["step"]))
    arc = tuple(_made(Stage, page, t, "arc", n) for n, t in enumerate(tables["arc"]))
    rest = {key: value for key, value in document.items() if key not in tables}
    program: Program = _made(Program, page, rest, given={"steps": steps, "arc": arc})
    for number, step in enumerate(steps):
        for key, name, known in _names(step, program, surroundings):
            if name.removeprefix(NOT if key == "when" else "") not in known:
                raise page.wrong(_unknown(step, key, name, known), "step", number, key)
    for flaw in nonsense(program, surroundings.refusal if surroundings else _anywhere):
        raise page.wrong(flaw.why, *flaw.path)
    return program


def _anywhere(_: str) -> str:
    return ""


def _document(page: Page) -> Mapping[str, Any]:
    try:
        return tomllib.loads(page.text)
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        line = at[1] if at else page.text.count("\n") + 1
        why = AT_LINE.sub("", str(error))
        raise UsageError(f"`{page.where}`, line {line}: this is not valid TOML: {why}.") from error


def _tables(page: Page, document: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    tables = document.get(name, [])
    if not _is_list_of(tables, dict):
        raise page.wrong(f"`{name}` must be written as [[{name}]] tables.", name)
    return tables  # type: ignore[no-any-return]  # it was looked at


def _made(
    kind: type[Any],
    page: Page,
    table: Mapping[str, Any],
    *path: str | int,
    given: Mapping[str, Any] | None = None,
) -> Any:
    """A value of that kind from a table whose every key is known and of the right type."""
    given = given or {}
    known = {field.name: field for field in fields(kind) if field.name not in given}
    for key, value in table.items():
        if key not in known:
            raise page.wrong(f"there is no key `{key}`.{_perhaps(key, known)}", *path, key)
        fits, what = TYPES[str(known[key].type)]
        if not fits(value):
            raise page.wrong(f"`{key}` must be {what}.", *path, key)
    for name, field in known.items():
        optional = (field.default, field.default_factory) != (MISSING, MISSING)
        if name not in table and not optional:
            who = f"this {path[0]}" if path else "the program"
            raise page.wrong(f"{who} needs a key `{name}`.", *path)
    return kind(**given, **{k: tuple(v) if isinstance(v, list) else v for k, v in table.items()})


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
    return f"{why}{_perhaps(name, known)}"


def _perhaps(name: str, known: Collection[str]) -> str:
    """The name that was probably meant, else all of them where they are few."""
    return meant(name, known) or there_are(known)


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "str": (lambda value: isinstance(value, str), "text in quotes"),
    "bool": (lambda value: isinstance(value, bool), "true or false"),
    "int": (lambda value: type(value) is int and value >= 0, "a whole number, 0 or more"),
    "tuple[str, ...]": (lambda value: _is_list_of(value, str), "a list of texts in quotes"),
    "Mapping[str, str]": (_is_texts, "a table of texts in quotes"),
    "tuple[Mapping[str, str], ...]": (
        lambda value: isinstance(value, list) and all(map(_is_texts, value)),
        "a list of tables of texts in quotes",
    ),
}
