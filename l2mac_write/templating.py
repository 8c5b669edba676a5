"""Finds and fills the files under `templates/`, in a wheel and in a checkout alike."""

from __future__ import annotations

import re
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


class ProgramWords:
    """The prompts of one program: implements `ports.Prompts`."""

    def __init__(self, program: str) -> None:
        self._folder = f"programs/{program}"

    @property
    def steps(self) -> str:
        """The program itself, `program.toml`."""
        return text(f"{self._folder}/program.toml")

    def render(self, name: str, **values: object) -> str:
        """A prompt filled in, its blank lines tidied: they cost tokens and say nothing."""
        filled = render(f"{self._folder}/{name}", **values)
        return re.sub(r"\n{3,}", "\n\n", filled).strip()
