"""Finds and fills the files under `templates/`, in a wheel and in a checkout alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from l2mac_write.errors import UsageError

PACKAGED = Path(__file__).parent / "templates"
CHECKOUT = Path(__file__).parents[1] / "templates"
THEME: ContextVar[Path | None] = ContextVar("theme", default=None)


def folder() -> Path:
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


@contextmanager
def themed(theme: Path | None) -> Iterator[None]:
    """In here the files of that folder stand before ours of the same name."""
    if theme is not None:
        _insist_on_a_theme(theme)
    before = THEME.set(theme)
    try:
        yield
    except jinja2.TemplateError as error:
        raise UsageError(f"a template of the theme `{theme}` is wrong: {error}.") from error
    finally:
        THEME.reset(before)


def sources() -> tuple[Path, ...]:
    """The folders in which a template is looked for, the first that has it wins."""
    theme = THEME.get()
    return (theme, folder()) if theme else (folder(),)


def _insist_on_a_theme(theme: Path) -> None:
    if not any((theme / file.relative_to(folder())).is_file() for file in folder().rglob("*.*")):
        raise UsageError(
            f"`{theme}` is no theme: it has no file such as `epub/book.css` in the place of one of"
            f" ours. Copy those that you want to change from `{folder()}`."
        )


def environment() -> jinja2.Environment:
    return _environment(sources())


@cache
def _environment(sources: tuple[Path, ...]) -> jinja2.Environment:
    # a person's own files may be somebody else's
    kind = SandboxedEnvironment if len(sources) > 1 else jinja2.Environment
    return kind(
        loader=jinja2.FileSystemLoader(sources),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html.j2", "xhtml.j2", "xml.j2"]),
        keep_trailing_newline=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: object) -> str:
    return environment().get_template(name).render(values)


def text(name: str) -> str:
    """A file under `templates/` as it is, not filled in."""
    found = next(file for source in sources() if (file := source / name).is_file())
    try:
        return found.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"`{found}` is not UTF-8 text. Save it as that first.") from error
