"""Finds and fills the files under `templates/`, in a wheel and in a checkout alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

PACKAGED = Path(__file__).parent / "templates"
CHECKOUT = Path(__file__).parents[1] / "templates"


def folder() -> Path:
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


@cache
def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder()),
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
    return (folder() / name).read_text("utf-8")
