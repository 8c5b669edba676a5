"""What a person has written in a TOML table, as it was meant; and where a mistake of theirs is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from l2mac_write.errors import UsageError
from l2mac_write.text.characters import printable
from l2mac_write.text.meant import meant
from l2mac_write.text.toml_lines import Path


class Mistake(UsageError):
    """What is wrong in a document, and the key where it is."""

    def __init__(self, why: str, *path: str | int) -> None:
        super().__init__(why)
        self.path: Path = path


def insist_on_known(table: Mapping[str, Any], known: Sequence[str], *path: str | int) -> None:
    if unknown := [key for key in table if key not in known]:
        hint = meant(unknown[0], known) or f" Known keys: {', '.join(known)}."
        raise Mistake(f"there is no key `{unknown[0]}`.{hint}", *path, unknown[0])


def tables(document: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = document.get(key, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise Mistake(f"`{key}` must be written as `[[{key}]]` tables.", key)
    return found


def flag(table: Mapping[str, Any], key: str, *here: str | int) -> bool:
    if not isinstance(value := table.get(key, True), bool):
        raise Mistake(f"`{key}` must be true or false.", *here, key)
    return value


def line(table: Mapping[str, Any], key: str, here: Path) -> str:
    return " ".join(said(table, key, here).split())


def said(table: Mapping[str, Any], key: str, here: Path = ()) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise Mistake(f"{_of(here)}`{key}` must be text in quotes.", *here, key)
    return printable(value).strip()


def list_said(table: Mapping[str, Any], key: str, here: Path = ()) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Mistake(f"{_of(here)}`{key}` must be a list of texts in quotes.", *here, key)
    return tuple(filter(None, (printable(value).strip() for value in values)))


def chosen(table: Mapping[str, Any], key: str, known: Sequence[str]) -> tuple[str, ...]:
    values = list_said(table, key)
    if unknown := [value for value in values if value not in known]:
        raise Mistake(f"`{key}` may hold {', '.join(known)}, not `{unknown[0]}`.", key)
    return tuple(dict.fromkeys(values))


def _of(here: Path) -> str:
    return f"{here[0]} {int(here[1]) + 1}: " if here else ""
