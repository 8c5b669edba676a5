"""The text of a `program.toml` becomes a program: its keys and what they may hold, not yet what they name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.machine.program import Program, Stage, Step
from l2mac_write.text.meant import meant, there_are
from l2mac_write.text.toml_lines import line_of

PROGRAM = "program.toml"
AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a `program.toml`, and where it is."""

    text: str
    where: str

    def wrong(self, why: str, *path: str | int) -> UsageError:
        return UsageError(f"`{self.where}`, line {line_of(self.text, *path)}: {why}")


def made(page: Page) -> Program:
    """Raises `UsageError` with the line of the first key that is wrong; names are taken on trust."""
    document = _document(page)
    tables = {name: _tables(page, document, name) for name in ("step", "arc")}
    steps = tuple(_made(Step, page, t, "step", n) for n, t in enumerate(tables["step"]))
    arc = tuple(_made(Stage, page, t, "arc", n) for n, t in enumerate(tables["arc"]))
    rest = {key: value for key, value in document.items() if key not in tables}
    program: Program = _made(Program, page, rest, given={"steps": steps, "arc": arc})
    return program


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
            raise page.wrong(f"there is no key `{key}`.{perhaps(key, known)}", *path, key)
        fits, what = TYPES[str(known[key].type)]
        if not fits(value):
            raise page.wrong(f"`{key}` must be {what}.", *path, key)
    for name, field in known.items():
        optional = (field.default, field.default_factory) != (MISSING, MISSING)
        if name not in table and not optional:
            who = f"this {path[0]}" if path else "the program"
            raise page.wrong(f"{who} needs a key `{name}`.", *path)
    return kind(**given, **{k: tuple(v) if isinstance(v, list) else v for k, v in table.items()})


def perhaps(name: str, known: Collection[str]) -> str:
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
