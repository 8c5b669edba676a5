"""The words of one program: its `program.toml` and its prompts, shipped or a person's own."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from l2mac_write.errors import UsageError
from l2mac_write.programs.gaps import Gap, filled
from l2mac_write.shipped import folder
from l2mac_write.text.meant import meant, there_are

STEPS, PROMPT = "program.toml", ".j2"
FALLBACKS = ("book", "revise")
"""The shipped programs whose prompts stand in for those that a program does not have."""
IN_A_TEMPLATE = (
    jinja2.TemplateError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What filling in a person's template can raise."""

Place: TypeAlias = tuple[str, int]


class ProgramWords:
    """The prompts of one program: implements `ports.Prompts`.

    A program is a name, for one that ships, or a folder. Its prompts may include any file of
    its own folder, of the program `book`, and of `templates/`; a person's own are filled in a
    sandbox.
    """

    def __init__(self, program: str | Path) -> None:
        self.folder = folder() / "programs" / program
        self._environment = _environment(self.folder)

    @property
    def file(self) -> Path:
        return self.folder / STEPS

    @property
    def steps(self) -> str:
        """The program itself, `program.toml`."""
        try:
            return self.file.read_text("utf-8")
        except (OSError, ValueError) as error:
            raise UsageError(
                f"`{self.folder}` holds no program: its `{STEPS}` cannot be read."
                " Give the folder of one with --program."
            ) from error

    @property
    def names(self) -> Collection[str]:
        """The prompts there are, those of the program `book` among them."""
        *programs, _ = _places(self.folder)
        return {name for place in programs for name in _prompts(place)}

    @property
    def fingerprint(self) -> str:
        """The same for the same program and prompts, wherever they are."""
        names = (STEPS, *sorted(_prompts(self.folder)))
        texts = [(name, (self.folder / name).read_bytes()) for name in names]
        return hashlib.sha256(repr(texts).encode()).hexdigest()

    def render(self, name: str, **values: object) -> str:
        """A prompt filled in, its blank lines tidied: they cost tokens and say nothing."""
        try:
            text = self._environment.get_template(name).render(filled(values))
        except IN_A_TEMPLATE as error:
            file, line = _deepest(error.__traceback__, (str(self._file(name)), 1))
            raise UsageError(f"`{file}`, line {line}: {_sentence(error)}") from error
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        return text.strip()

    def insist_on(self, prompt: str, variables: Collection[str]) -> None:
        """Raises `UsageError` with the line of the first mistake in it and in what it includes."""
        waiting, seen = [prompt], set[str]()
        while waiting:
            if (name := waiting.pop()) in seen:
                continue
            seen.add(name)
            tree = self._parsed(name)
            for line, why in _mistakes(tree, variables, self._environment):
                raise UsageError(f"`{self._file(name)}`, line {line}: {why}")
            waiting += [other for other in meta.find_referenced_templates(tree) if other]

    def _parsed(self, name: str) -> nodes.Template:
        try:
            return self._environment.parse(self._file(name).read_text("utf-8"))
        except UnicodeDecodeError as error:
            raise UsageError(f"`{self._file(name)}` is not text in UTF-8.") from error
        except jinja2.TemplateSyntaxError as error:
            where = f"`{self._file(name)}`, line {error.lineno}"
            raise UsageError(f"{where}: {_sentence(error)}") from error

    def _file(self, name: str) -> Path:
        """Where the prompt is, or would be."""
        found = (place / name for place in _places(self.folder))
        return next(filter(Path.is_file, found), self.folder / name)


def _prompts(place: Path) -> Iterator[str]:
    return (file.relative_to(place).as_posix() for file in place.rglob(f"*{PROMPT}"))


def _places(own: Path) -> tuple[Path, ...]:
    """Where a prompt is looked for, in this order."""
    return (own, *(folder() / "programs" / name for name in FALLBACKS), folder())


@cache
def _environment(own: Path) -> jinja2.Environment:
    is_shipped = own.parent == folder() / "programs"
    # in the sandbox each word that is filled in takes several times as long
    kind = jinja2.Environment if is_shipped else ImmutableSandboxedEnvironment
    return kind(
        loader=jinja2.FileSystemLoader(_places(own)),
        undefined=Gap,
        keep_trailing_newline=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _mistakes(
    tree: nodes.Template, variables: Collection[str], environment: jinja2.Environment
) -> Iterator[tuple[int, str]]:
    there = {*variables, *environment.globals}
    for name in sorted(meta.find_undeclared_variables(tree) - there):
        line = min(n.lineno for n in tree.find_all(nodes.Name) if n.name == name)
        why = f"there is no variable `{name}` here."
        yield line, f"{why}{meant(name, variables)}{there_are(variables)}"
    included = {name for name in meta.find_referenced_templates(tree) if name}
    for name in sorted(included - (files := {*environment.list_templates()})):
        line = min(n.lineno for n in tree.find_all(nodes.Const) if n.value == name)
        yield line, f"there is no file `{name}` to include.{meant(name, files)}"


def _sentence(error: Exception) -> str:
    """What Jinja says, with one full stop."""
    said = error.message if isinstance(error, jinja2.TemplateSyntaxError) else str(error)
    return f"{str(said).rstrip('.')}."


def _deepest(trace: TracebackType | None, place: Place) -> Place:
    """The line of a template that an error comes from."""
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(PROMPT):
            place = (file, trace.tb_lineno)
        trace = trace.tb_next
    return place
