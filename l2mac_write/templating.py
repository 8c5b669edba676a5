"""Finds and fills the files under `templates/`, and those of a theme that stand before them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from l2mac_write.errors import UsageError
from l2mac_write.shipped import folder

MOST_EXTRAS = 40_000_000
"""Bytes of what a theme brings along for a page, such as ornaments."""
THEME: ContextVar[Path | None] = ContextVar("theme", default=None)


@contextmanager
def themed(theme: Path | None) -> Iterator[None]:
    """In here the files of that folder stand before ours of the same name."""
    if theme is not None:
        _insist_on_a_theme(theme)
        theme = theme.absolute()
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


def named(folder: str, suffix: str) -> Mapping[str, str]:
    """What there is of a kind that is a file each: its name, and what its first line says of it."""
    found = {
        file.stem: f"{folder}/{file.name}"
        for source in reversed(sources())
        for file in sorted((source / folder).glob(f"*{suffix}"))
    }
    return {name: text(found[name]).partition("\n")[0].lstrip("/ ") for name in sorted(found)}


def extras(folder: str) -> Mapping[str, bytes]:
    """The files that a theme of somebody's own adds to that folder, by their paths in it."""
    if (theme := THEME.get()) is None:
        return {}
    files = sorted((theme / folder).rglob("*"))
    found = {file.relative_to(theme / folder).as_posix(): file for file in files if file.is_file()}
    if sum(file.stat().st_size for file in found.values()) > MOST_EXTRAS:
        raise UsageError(f"the theme `{theme}` has more than {MOST_EXTRAS // 1_000_000} MB.")
    return {path: file.read_bytes() for path, file in found.items()}


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
        auto_reload=len(sources) > 1,  # a theme may be worked at while its book is watched
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: object) -> str:
    return environment().get_template(name).render(values)


def text(name: str) -> str:
    """A file under `templates/` as it is, not filled in."""
    return _read(_place(name))


def table(name: str) -> Mapping[str, Any]:
    """The same where it is TOML, read anew only when it has changed."""
    place = _place(name)
    return _table(place, place.stat().st_mtime_ns)


@cache
def _table(place: Path, _: int) -> Mapping[str, Any]:
    try:
        return tomllib.loads(_read(place))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{place}` is not TOML: {error}.") from error


def _place(name: str) -> Path:
    return next(file for source in sources() if (file := source / name).is_file())


def _read(place: Path) -> str:
    try:
        return place.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"`{place}` is not UTF-8 text. Save it as that first.") from error
