"""The options that several commands share, each described once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import click

from l2mac_write.errors import UsageError
from l2mac_write.text.naming import slug

Command: TypeAlias = Callable[..., None]
FORMATS: Mapping[str, str] = {
    "epub": "epub",
    "html": "html",
    "site": "site",
    "markdown": "markdown",
    "md": "markdown",
    "folder": "folder",
    "pdf": "pdf",
    "docx": "docx",
    "manuscript": "manuscript",
    "all": "all",
}
"""Told here, because to ask the exporters takes longer than `--help` may."""


def formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """`epub,html` as a tuple; `none` is no format, `all` is every one."""
    asked = [name.strip() for name in value.split(",") if name.strip() not in {"", "none"}]
    if unknown := [name for name in asked if name not in FORMATS]:
        raise click.BadParameter(
            f"there is no format `{unknown[0]}`; there are: {', '.join(FORMATS)}."
        )
    return tuple(dict.fromkeys(FORMATS[name] for name in asked))


def run(command: Command) -> Command:
    """How a run is to go, which the next run may do otherwise."""
    return program(budget(parallel(approve(command))))


def brief(command: Command) -> Command:
    """What a person may say about a book that is to be made, and where."""
    return prompt(brief_file(to(wishes(command))))


def manuscript(command: Command) -> Command:
    """What a person may say about a book that is there, where it does not say so itself."""
    title = click.option(
        "--title", help="Its title; default: what the manuscript says, or its name."
    )
    language = click.option("--language", help="Its language; default: the one it is in.")
    kind, author, model = (WISHES[name] for name in ("kind", "author", "model"))
    return title(author(language(kind(model(command)))))


def wishes(command: Command) -> Command:
    """What a person may say about the book that is asked for."""
    for option in reversed(WISHES.values()):
        command = option(command)
    return command


OF_THE_BOOK = ("kind", "chapters", "words", "title", "author", "language")
"""Wishes that are settled once the book is begun."""
program = click.option(
    "--program",
    metavar="DIR",
    help="Folder of a program of your own, to be followed instead of ours.",
)
WISHES = {
    "kind": click.option("--kind", help="What it is to be: book or document.  [default: book]"),
    "chapters": click.option("--chapters", type=int, help="How many chapters."),
    "words": click.option("--words", type=int, help="How many words in all."),
    "title": click.option("--title", help="Its title; default: the plan finds one."),
    "author": click.option("--author", help="Who stands on the cover."),
    "language": click.option("--language", help="Its language: a tag or a name, such as fr, pt-BR or German.  [default: en]"),
    "model": click.option("--model", help="A Claude model, `local`, a name that `models` lists, a GGUF file, or `rehearsal` (placeholder text, free)."),
}  # fmt: skip
to = click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="Folder to make for the book; default: named after it.",
)
book = click.option(
    "--book",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder of the book.  [default: the current folder]",
)
or_book = click.option(
    "--book",
    type=click.Path(path_type=Path),
    help="Folder of the book.  [default: the current folder]",
)
"""Of a command that takes a path, too; None where nobody said."""
budget = click.option(
    "--budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="USD",
    help="Never spend more than so many US dollars on the book.",
)
parallel = click.option(
    "--parallel",
    type=click.IntRange(min=1),
    metavar="N",
    help="Carry out up to N instructions at a time, where the plan lets them.  [default: 1]",
)
prompt = click.argument("prompt", default="")
brief_file = click.option(
    "--brief",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A text that says more of the book than PROMPT does: an outline, a synopsis, notes.",
)
approve = click.option(
    "--approve/--no-approve",
    default=None,
    help="Stop whenever a model has made or changed the plan, so that you can read and edit it.",
)
force = click.option(
    "--force",
    is_flag=True,
    help="Take the old text whole, also where it was changed since.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of prose.")
exports = click.option(
    "--export",
    "kinds",
    default="epub,html,markdown",
    show_default=True,
    callback=formats,
    help="Files to make of the finished book, separated by commas, or `none`.",
)


def briefed(prompt: str, brief: Path | None) -> str:
    """The prompt with the text of the brief after it. Raises `UsageError` for what is no text."""
    if brief is None:
        return prompt
    try:
        text = brief.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8 text" if isinstance(error, ValueError) else error.strerror
        raise UsageError(f"`{brief}` cannot be read: {why}.") from error
    if not text.strip():
        raise UsageError(f"`{brief}` is empty. Say in it what the book is to be about.")
    return f"{prompt}\n\n{text}".strip()


def folder_for(to: Path | None, wanted: Mapping[str, Any], prompt: str) -> Path:
    """The folder named, else one in the current folder that is named after the book."""
    if to:
        return to
    if not prompt.strip():
        raise UsageError("the prompt is empty. Say in a sentence what the book is to be about.")
    return Path(slug(str(wanted.get("title") or prompt)))
